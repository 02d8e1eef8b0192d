#!/usr/bin/env bash
# Trains over three hosts (network namespaces with mpirun), cuts one off and resumes; the same with a real Slurm.
#
# usage: cluster-test.sh [PROGRAMS]     default .build/release; what cannot run here is skipped with the reason
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
programs=$(readlink -f "${1:-.build/release}")
support=$PWD/Tests/Support
failures=0
folder=$(mktemp -d /tmp/deepspool-cluster-XXXXXX)
trap '"$support/hosts-sandbox.sh" down >/dev/null 2>&1; "$support/slurm-sandbox.sh" down >/dev/null 2>&1; rm -rf "$folder"' EXIT
cd "$folder" || exit 2

skip() { echo "skipped: $1"; }
check() {
  local text=$1
  shift
  if "$@" >check.log 2>&1; then echo "ok - $text"; else
    echo "not ok - $text"
    sed 's/^/#   /' check.log run.log
    failures=$((failures + 1))
  fi
}
has() { command -v "$1" >/dev/null; }
model() { sha256sum <"$1/model/model.deepspool"; }
# Waits until the job has a checkpoint.
until_checkpoint() {
  for _ in $(seq 600); do
    if grep -qs '"checkpointed"' ".$1.running/events.jsonl"; then return 0; fi
    sleep 0.1
  done
  return 1
}
# Prints the commands of the page that need what is named, with one thread for each process.
page() {
  awk -v mark="<!-- needs: $1 -->" '$0 == mark { found = 1 } found && /^```$/ { found = shown = 0 } shown
    found && /^```sh$/ { shown = 1 }' "$support/../../docs/how-to/train-on-several-hosts.md" | sed 's/--threads 8/--threads 1/'
}
# Runs the commands of the page.
follow_page() { rm -rf job-result && PATH=$PATH:$programs bash -e <(page "$1") >run.log 2>&1; }
run() { "$programs/deepspool" run job.yaml --threads 1 "$@" >run.log 2>&1; }

[[ -x $programs/deepspool-mpi-worker ]] || { skip "deepspool-mpi-worker is missing, Tests/Support/build-mpi-worker.sh builds it"; exit 0; }
(( EUID == 0 )) || { skip "only root can make namespaces and start Slurm"; exit 0; }

awk 'BEGIN { srand(1); print "a,b,c,y"; for (i = 0; i < 8000; i++) { x = rand(); y = rand(); z = rand();
  print x "," y "," z "," (int(5 * (x + y + z)) % 2 ? "odd" : "even") } }' >table.csv
cat >job.yaml <<'END'
training_frame: table.csv
response_column: y
model_id: m
hidden: [64, 64]
seed: 1
epochs: 100
reproducible: true
training_shards: 4
checkpoint_interval: 0.2
stopping_rounds: 0
explanations: none
END
check "one process trains the job" run --ranks 1 --output one

hosts() {
  printf '#!/bin/sh\nexec %s/hosts-sandbox.sh mpirun "$@"\n' "$support" >launcher
  chmod +x launcher
  check "three hosts give the bytes of one process" run --ranks 3 --launcher "$folder/launcher" --output three
  check "the models are equal" test "$(model three)" = "$(model one)"
  run --ranks 3 --launcher "$folder/launcher" --patience 8 --output cut &
  local job=$!
  check "training reaches a checkpoint" until_checkpoint cut
  "$support/hosts-sandbox.sh" cut 3
  local started=$SECONDS
  wait "$job"
  check "a host that is cut off ends the job with status 75" test $? = 75
  check "it is noticed within the patience" test $((SECONDS - started)) -lt 30
  check "the message names the cause" grep -q "lost a rank or its host" run.log
  "$support/hosts-sandbox.sh" heal 3
  check "the job resumes with two ranks" run --ranks 2 --launcher "$folder/launcher" --output cut
  check "it resumes from the checkpoint" grep -q "resuming from its checkpoint" run.log
  check "the model is that of one process" test "$(model cut)" = "$(model one)"
  # The page names hosts in a file; here the sandbox knows them.
  mkdir -p bin
  printf '#!/bin/sh\nshift 2\nPATH=%s exec %s/hosts-sandbox.sh mpirun "$@"\n' "$PATH" "$support" >bin/mpirun
  chmod +x bin/mpirun
  PATH=$PWD/bin:$PATH check "the commands of the page train on three hosts" follow_page hosts
  check "the model is that of one process" test "$(model job-result)" = "$(model one)"
}
if has ip && has mpirun && "$support/hosts-sandbox.sh" up 3 >check.log 2>&1; then hosts; else
  skip "three hosts need ip (iproute2), mpirun (openmpi-bin) and network namespaces: $(tail -1 check.log)"
fi

# Starts the command itself on two nodes of Slurm.
step() { srun --mpi=pmix --kill-on-bad-exit=1 --nodes=2 --ntasks=2 --quiet "$programs/deepspool" run job.yaml --threads 1 "$@" >run.log 2>&1; }
slurm() {
  export SLURM_CONF=${SLURM_SANDBOX:-/tmp/slurm-sandbox}/slurm.conf OMPI_MCA_btl=self,tcp OMPI_MCA_btl_tcp_if_include=lo
  check "two nodes of Slurm train the job" run --ranks 2 --launcher srun --output slurm
  check "the model is that of one process" test "$(model slurm)" = "$(model one)"
  run --ranks 2 --launcher srun --output taken &
  local job=$!
  check "training reaches a checkpoint" until_checkpoint taken
  # As when a job is preempted or reaches its time limit.
  scancel --user root
  wait "$job"
  check "a job that Slurm takes away ends with status 75" test $? = 75
  check "it resumes when there are nodes again" run --ranks 2 --launcher srun --output taken
  check "it resumes from the checkpoint" grep -q "resuming from its checkpoint" run.log
  check "the model is that of one process" test "$(model taken)" = "$(model one)"

  check "srun with the command itself trains on its tasks" step --output step
  check "the model is that of one process" test "$(model step)" = "$(model one)"
  step --output step
  check "a job that is refused ends all tasks with status 73" test $? = 73
  check "the reason is said once" test "$(grep -c 'already exists' run.log)" = 1
  step --patience 8 --output dead &
  job=$!
  check "training reaches a checkpoint" until_checkpoint dead
  pkill -KILL -f "deepspool-mpi-worker rank --patience 4" -n
  wait "$job"
  check "a task that is killed ends the step" test $? != 0
  check "the job continues from its checkpoint" step --output dead
  check "the model is that of one process" test "$(model dead)" = "$(model one)"
  srun --mpi=none --nodes=2 --ntasks=2 --quiet "$programs/deepspool" run job.yaml >run.log 2>&1
  check "tasks that cannot find each other are refused with status 64" test $? = 64
  check "the reason and the remedy are said once" test "$(grep -c -e '--ranks 2 --launcher srun' run.log)" = 1
  step --output signal &
  job=$!
  check "training reaches a checkpoint" until_checkpoint signal
  scancel --user root --signal TERM
  wait "$job"
  check "a signal to all tasks interrupts the job with status 75" test $? = 75
  check "the message says how to continue" grep -q "interrupted; run the same command again" run.log
  check "it resumes with the same command" step --output signal
  check "it resumes from the checkpoint" grep -q "resuming from its checkpoint" run.log
  check "the model is that of one process" test "$(model signal)" = "$(model one)"
  preempted
}
# Waits until squeue knows no job.
until_idle() {
  for _ in $(seq 1200); do
    if [[ -z $(squeue --noheader) ]]; then return 0; fi
    sleep 0.1
  done
  return 1
}
# A job of another partition takes the nodes of a batch job, which is queued again and continues.
preempted() {
  mkdir -p bin
  # Both jobs of the page have the same result.
  printf '#!/bin/sh\nmv job-result first && exec %s "$@"\n' "$(command -v sbatch)" >bin/sbatch
  chmod +x bin/sbatch
  PATH=$PWD/bin:$PATH check "the commands of the page train on three nodes, and submit a batch job" follow_page slurm
  check "the model is that of one process" test "$(model first)" = "$(model one)"
  check "training reaches a checkpoint" until_checkpoint job-result
  check "an urgent job takes the nodes" srun --partition=urgent --nodes=3 --exclusive --mpi=none true
  check "the batch job was interrupted" grep -q "interrupted; run the same command again" train.log
  check "it ends after its next start" until_idle
  check "it resumed from the checkpoint" grep -q "resuming from its checkpoint" train.log
  check "the model is that of one process" test "$(model job-result)" = "$(model one)"
}
if has slurmctld && has munged && "$support/slurm-sandbox.sh" up 3 >check.log 2>&1; then slurm; else
  skip "Slurm needs slurm-wlm and munge"
fi

(( failures == 0 )) || { echo "$failures checks failed" >&2; exit 1; }

#!/usr/bin/env bash
# Installs the service into a sandbox with a real systemd as PID 1 and operates it as an administrator would.
# Usage: systemd-test.sh FOLDER-WITH-THE-PROGRAMS     exit status 77: systemd cannot be booted here
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
programs=$(cd "$1" && pwd)
export SDSB_NAME=${SDSB_NAME:-deepspool-test} SDSB_INSTALL=0
sandbox=$here/systemd-sandbox.sh
failures=0

"$sandbox" up --bind "$project" --bind "$programs" || { echo "skipped: systemd cannot be booted here"; exit 77; }
trap '"$sandbox" down' EXIT

inside() { "$sandbox" exec "$@"; }
check() {
  local what=$1; shift
  if "$@" >/tmp/systemd-test.$$ 2>&1; then echo "ok - $what"; else
    echo "not ok - $what"; sed 's/^/#   /' /tmp/systemd-test.$$; failures=$((failures + 1)); fi
  rm -f /tmp/systemd-test.$$
}
shell() { inside bash -c "set -e; $1"; }
# waits up to five minutes for a condition inside
# shellcheck disable=SC2317  # `check` calls it
eventually() { shell "for _ in \$(seq 1500); do if $1; then exit 0; fi; sleep 0.2; done; exit 1"; }

shell "
  install -D -m 755 '$programs/deepspoold' /usr/local/bin/deepspoold
  install -D -m 755 '$programs/deepspool' /usr/local/bin/deepspool
  install -D -m 644 '$project/Config/deepspoold.yaml' /etc/deepspool/deepspoold.yaml
  install -D -m 644 -t /etc/systemd/system '$project'/systemd/*.service '$project'/systemd/*.path
  install -d /etc/deepspool/hooks.d
  install -D -m 644 '$project/systemd/deepspool.sysusers' /usr/lib/sysusers.d/deepspool.conf
  install -D -m 644 '$project/systemd/deepspool.tmpfiles' /usr/lib/tmpfiles.d/deepspool.conf
  install -D -m 644 '$project/systemd/deepspool.catalog' /usr/lib/systemd/catalog/deepspool.catalog
  mkdir -p /etc/systemd/system/deepspoold.service.d
  printf '[Service]\nWatchdogSec=3\nTimeoutAbortSec=2\nRestartSec=0.2\n' > /etc/systemd/system/deepspoold.service.d/test.conf
  systemd-sysusers; systemd-tmpfiles --create deepspool.conf; journalctl --update-catalog; systemctl daemon-reload
  install -m 644 '$project'/Spool/samples/*.csv /var/lib/deepspool/data/
  useradd --groups deepspool someone
  useradd --groups deepspool another
"

check "starts and reports ready" inside systemctl start deepspoold deepspool-notify.path
check "is active" inside systemctl is-active deepspoold
check "the data directory keeps its mode" shell "[[ \$(stat -c '%a %U %G' /var/lib/deepspool/data) == '3775 deepspool deepspool' ]]"
check "incoming keeps its mode" shell "[[ \$(stat -c '%a %U %G' /var/spool/deepspool/incoming) == '3730 deepspool deepspool' ]]"
check "a member of the group adds a table" shell "su someone -c 'cp $project/Spool/samples/iris.csv /var/lib/deepspool/data/mine.csv'"
check "another member cannot replace or rename it" shell "! su another -c 'mv -f /var/lib/deepspool/data/mine.csv /var/lib/deepspool/data/yours.csv' && ! su another -c 'rm -f /var/lib/deepspool/data/mine.csv'"
check "a member cannot take the daemon's lock" shell "! su someone -c 'flock -s -n /var/spool/deepspool/.daemon.lock true'"
check "runs as its own user" shell "[[ \$(ps -o user= -p \$(systemctl show -P MainPID deepspoold)) == deepspo* ]]"
check "the status line counts jobs" eventually "systemctl status deepspoold | grep -q 'Status: \"0 queued, 0 running'"

hook=/etc/deepspool/hooks.d/10-tell
check "an administrator installs a hook" shell "install -m 755 /dev/stdin $hook <<'END'
#!/bin/sh
echo \"told: \$1 \$2 of \$DEEPSPOOL_SUBMITTER by \$(id -un), results: \$(ls /var/spool/deepspool/results 2>&1)\"
END"
check "a member of the group drops a job" shell "su someone -c 'cp $project/Spool/samples/iris.yaml /var/spool/deepspool/incoming/'"
check "the job finishes" eventually "test -e /var/spool/deepspool/results/000001-iris/metrics.json"
check "other users cannot list incoming" shell "! su someone -c 'ls /var/spool/deepspool/incoming' 2>/dev/null"
check "members of the group read the result" shell "su someone -c 'cat /var/spool/deepspool/results/000001-iris/metrics.json' | grep -q logloss"
check "the journal finds the job by field" shell "journalctl --sync; journalctl -u deepspoold DEEPSPOOL_JOB=000001-iris -o cat | grep -q 'finished, result in'"
check "the submitter is recorded" shell "journalctl DEEPSPOOL_JOB=000001-iris -o json | grep -q '\"DEEPSPOOL_SUBMITTER_UID\":\"'\$(id -u someone)'\"'"
check "the journal finds states by field" shell "journalctl DEEPSPOOL_STATE=finished -o json | grep -q '\"DEEPSPOOL_JOB\":\"000001-iris\"'"
check "epochs are in a field" shell "journalctl -F DEEPSPOOL_EPOCH | grep -q '^50'"
check "entries about progress are scores, and steps have another explanation" shell "journalctl MESSAGE_ID=0f9fa684be9843189d8e1fc87f25aeb6 DEEPSPOOL_JOB=000001-iris -o cat > /tmp/progress; grep -q ' epoch ' /tmp/progress && ! grep -v ' epoch ' /tmp/progress; journalctl -x DEEPSPOOL_JOB=000001-iris | grep -q 'Job 000001-iris has done a step'"
check "the catalogue explains the entry" shell "journalctl -x DEEPSPOOL_JOB=000001-iris | grep -q 'The result folder is complete and on disk: /var/spool/deepspool/results/000001-iris'"
check "no field of systemd is reused" shell "! journalctl -u deepspoold DEEPSPOOL_JOB=000001-iris -o json | grep -q '\"JOB_ID\"'"

check "the hook is told, as a user who cannot read results" eventually "journalctl -u deepspool-notify -o cat | grep -q 'told: finished 000001-iris of someone by deepspool-notify, results: .*Permission denied'"
check "the notice is gone" eventually "[[ -z \$(ls /var/spool/deepspool/notices) ]]"
check "the notices belong to the notifier's group" shell "[[ \$(stat -c '%a %U %G' /var/spool/deepspool/notices) == '2770 deepspool deepspool-notify' ]]; ! su someone -c 'ls /var/spool/deepspool/notices' 2>/dev/null"
check "everyone reads the metrics" eventually "su nobody -s /bin/sh -c 'cat /var/spool/deepspool/metrics/deepspool.prom' | grep -q '^deepspool_jobs_ended_total{outcome=\"finished\"} 1'"
check "members of the group read the index" eventually "su someone -c 'cat /var/spool/deepspool/results/index.html' | grep -q 000001-iris"

check "an invalid file is dropped" shell "echo 'hiden: 3' > /var/spool/deepspool/incoming/bad.yaml"
check "it is rejected with a reason" eventually "grep -q 'did you mean' /var/spool/deepspool/rejected/bad.why"

check "a file that only its owner can read is dropped" shell "su someone -c 'cd /var/spool/deepspool/incoming; install -m 600 $project/Spool/samples/iris.yaml .private.yaml; mv .private.yaml private.yaml'"
check "it is rejected with advice" eventually "grep -q 'chmod g+r' /var/spool/deepspool/rejected/private.why"

check "a job names a table that the submitter cannot read" shell "useradd other; cp $project/Spool/samples/iris.csv /var/lib/deepspool/data/private.csv; chown other:deepspool /var/lib/deepspool/data/private.csv; chmod 640 /var/lib/deepspool/data/private.csv; useradd outsider; sed 's/iris.csv/private.csv/' $project/Spool/samples/iris.yaml > /var/spool/deepspool/incoming/.p; chown outsider:outsider /var/spool/deepspool/incoming/.p; chmod 644 /var/spool/deepspool/incoming/.p; mv /var/spool/deepspool/incoming/.p /var/spool/deepspool/incoming/curious.yaml"
check "it is rejected although the daemon can read the table" eventually "grep -q 'was not found in the data directories' /var/spool/deepspool/rejected/curious.why"

check "a folder is created in incoming, which only its owner can move" shell "su someone -c 'mkdir /var/spool/deepspool/incoming/folder.yaml'"
check "the folder is reported" eventually "grep -q 'this is a folder' /var/spool/deepspool/rejected/folder.why"
check "a member of the group submits by command" shell "su someone -c 'deepspool submit --spool /var/spool/deepspool $project/Spool/samples/iris.yaml'"
check "the job finishes in spite of the folder" eventually "test -e /var/spool/deepspool/results/000006-iris/metrics.json"

check "a user outside the group is told which group may submit" shell "su outsider -c 'deepspool submit $project/Spool/samples/iris.yaml' 2>&1 | grep -q 'add you to the group deepspool'"

for mask in 002 027 077; do
  check "with umask $mask, a member copies a job file" shell "su someone -c 'umask $mask; cp $project/Spool/samples/iris.yaml /var/spool/deepspool/incoming/copied$mask.yaml'"
  check "with umask $mask, a member submits a job file" shell "su someone -c 'umask $mask; cp $project/Spool/samples/iris.yaml /tmp/submitted$mask.yaml; chmod 600 /tmp/submitted$mask.yaml; deepspool submit /tmp/submitted$mask.yaml'"
  for how in copied submitted; do
    check "the $how job finishes" eventually "ls /var/spool/deepspool/results | grep -q -- '-$how$mask\$'"
  done
done

configuration=/etc/deepspool/deepspoold.yaml
check "systemctl returns when the configuration is reloaded" shell "sed -i 's/^max_concurrent_jobs:.*/max_concurrent_jobs: 2/' $configuration; systemctl reload deepspoold; systemctl is-active -q deepspoold; journalctl --sync; journalctl -u deepspoold -o cat | grep -q 'configuration reloaded: at most 2 running jobs'"
check "the service checks its configuration" shell "runuser -u deepspool -- deepspoold --check-config | grep -q '^max_concurrent_jobs: 2 *# $configuration:'"
shell "cp $configuration /root/valid.yaml; echo 'spol: /x' >> $configuration"
check "a reload of an invalid configuration fails" shell "! systemctl reload deepspoold 2>/dev/null; systemctl is-active -q deepspoold"
check "the status line says what is wrong" shell "systemctl status deepspoold | grep -q 'Status: .*the previous settings stay in effect: $configuration:.*unknown key .spol'"
check "members list jobs in spite of it" shell "su someone -c 'deepspool list --all' | grep -q 000001-iris; su someone -c 'deepspool show 1' | grep -q logloss"
check "the check reports it with status 78" shell "status=0; runuser -u deepspool -- deepspoold --check-config || status=\$?; [[ \$status == 78 ]]"
check "a group is removed while a job waits for it" shell "printf 'groups: {nightly: 1}\n' >> /root/valid.yaml; cp /root/valid.yaml $configuration; systemctl reload deepspoold; printf '%s\n' 'job: {group: nightly, not_before: 2100-01-01T00:00:00Z}' | cat $project/Spool/samples/iris.yaml - > /var/spool/deepspool/incoming/.late; mv /var/spool/deepspool/incoming/.late /var/spool/deepspool/incoming/late.yaml"
check "the job waits" eventually "ls /var/spool/deepspool/queued | grep -q -- '-late\$'"
check "the removal is reported" shell "sed -i /^groups:/d /root/valid.yaml; cp /root/valid.yaml $configuration; systemctl reload deepspoold; journalctl --sync; journalctl -u deepspoold -o cat | grep -q \"group 'nightly' is no longer in the configuration.*-late\"; deepspool cancel late"
check "the corrected configuration is reloaded" shell "cp /root/valid.yaml $configuration; systemctl reload deepspoold; ! systemctl status deepspoold | grep -q 'previous settings'"
check "stops leave no process for systemd to kill" shell "since=\$(date +%s); sleep 1; for pause in 0 0.1 0.2 0.3 0 0.1 0.2 0.3; do systemctl stop deepspoold; systemctl start deepspoold; sleep \$pause; done; journalctl --sync; ! journalctl -u deepspoold --since \"@\$since\" | grep 'Killing process'"

long="training_frame: prostate.csv
response_column: CAPSULE
column_types: {CAPSULE: enum}
epochs: 1000000
score_each_iteration: true
train_samples_per_iteration: 2000
stopping_rounds: 0
classification_stop: -1"
check "results are restricted to their submitters" shell "sed -i 's/^results_group:.*/results_group: submitter/' $configuration; systemctl reload deepspoold"
check "a member submits a private job" shell "printf '%s\n' '$long' > /tmp/mine.yaml; su someone -c 'deepspool submit /tmp/mine.yaml'"
check "it runs" eventually "ls /var/spool/deepspool/running | grep -q -- '-mine\$'"
mine=$(inside ls /var/spool/deepspool/running | grep -e '-mine$')
check "it reports" eventually "test -e /var/spool/deepspool/running/$mine/report.html"
readers() {
  check "its submitter reads $1" shell "su someone -c 'cat /var/spool/deepspool/$1' >/dev/null"
  check "another member cannot read $1" shell "! su another -c 'cat /var/spool/deepspool/$1' 2>/dev/null"
}
for file in job.yaml events.jsonl report.html; do readers "running/$mine/$file"; done
check "another member cannot cancel it" shell "su another -c 'deepspool cancel $mine' || true; sleep 1; ls -d /var/spool/deepspool/running/$mine"
check "its submitter finishes it" shell "su someone -c 'deepspool finish $mine'"
check "the result appears" eventually "test -e /var/spool/deepspool/results/$mine/metrics.json"
check "the job has finished" eventually "test -d /var/spool/deepspool/finished/$mine"
for file in results/$mine/metrics.json results/$mine/report.html finished/$mine/events.jsonl; do readers "$file"; done
check "the index of its submitter has it" eventually "su someone -c 'cat /var/spool/deepspool/results/index-someone.html' | grep -q $mine"
check "another member reads neither that page nor of the job" shell "! su another -c 'cat /var/spool/deepspool/results/index-someone.html' 2>/dev/null && ! su another -c 'cat /var/spool/deepspool/results/index.html' | grep -q $mine"
check "another member lists it" shell "su another -c 'deepspool list --all' | grep -q $mine"

check "a long job is dropped" shell "printf '%s\n' '$long' > /var/spool/deepspool/incoming/long.yaml"
check "it runs" eventually "ls /var/spool/deepspool/running | grep -q -- '-long\$'"
id=$(inside ls /var/spool/deepspool/running | grep -e '-long$')
check "its progress is in the status line" eventually "systemctl status deepspoold | grep -q 'Status: .*1 running; $id.*logloss'"
check "the job runs in its own process" shell "pgrep -P \$(systemctl show -P MainPID deepspoold) -f 'worker $id' >/dev/null"
check "it writes a checkpoint" eventually "test -e /var/spool/deepspool/running/$id/checkpoint/checkpoint.deepspool"
check "the daemon survives a fault of that process" shell "main=\$(systemctl show -P MainPID deepspoold); kill -SEGV \$(pgrep -P \$main); sleep 0.5; [[ \$(systemctl show -P MainPID deepspoold) == \$main ]]"
check "the job resumes after the fault" eventually "journalctl DEEPSPOOL_JOB=$id -o cat | grep -q 'SIGSEGV.*resumes from its checkpoint' && pgrep -P \$(systemctl show -P MainPID deepspoold) >/dev/null"
check "resources used are in a field" shell "journalctl -F DEEPSPOOL_CPU_SECONDS | grep -q ."
check "the daemon survives several watchdog periods" shell "sleep 7; [[ \$(systemctl show -P NRestarts deepspoold) == 0 ]]"
check "the daemon is stopped by SIGSTOP" shell "kill -STOP \$(systemctl show -P MainPID deepspoold)"
check "the watchdog kills it" eventually "journalctl -u deepspoold -o cat | grep -qi 'watchdog timeout'"
check "it is started again" eventually "[[ \$(systemctl show -P NRestarts deepspoold) == 1 ]] && systemctl is-active -q deepspoold"
check "the job resumes from its checkpoint" eventually "journalctl DEEPSPOOL_JOB=$id -o cat | grep -q 'resuming from its checkpoint'"

check "the service stops cleanly" shell "systemctl stop deepspoold; systemctl show -P Result deepspoold | grep -qx success"
check "the exit status is 0" shell "[[ \$(systemctl show -P ExecMainStatus deepspoold) == 0 ]]"
check "no process of the job remains" shell "! pgrep -u deepspool -f 'worker $id'"
check "the job waits for the next start" shell "test -e /var/spool/deepspool/queued/$id/checkpoint/checkpoint.deepspool"
check "an invalid configuration ends the service with status 78" shell "echo 'max_concurrent_jobs: none' >> /etc/deepspool/deepspoold.yaml; ! systemctl start deepspoold; [[ \$(systemctl show -P ExecMainStatus deepspoold) == 78 ]]"
# The only restart is that of the watchdog.
check "it is not restarted" shell "sleep 2; systemctl is-failed -q deepspoold; journalctl --sync; [[ \$(journalctl -u deepspoold -o cat | grep -c 'Scheduled restart job') == 1 ]]"
check "an invalid flag ends the service with status 64" shell "cp /root/valid.yaml $configuration; printf '[Service]\nExecStart=\nExecStart=/usr/local/bin/deepspoold --bogus\n' > /etc/systemd/system/deepspoold.service.d/flags.conf; systemctl daemon-reload; systemctl reset-failed deepspoold; ! systemctl start deepspoold; [[ \$(systemctl show -P ExecMainStatus deepspoold) == 64 ]]"
check "it is not restarted, either" shell "sleep 2; systemctl is-failed -q deepspoold; journalctl --sync; [[ \$(journalctl -u deepspoold -o cat | grep -c 'Scheduled restart job') == 1 ]]"
check "the exposure of the loaded unit is at most 0.4" shell "systemd-analyze security --threshold=4 deepspoold >/dev/null"

check "the exposure of the notifier is at most 0.4" shell "systemd-analyze security --threshold=4 deepspool-notify >/dev/null"

# From here on, the job is stopped and continued in every way.
worker="\$(pgrep -u deepspool -f 'worker $id')"
resumptions() { inside journalctl "DEEPSPOOL_JOB=$id" -o cat | grep -c 'resuming from its checkpoint'; }
# Checks that a command makes the job continue from its checkpoint.
check_resumption() {
  local before; before=$(resumptions)
  check "$1" shell "$2"
  check "the job continues from its checkpoint" eventually "(( \$(journalctl DEEPSPOOL_JOB=$id -o cat | grep -c 'resuming from its checkpoint') > $before ))"
}
check_resumption "the service starts again" "rm /etc/systemd/system/deepspoold.service.d/flags.conf; systemctl daemon-reload; systemctl reset-failed deepspoold; systemctl start deepspoold"
check_resumption "the process of the job is killed" "main=\$(systemctl show -P MainPID deepspoold); kill -KILL $worker; sleep 1; [[ \$(systemctl show -P MainPID deepspoold) == \$main ]]"
check "the kill does not count against the job" shell "test -e /var/spool/deepspool/running/$id/kills; [[ \$(cut -d' ' -f1 /var/spool/deepspool/running/$id/crashes) == 1 ]]; systemctl is-active -q deepspoold"
check_resumption "the daemon is killed" "kill -KILL \$(systemctl show -P MainPID deepspoold)"
check "no two processes run the job" shell "[[ \$(pgrep -c -u deepspool -f 'worker $id') == 1 ]]"
check "the programs are replaced while the job trains" shell "install -m 755 '$programs/deepspoold' /usr/local/bin/deepspoold; install -m 755 '$programs/deepspool' /usr/local/bin/deepspool"
check_resumption "the old daemon starts the old program again" "kill -SEGV $worker"
check "it is the old program" shell "readlink /proc/$worker/exe | grep -q deleted"
check_resumption "the restart after the upgrade is clean" "systemctl restart deepspoold; systemctl is-active -q deepspoold"
check "the new program runs" shell "! readlink /proc/$worker/exe | grep -q deleted"
# Version 1 of cgroups refuses a limit below what the service uses, instead of ending a process.
if inside grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
  # The journal already tells of a kill, and the job may continue at once, so both are counted from here.
  before=$(resumptions)
  kills=$(inside journalctl "DEEPSPOOL_JOB=$id" -o cat | grep -c SIGKILL)
  check "the kernel kills the process of the job for lack of memory" shell "systemctl show -P MainPID deepspoold > /root/main; systemctl set-property --runtime deepspoold MemoryMax=24M MemorySwapMax=0"
  check "the journal says so" eventually "(( \$(journalctl DEEPSPOOL_JOB=$id -o cat | grep -c SIGKILL) > $kills ))"
  check "the service survives it" shell "systemctl set-property --runtime deepspoold MemoryMax=infinity; systemctl is-active -q deepspoold; [[ \$(systemctl show -P MainPID deepspoold) == \$(cat /root/main) ]]"
  check "the job continues from its checkpoint" eventually "(( \$(journalctl DEEPSPOOL_JOB=$id -o cat | grep -c 'resuming from its checkpoint') > $before )) && pgrep -u deepspool -f 'worker $id' >/dev/null"
else echo "skipped: there is no memory controller of cgroup version 2 here"; fi
check "a job that can never fit is rejected with the figures" shell "sed -i 's/^# max_memory_bytes:.*/max_memory_bytes: 300000000/' $configuration; systemctl reload deepspoold; sed 's/^hidden:.*/hidden: [5000, 5000]/' $project/Spool/samples/iris.yaml > /tmp/huge.yaml; ! su someone -c 'deepspool submit --no-data --wait /tmp/huge.yaml' || true; for _ in \$(seq 300); do grep -q 'max_memory_bytes' /var/spool/deepspool/rejected/huge.why && exit 0; sleep 0.2; done; exit 1"
check "a second daemon on the spool ends with status 75" shell "status=0; runuser -u deepspool -- deepspoold || status=\$?; [[ \$status == 75 ]]"

check "the job is cancelled" shell "deepspool cancel $id"
check "it has ended" eventually "test -d /var/spool/deepspool/cancelled/$id"
# A line per per cent of progress, and one a minute; this job is scored thousands of times.
scores=$(inside grep -c '"scored"' "/var/spool/deepspool/cancelled/$id/events.jsonl")
lines=$(inside journalctl "DEEPSPOOL_JOB=$id" -o cat | grep -c ', validation\|, training')
check "the journal has $lines lines about $scores scores" test "$scores" -gt "$(( 10 * lines ))"

check "1,000 jobs are queued while the service is stopped" shell "systemctl stop deepspoold; for n in \$(seq 1000); do install -m 644 $project/Spool/samples/iris.yaml /var/spool/deepspool/incoming/many-\$n.yaml; done; systemctl start deepspoold"
check "all of them are accepted" eventually "(( \$(ls -d /var/spool/deepspool/{queued,running,finished}/*-many-* | wc -l) == 1000 ))"
check "the service boots with them" shell "systemctl restart deepspoold; systemctl is-active -q deepspoold; (( \$(ls -d /var/spool/deepspool/{queued,running,finished}/*-many-* | wc -l) == 1000 ))"
check "it continues with them" shell "before=\$(ls -d /var/spool/deepspool/finished/*-many-* | wc -l); for _ in \$(seq 600); do (( \$(ls -d /var/spool/deepspool/finished/*-many-* | wc -l) > before )) && exit 0; sleep 0.2; done; exit 1"
check "it stops cleanly" shell "systemctl stop deepspoold; systemctl show -P Result deepspoold | grep -qx success"
check "the last metrics count them" shell "grep -q '^deepspool_jobs{state=\"running\"} 0' /var/spool/deepspool/metrics/deepspool.prom"
check "every entry of the catalogue has a cause and a remedy" shell "journalctl --dump-catalog | awk 'function judge() { if (own && gsub(/[.:](\n| |\$)/, \"\", body) < 2) { print subject; bad = 1 } own = 0; body = \"\" } /^-- /{ judge(); next } /^Subject:/{ subject = \$0; next } /^Defined-By: deepspool/{ own = 1; next } { body = body \$0 \"\n\" } END { judge(); exit bad }'"

(( failures == 0 )) && echo "all checks passed"
exit "$((failures > 0))"

#!/usr/bin/env bash
# Runs kernels, thread teams, readers and small trainings under a sanitizer of the toolchain: sanitize.sh address|thread
#
# Builds in debug mode, into .build-asan or .build-tsan, so that the kernels also check their arguments.
set -euo pipefail
cd "$(dirname "$0")/../.."

kind=${1:-}
# A backtrace after a crash would wait for threads that the sanitizer has stopped.
export SWIFT_BACKTRACE=enable=no

suites='^(DeepLearningTests|DataFramesTests|FuzzingTests)\.'
case $kind in
  address)
    scratch=.build-asan
    # The Swift runtime keeps some memory until the process ends, which is not a leak.
    export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1
    ;;
  thread)
    scratch=.build-tsan
    suppressions=$PWD/Tests/Support/sanitizers
    export TSAN_OPTIONS=halt_on_error=1:abort_on_error=1:suppressions=$suppressions/swift.txt
    ;;
  *)
    echo "usage: sanitize.sh address|thread" >&2
    exit 64
    ;;
esac

swift build --build-tests --sanitize="$kind" --scratch-path $scratch
swift test --skip-build --sanitize="$kind" --scratch-path $scratch --filter "$suites"

# Small trainings with every engine and four threads.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
train() {
  local name=$1
  {
    printf 'response_column: CAPSULE\nignored_columns: [ID]\ncolumn_types: {CAPSULE: enum, RACE: enum, DPROS: enum, DCAPS: enum}\n'
    printf 'training_frame: %s\nseed: 7\nepochs: 3\n' "$PWD/Spool/samples/prostate.csv"
    printf '%s\n' "${@:2}"
  } > "$work/$name.yaml"
  $scratch/debug/deepspool run "$work/$name.yaml" --output "$work/$name" --threads 4 > "$work/$name.log" 2>&1 ||
    { cat "$work/$name.log"; echo "training '$name' failed under $kind" >&2; exit 1; }
  echo "trained: $name"
}
train team 'hidden: [150, 150, 20]'
train momentum 'hidden: [150, 150]' 'adaptive_rate: false' 'rate: 0.01' 'momentum_start: 0.5' 'l1: 0.001' 'max_w2: 5'
train maxout 'hidden: [60, 60]' 'activation: MaxoutWithDropout'
train batches 'hidden: [150, 150]' 'mini_batch_size: 32'
train shards 'hidden: [40]' 'training_shards: 3'
train dealt 'hidden: [40]' 'training_shards: 3' 'replicate_training_data: false'
cat Tests/Support/sanitizers/*.txt > "$work/suppressions.txt"
TSAN_OPTIONS="${TSAN_OPTIONS:-}:suppressions=$work/suppressions.txt" \
  train unlocked 'hidden: [40]' 'unlocked_training: true'
train elastic 'hidden: [40]' 'elastic_averaging: true' 'train_samples_per_iteration: 100'
train exact 'hidden: [40, 20]' 'compatibility: h2o-3.46'
train folds 'hidden: [20]' 'nfolds: 3'

#!/usr/bin/env bash
# Ten epochs of the default run, everything on this machine: seconds from the start of training to the last step.
# usage: benchmarks/ten-epochs.sh [RUNS]     (5 unless said; prints every run and the median)
set -euo pipefail
source "$(dirname "$0")/common.sh"
runs=${1:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for run in $(seq "$runs"); do
  if ! "$home/vaestream" demo --dir "$work/state" > output 2>&1; then
    cat output >&2
    exit 1
  fi
  grep -E 'done in|^(memory|weights)' output | sed "s/^/run $run: /"
  # 1:35 becomes 95.
  sed -n 's/.*done in \([0-9]*\):\([0-9]*\).*/\1 \2/p' output | awk '{ print 60 * $1 + $2 }' >> seconds
  rm -rf "$work/state"
done
echo "median: $(median < seconds) s of $runs runs"

#!/usr/bin/env bash
# The training step beside the same step of JAX, Flax and Optax (jax/jax_step.py), on this machine, turn by turn:
# milliseconds, the median of all rounds each, and how many times faster ours is. JAX draws its noise within the step, as
# the tutorial does; ours comes in drawn, as from the trainer's prefetch thread.
# usage: [BATCHES="16 128 1024"] benchmarks/compare-with-jax.sh [ROUNDS]
# (5 rounds unless said; needs a build and Python with jax, flax and optax)
set -euo pipefail
source "$(dirname "$0")/common.sh"
rounds=${1:-5}
read -ra batches <<< "${BATCHES:-16 128 1024}"
require_python 'jax, flax, optax' 'jax==0.10.2 flax==0.12.8 optax==0.2.8'
require_build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for _ in $(seq "$rounds"); do
  benchmark StepTimes "${batches[@]}" | sed 's/^/ours /' >> "$work/times"
  if ! python3 "$home/benchmarks/jax/jax_step.py" "${batches[@]}" > "$work/jax" 2> "$work/errors"; then
    cat "$work/errors" >&2
    exit 1
  fi
  # "16 ms/step [1.31, 1.33, 1.35] loss …": the least of three, as ours.
  tr -d '[],' < "$work/jax" | awk '{ least = $3; for (i = 4; i <= 5; i++) if ($i < least) least = $i; print "jax", $1, least }' >> "$work/times"
done
printf '%-8s %8s %8s %8s\n' batch ours jax faster
for batch in "${batches[@]}"; do
  for who in ours jax; do
    awk -v who=$who -v batch="$batch" '$1 == who && $2 == batch { print $3 }' "$work/times" | median
  done | paste - - | awk -v batch="$batch" '{ printf "%-8s %8.3f %8.3f %7.2fx\n", batch, $1, $2, $2 / $1 }'
done

#!/usr/bin/env bash
# The training step beside the same step of JAX, Flax and Optax (jax/jax_step.py), on this machine, turn by turn:
# milliseconds, the median of all rounds each, and how many times faster ours is.
# usage: [BATCHES="16 128 1024"] benchmarks/compare-with-jax.sh [ROUNDS]
# (5 rounds unless said; needs a build and Python with jax, flax and optax)
set -euo pipefail
home=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-5}
read -ra batches <<< "${BATCHES:-16 128 1024}"
if ! python3 -c 'import jax, flax, optax' 2> /dev/null; then
  echo "Python with jax, flax and optax is not there: pip install jax==0.10.2 flax==0.12.8 optax==0.2.8" >&2
  exit 3
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for _ in $(seq "$rounds"); do
  TF_CPP_MIN_LOG_LEVEL=3 MALLOC_ARENA_MAX=2 \
    java -cp "$home/target/*:$home/target/lib/*" dev.vaestream.benchmarks.StepTimes "${batches[@]}" 2> "$work/errors" | sed 's/^/ours /' >> "$work/times"
  # "16 ms/step [1.31, 1.33, 1.35] loss …": the least of three, as ours.
  python3 "$home/jax/jax_step.py" "${batches[@]}" 2> /dev/null | tr -d '[],' | awk '{ least = $3; for (i = 4; i <= 5; i++) if ($i < least) least = $i; print "jax", $1, least }' >> "$work/times"
done
printf '%-8s %8s %8s %8s\n' batch ours jax faster
for batch in "${batches[@]}"; do
  for who in ours jax; do
    awk -v who=$who -v batch=$batch '$1 == who && $2 == batch { print $3 }' "$work/times" | sort -n |
      awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
  done | paste - - | awk -v batch=$batch '{ printf "%-8s %8.3f %8.3f %7.2fx\n", batch, $1, $2, $2 / $1 }'
done

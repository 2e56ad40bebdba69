#!/usr/bin/env bash
# Epochs of the whole pipeline beside the same of the tutorial's whole script (jax/seed_script.py: PyTorch's loader and
# JAX's step in one process that keeps no checkpoint), on this machine, turn by turn: seconds of training, the median of
# all rounds each, and the pipeline's share of the script's. Starting, for either, does not count.
# usage: benchmarks/compare-with-script.sh [ROUNDS] [EPOCHS]
# (5 and 10 unless said; needs free ports and Python with jax, flax, optax, torch and torchvision)
set -euo pipefail
source "$(dirname "$0")/common.sh"
rounds=${1:-5}
epochs=${2:-10}
require_python 'jax, flax, optax, torch, torchvision' 'jax==0.10.2 flax==0.12.8 optax==0.2.8 torch torchvision'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/data/MNIST/raw"
for file in train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte; do
  gunzip -c "$home/datasets/mnist/$file.gz" > "$work/data/MNIST/raw/$file"
done
cd "$work"

pipeline() {
  if ! "$home/vaestream" demo --epochs "$epochs" --dir "$work/state" > output 2>&1; then
    cat output >&2
    return 1
  fi
  rm -rf "$work/state"
  # 1:35 becomes 95.
  sed -n 's/.*done in \([0-9]*\):\([0-9]*\).*/\1 \2/p' output | awk '{ print 60 * $1 + $2 }'
}

script() {
  if ! python3 "$home/benchmarks/jax/seed_script.py" "$epochs" > output 2>&1; then
    cat output >&2
    return 1
  fi
  awk '/^epoch wall/ { sum += $3 } END { printf "%.1f\n", sum }' output
}

printf '%-9s %8s\n' pipeline script
for _ in $(seq "$rounds"); do
  ours=$(pipeline)
  theirs=$(script)
  printf '%-9s %8s\n' "$ours" "$theirs"
  echo "$ours" >> ours
  echo "$theirs" >> theirs
done
awk -v ours="$(median < ours)" -v theirs="$(median < theirs)" -v n="$rounds" \
  'BEGIN { printf "median: %s s and %s s of %d rounds; the pipeline takes %.2f of the script'"'"'s time\n", ours, theirs, n, ours / theirs }'

#!/usr/bin/env bash
# The table of compare-with-jax.sh on this machine's GPU, with batches up to 4,096.
# usage: benchmarks/gpu.sh [ROUNDS]     (5 unless said; needs CUDA 12 and Python with jax[cuda12], flax and optax)
set -euo pipefail
source "$(dirname "$0")/common.sh"
if ! command -v nvidia-smi > /dev/null || ! nvidia-smi --list-gpus 2> /dev/null | grep -q '^GPU'; then
  echo "there is no GPU here: nvidia-smi finds none" >&2
  exit 3
fi
if ! python3 -c 'import jax, flax, optax; assert jax.default_backend() == "gpu"' 2> /dev/null; then
  echo "Python has no JAX for this GPU: pip install 'jax[cuda12]==0.10.2' flax==0.12.8 optax==0.2.8" >&2
  exit 3
fi
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader
# The class path takes all that lies there: TensorFlow's library must be there once, for the GPU now and the CPU later.
rm -rf "$home/benchmarks/target/lib"
trap 'rm -rf "$home/benchmarks/target/lib"' EXIT
mvn -q -f "$home/pom.xml" -Pgpu -pl benchmarks -am -DskipTests package
export TF_DETERMINISTIC_OPS=1 TF_CUDNN_DETERMINISTIC=1 XLA_FLAGS=--xla_gpu_deterministic_ops=true
BATCHES="16 128 1024 4096" "$home/benchmarks/compare-with-jax.sh" "$@"

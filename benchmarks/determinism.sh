#!/usr/bin/env bash
# Whether fresh processes come to the same weights while something else wants the processor: how many came to which.
# usage: benchmarks/determinism.sh [PROCESSES] [STEPS]     (20 and 2000 unless said; needs a build)
set -euo pipefail
home=$(cd "$(dirname "$0")" && pwd)
processes=${1:-20}
steps=${2:-2000}
sha256sum /dev/zero &
load=$!
trap 'kill "$load"' EXIT
for _ in $(seq "$processes"); do
  TF_CPP_MIN_LOG_LEVEL=3 MALLOC_ARENA_MAX=2 \
    java -cp "$home/target/*:$home/target/lib/*" dev.vaestream.benchmarks.WeightsDigest "$steps" 2> /dev/null
done | sort | uniq -c

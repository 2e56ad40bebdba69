#!/usr/bin/env bash
# Whether fresh processes come to the same weights while something else wants the processor: how many came to which.
# usage: benchmarks/determinism.sh [PROCESSES] [STEPS]     (20 and 2000 unless said; needs a build)
set -euo pipefail
source "$(dirname "$0")/common.sh"
processes=${1:-20}
steps=${2:-2000}
require_build
sha256sum /dev/zero &
load=$!
trap 'kill "$load"' EXIT
for _ in $(seq "$processes"); do
  benchmark WeightsDigest "$steps"
done | sort | uniq -c

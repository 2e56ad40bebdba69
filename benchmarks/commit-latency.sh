#!/usr/bin/env bash
# How long a checkpoint of the default model takes to be committed: p50 and p99 over so many commits, to the checkpoint
# service and the store of ./vaestream, with nothing else at work.
# usage: benchmarks/commit-latency.sh [COMMITS]     (300 unless said; needs a build and free ports)
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
commits=${1:-300}
work=$(mktemp -d)
cd "$work"
trap '"$home/vaestream" down > /dev/null; rm -rf "$work"' EXIT
"$home/vaestream" up > output || { cat output >&2; exit 1; }
java -cp "$home/benchmarks/target/*:$home/benchmarks/target/lib/*" dev.vaestream.benchmarks.CommitLatency \
  http://127.0.0.1:8083 latency "$commits"

#!/usr/bin/env bash
# Steps fed by Kafka beside steps fed from memory, turn by turn: milliseconds a step as the mean of a whole run with one
# checkpoint at its end, and how fast the trainer is beside the step alone. Three runs before warm the trainer up and
# do not count.
# usage: benchmarks/kafka-fed.sh [ROUNDS] [STEPS]     (5 and 20000 unless said; needs a build and free ports)
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-5}
steps=${2:-20000}
work=$(mktemp -d)
cd "$work"
trap '"$home/vaestream" down > /dev/null; rm -rf "$work"' EXIT
"$home/vaestream" up > output
"$home/vaestream" stream create mnist >> output
until curl -s http://127.0.0.1:8081/v1/streams/mnist | grep -q '"published":37500'; do sleep 1; done
printf '{"stream":"mnist","steps":%d,"checkpoints":{"saveIntervalSteps":%d,"maxToKeep":4}}' "$steps" "$steps" > spec.json

# When the log says that run $1 began and completed, in milliseconds a step.
kafka_fed() {
  "$home/vaestream" run start --id "$1" --spec spec.json >> output
  until grep -q "run $1 completed" .vaestream/logs/trainer*.log; do sleep 0.5; done
  grep -h "run $1 " .vaestream/logs/trainer*.log | grep -E 'from step|completed' | awk '{ print $2 }' | tr , . |
    awk -F: -v steps="$steps" '{ at[NR] = $1 * 3600 + $2 * 60 + $3 } END { printf "%.4f\n", (at[2] - at[1]) * 1000 / steps }'
}

memory_fed() {
  TF_CPP_MIN_LOG_LEVEL=3 MALLOC_ARENA_MAX=2 \
    java -cp "$home/benchmarks/target/*:$home/benchmarks/target/lib/*" dev.vaestream.benchmarks.MemoryFed "$steps" 2> /dev/null
}

for round in 1 2 3; do kafka_fed "warm$round" > /dev/null; done
printf '%-8s %8s %8s\n' memory kafka ratio
for round in $(seq "$rounds"); do
  memory=$(memory_fed)
  kafka=$(kafka_fed "round$round")
  awk -v m="$memory" -v k="$kafka" 'BEGIN { printf "%-8.3f %8.3f %8.2f\n", m, k, m / k }' | tee -a ratios
done
sort -n -k3 ratios | awk '{ all[NR] = $3 } END { print "median: " all[int((NR + 1) / 2)] " of " NR " rounds" }'

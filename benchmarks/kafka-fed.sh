#!/usr/bin/env bash
# Steps fed by Kafka beside steps fed from memory, turn by turn: milliseconds a step as the mean of a whole run with one
# checkpoint at its end, and how fast the trainer is beside the step alone. Three runs before warm the trainer up and
# do not count.
# usage: benchmarks/kafka-fed.sh [ROUNDS] [STEPS]     (5 and 20000 unless said; needs a build and free ports)
set -euo pipefail
source "$(dirname "$0")/common.sh"
rounds=${1:-5}
steps=${2:-20000}
require_build
work=$(mktemp -d)
cd "$work"
trap '"$home/vaestream" down > /dev/null; rm -rf "$work"' EXIT
"$home/vaestream" up > output || { cat output >&2; exit 1; }
"$home/vaestream" stream create mnist >> output

# wait_for SECONDS WHAT COMMAND…
wait_for() {
  local end=$((SECONDS + $1))
  until "${@:3}"; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "$2 did not happen in $1 s; the end of the trainer's log:" >&2
      tail -n 20 .vaestream/logs/trainer*.log >&2
      exit 1
    fi
    sleep 0.5
  done
}

published() { curl -s http://127.0.0.1:8081/v1/streams/mnist | grep -q '"published":37500'; }
ended() { grep -Eq "run $1 (completed|failed)" .vaestream/logs/trainer*.log; }

wait_for 300 'the whole stream in Kafka' published
printf '{"stream":"mnist","steps":%d,"checkpoints":{"saveIntervalSteps":%d,"maxToKeep":4}}' "$steps" "$steps" > spec.json

# When the log says that run $1 began and completed, in milliseconds a step.
kafka_fed() {
  "$home/vaestream" run start --id "$1" --spec spec.json >> output
  wait_for $((60 + steps / 50)) "the end of run $1" ended "$1"
  if ! grep -q "run $1 completed" .vaestream/logs/trainer*.log; then
    grep -h "run $1 " .vaestream/logs/trainer*.log >&2
    exit 1
  fi
  grep -h "run $1 " .vaestream/logs/trainer*.log | grep -E 'from step|completed' | awk '{ print $2 }' | tr , . |
    awk -F: -v steps="$steps" '{ at[NR] = $1 * 3600 + $2 * 60 + $3 } END { printf "%.4f\n", (at[2] - at[1]) * 1000 / steps }'
}

for round in 1 2 3; do kafka_fed "warm$round" > /dev/null; done
printf '%-8s %8s %8s\n' memory kafka ratio
for round in $(seq "$rounds"); do
  memory=$(benchmark MemoryFed "$steps")
  kafka=$(kafka_fed "round$round")
  awk -v m="$memory" -v k="$kafka" 'BEGIN { printf "%-8.3f %8.3f %8.2f\n", m, k, m / k }' | tee -a ratios
done
echo "median: $(awk '{ print $3 }' ratios | median) of $rounds rounds"

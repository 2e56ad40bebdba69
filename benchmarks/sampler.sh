#!/usr/bin/env bash
# The sampler under load from a second process on the same machine. Prints a Markdown table of medians and, below it, the
# rounds and warm-ups that they come from. Every request is for another seed.
# usage: [ROUNDS=5] [SECONDS_EACH=4] [PYTHON=python3] benchmarks/sampler.sh [ROW...]
# Rows, all unless some are named, in about 12 minutes:
#   requests  one image as PNG, beside FastAPI, LitServe and an endpoint that returns a constant
#   grid      a hundred images as one PNG, beside decoding alone
#   p99       one image at half the greatest rate, while nothing happens and while a checkpoint is loaded every 5 s
#   swaps     300 checkpoints, one after another as fast as they are served, under that load
#   commit    from the commit of a checkpoint to the first image made with it
# Needs a build. FastAPI and LitServe need Python with what servers/requirements.txt names; without it they are left out.
set -euo pipefail
source "$(dirname "$0")/common.sh"
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-4}
python=${PYTHON:-python3}
rows=("$@")
[ ${#rows[@]} -gt 0 ] || rows=(requests grid p99 swaps commit)
export WEIGHTS="$home/vae/src/test/resources/vae32_seed0xffff_step2000.safetensors"
constant_jar="$home/benchmarks/constant/target/quarkus-app/quarkus-run.jar"
require_build
if [ ! -f "$constant_jar" ]; then
  echo "there is no build in benchmarks/constant/target: mvn -q -DskipTests -pl benchmarks/constant -am package" >&2
  exit 1
fi
work=$(mktemp -d)
groups=()

stop_all() {
  for group in "${groups[@]}"; do
    kill -CONT -- "-$group" 2> /dev/null || true
    kill -TERM -- "-$group" 2> /dev/null || true
  done
  "$home/vaestream" down --dir "$work/cluster" > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop_all EXIT

wants() {
  [[ " ${rows[*]} " == *" $1 "* ]]
}

free_port() {
  local port
  for port in $(seq 18400 18499); do
    if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null && [[ " ${taken[*]:-} " != *" $port "* ]]; then
      taken+=("$port")
      return
    fi
  done
  echo "no port of 18400 to 18499 is free" >&2
  exit 1
}

# start NAME COMMAND...: in a process group of its own, whose number goes into $group.
start() {
  set -m
  "${@:2}" > "$work/$1.log" 2>&1 &
  group=$!
  set +m
  groups+=("$group")
}

# await_answer NAME SERVER TARGET [JSON]
await_answer() {
  for _ in $(seq 600); do
    if benchmark HttpLoad "$2" "$3" 1 1 0 1 "${4:-}" 2> /dev/null | grep -q '^measured [1-9][0-9]* 0 '; then return; fi
    kill -0 "$group" 2> /dev/null || break
    sleep 0.2
  done
  echo "$1 did not start:" >&2
  tail -n 20 "$work/$1.log" >&2
  exit 1
}

# load WHAT SERVER TARGET CONNECTIONS RATE WARM-UP SECONDS [MORE]: two lines of WHAT and what HttpLoad prints.
load() {
  benchmark HttpLoad "${@:2}" | sed "s/^/$1 /" >> "$work/loads"
}

# measured WHAT FIELD: the median of that field of HttpLoad's lines.
measured() {
  awk -v what="$1" -v field="$2" '$1 == what && $2 == "measured" { print $(field + 2) }' "$work/loads" | median
}

total() {
  awk -v what="$1" -v field="$2" '$1 == what && $2 == "measured" { sum += $(field + 2) } END { print sum + 0 }' "$work/loads"
}

ratio() {
  awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "-" }'
}

# best NAME: the largest of the medians at each concurrency.
best() {
  for concurrency in 1 8 32; do measured "$1-$concurrency" 4; done | sort -n | tail -n 1
}

row() {
  printf '| %s | %s | %s |\n' "$@" >> "$work/table"
}

feed() {
  benchmark CheckpointFeed "$checkpoints" "$sampler" "$1" "$WEIGHTS" "$2" "$3"
}

one_image='/v1/samples?class=3&index=0&seed={seed}'
grid='/v1/samples?count=10&seed={seed}'
python_image='/v1/samples?label=3&seed={seed}'
json='{"label":3,"seed":{seed}}'

"$home/vaestream" up --dir "$work/cluster" > "$work/up.log" 2>&1 || { cat "$work/up.log" >&2; exit 1; }
ports=$(tr -d ' \n' < "$work/cluster/state.json")
port() {
  sed "s/.*\"$1\":\([0-9]*\).*/\1/" <<< "$ports"
}
sampler=http://127.0.0.1:$(port sampler)
checkpoints=http://127.0.0.1:$(port checkpoint)
feed first 1 0 > /dev/null
load warm "$sampler" "$one_image" 32 max 20 1

if wants requests; then
  free_port
  constant=http://127.0.0.1:${taken[-1]}
  start constant java -XX:+UseSerialGC -Xmx128m "-Dquarkus.http.port=${taken[-1]}" -jar "$constant_jar"
  constant_group=$group
  await_answer constant "$constant" /constant
  load warm "$constant" /constant 32 max 5 1
  kill -STOP -- "-$constant_group"
  servers=()
  if "$python" -c 'import fastapi, flax, jax, litserve, PIL, safetensors, uvicorn' 2> /dev/null; then
    free_port
    fastapi=http://127.0.0.1:${taken[-1]}
    start fastapi env -C "$home/benchmarks/servers" "$python" -m uvicorn fastapi_server:app --port "${taken[-1]}" --no-access-log
    fastapi_group=$group
    await_answer fastapi "$fastapi" "$python_image"
    load warm "$fastapi" "$python_image" 8 max 3 1
    kill -STOP -- "-$fastapi_group"
    free_port
    litserve=http://127.0.0.1:${taken[-1]}
    start litserve env -C "$home/benchmarks/servers" "$python" litserve_server.py "${taken[-1]}"
    litserve_group=$group
    await_answer litserve "$litserve" /predict "$json"
    load warm "$litserve" /predict 8 max 3 1 "$json"
    kill -STOP -- "-$litserve_group"
    servers=(fastapi litserve)
  else
    echo "Python with what benchmarks/servers/requirements.txt names is not there, so its servers are left out" >&2
  fi
  for _ in $(seq "$rounds"); do
    for concurrency in 1 8 32; do
      load "ours-$concurrency" "$sampler" "$one_image" "$concurrency" max 1 "$seconds"
      kill -CONT -- "-$constant_group"
      load "constant-$concurrency" "$constant" /constant "$concurrency" max 1 "$seconds"
      kill -STOP -- "-$constant_group"
      for server in "${servers[@]}"; do
        server_group=${server}_group
        kill -CONT -- "-${!server_group}"
        if [ "$server" = fastapi ]; then
          load "fastapi-$concurrency" "$fastapi" "$python_image" "$concurrency" max 1 "$seconds"
        else
          load "litserve-$concurrency" "$litserve" /predict "$concurrency" max 1 "$seconds" "$json"
        fi
        kill -STOP -- "-${!server_group}"
      done
    done
  done
  row 'requests a second, one image as PNG, at 1, 8 and 32 clients' \
    "$(measured ours-1 4), $(measured ours-8 4), $(measured ours-32 4)" ''
  for server in "${servers[@]}"; do
    row "the same of $server" \
      "$(measured "$server-1" 4), $(measured "$server-8" 4), $(measured "$server-32" 4)" "ours ÷ its best: $(ratio "$(best ours)" "$(best "$server")")"
  done
  row 'the same of an endpoint that returns a constant' \
    "$(measured constant-1 4), $(measured constant-8 4), $(measured constant-32 4)" "ours ÷ it: $(ratio "$(best ours)" "$(best constant)")"
fi

if wants grid; then
  for _ in $(seq "$rounds"); do
    load grid "$sampler" "$grid" 8 max 1 "$seconds"
    benchmark DecodingFloor "$WEIGHTS" "$seconds" >> "$work/floor"
  done
  images=$(($(measured grid 4) * 100))
  floor=$(median < "$work/floor")
  row 'images a second, a hundred as one PNG, 8 clients' "$images" "÷ decoding alone on both cores ($floor): $(ratio "$images" "$floor")"
fi

if wants p99 || wants swaps; then
  if ! wants requests; then
    for _ in 1 2 3; do load ours-32 "$sampler" "$one_image" 32 max 1 "$seconds"; done
  fi
  half=$(($(measured ours-32 4) / 2))
fi

if wants p99; then
  for round in $(seq "$rounds"); do
    load steady "$sampler" "$one_image" 32 "$half" 4 15
    # Begun early and of low priority, as a trainer has processors of its own.
    (renice -n 19 "$BASHPID" > /dev/null; feed "every-5s-$round" 4 5000 > /dev/null) &
    feeding=$!
    load loading "$sampler" "$one_image" 32 "$half" 4 15
    wait "$feeding"
  done
  row "p99 at half the greatest rate, $half a second, ms" "$(measured steady 6)" "p50 $(measured steady 5), p99.9 $(measured steady 7)"
  row 'the same while a checkpoint is loaded every 5 s, ms' "$(measured loading 6)" "÷ the one above: $(ratio "$(measured loading 6)" "$(measured steady 6)")"
fi

if wants swaps; then
  pid=$(tr -d ' \n' < "$work/cluster/processes.json" | sed 's/.*"name":"sampler","pid":\([0-9]*\).*/\1/')
  resident() {
    awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status"
  }
  feed swaps-first 50 0 > /dev/null
  before=$(resident)
  feed swaps-under-load 300 0 > "$work/feed" &
  feeding=$!
  while kill -0 "$feeding" 2> /dev/null; do
    load swaps "$sampler" "$one_image&format=npy" 32 "$((half / 2))" 0 20 marked
  done
  wait "$feeding"
  row '300 swaps under load' "$(total swaps 2) of $(total swaps 1) requests failed, $(total swaps 3) images of a wrong version" \
    "resident MB $before before, $(resident) after; median $(cut -d ' ' -f 2 "$work/feed") ms each"
fi

if wants commit; then
  for round in $(seq "$rounds"); do feed "commit-$round" 20 200; done > "$work/commits"
  row 'from commit to the first image, p50, ms' "$(cut -d ' ' -f 2 "$work/commits" | median)" "p99 $(cut -d ' ' -f 3 "$work/commits" | median)"
fi

printf '%s; %s; %s\n\n' "$(nproc) cores of $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)" \
  "$(java -version 2>&1 | head -n 1)" "medians of $rounds rounds"
printf '| what | median | |\n|---|---|---|\n'
cat "$work/table"
printf '\nRounds and warm-ups: requests, failed, wrong, a second, p50, p99, p99.9 and longest in ms\n\n'
sed 's/^/    /' "$work/loads"

# Shared by the scripts beside it, which source it.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

require_build() {
  if ! ls "$home"/benchmarks/target/*.jar "$home"/benchmarks/target/lib/*.jar > /dev/null 2>&1; then
    echo "there is no build in benchmarks/target: mvn -q -DskipTests -pl benchmarks -am package" >&2
    exit 1
  fi
}

# require_python 'MODULE, MODULE' 'what pip installs'
require_python() {
  if ! python3 -c "import $1" 2> /dev/null; then
    echo "Python with $1 is not there: pip install $2" >&2
    exit 3
  fi
}

# A program of the benchmarks, with its arguments. Its errors are shown where it fails, and TensorFlow's chatter is not.
benchmark() {
  local errors
  errors=$(mktemp)
  if ! TF_CPP_MIN_LOG_LEVEL=3 MALLOC_ARENA_MAX=2 \
    java -cp "$home/benchmarks/target/*:$home/benchmarks/target/lib/*" "dev.vaestream.benchmarks.$1" "${@:2}" 2> "$errors"; then
    echo "$1 failed:" >&2
    cat "$errors" >&2
    rm -f "$errors"
    return 1
  fi
  rm -f "$errors"
}

# The median of the numbers that come in, one a line.
median() {
  sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

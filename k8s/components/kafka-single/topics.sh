#!/bin/sh
# Makes the topics that are missing. They are those of Topics.definitions(), to which a test holds them.
set -eu
make() {
  topic=$1
  partitions=$2
  shift 2
  for setting in "$@"; do
    set -- "$@" --config "$setting"
    shift
  done
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --create --if-not-exists \
    --topic "$topic" --partitions "$partitions" --replication-factor "${REPLICATION:-1}" "$@"
}

make streams 1 cleanup.policy=compact
make runs 8 cleanup.policy=delete retention.ms=-1 retention.bytes=-1
make run-controls 1 cleanup.policy=compact
make run-events 1 cleanup.policy=compact
make metrics 1 cleanup.policy=delete retention.ms=-1 retention.bytes=-1
make checkpoints 1 cleanup.policy=compact
make dead-letters 1 cleanup.policy=delete

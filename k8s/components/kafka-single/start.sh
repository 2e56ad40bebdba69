#!/bin/sh
# Gives an empty disk a cluster id of its own, then starts the broker.
set -eu
bin=/opt/kafka/bin
config=/etc/vaestream/server.properties
if [ ! -f /var/lib/kafka/data/log/meta.properties ]; then
  "$bin/kafka-storage.sh" format -c "$config" -t "$("$bin/kafka-storage.sh" random-uuid)"
fi
exec "$bin/kafka-server-start.sh" "$config"

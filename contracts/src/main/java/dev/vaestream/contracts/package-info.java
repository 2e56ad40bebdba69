/**
 * What more than one service must read alike: the batch message, specs, events, manifests, the safetensors format and
 * datasets.
 *
 * <p>Every record checks itself when it is made, so a value that exists is a value that holds. Nothing here knows
 * TensorFlow, Quarkus, Kafka or object storage.
 */
@NullMarked
package dev.vaestream.contracts;

import org.jspecify.annotations.NullMarked;

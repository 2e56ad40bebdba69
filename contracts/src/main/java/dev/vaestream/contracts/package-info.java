/**
 * What crosses a service boundary: the batch message, specs, events, manifests and the safetensors format.
 *
 * <p>Every record checks itself when it is made, so a value that exists is a value that holds. Nothing here knows
 * TensorFlow, Quarkus, Kafka or object storage.
 */
@NullMarked
package dev.vaestream.contracts;

import org.jspecify.annotations.NullMarked;

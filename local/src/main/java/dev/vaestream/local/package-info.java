/**
 * The whole of vaestream on one machine: an embedded Kafka broker, an embedded object store and the four services as
 * child processes, and the command line that starts and uses them.
 *
 * <p>Every server listens on the loopback address only. All state is in one directory; whatever is killed in whatever
 * order, starting again with the same directory goes on from there. No child outlives the process that started it.
 */
@NullMarked
package dev.vaestream.local;

import org.jspecify.annotations.NullMarked;

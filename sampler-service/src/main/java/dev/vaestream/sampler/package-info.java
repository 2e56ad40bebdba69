/**
 * Generated images over HTTP. Follows the checkpoint service, loads the newest checkpoint beside the one that serves,
 * and swaps them without a failed request; a checkpoint that cannot be loaded never replaces one that could.
 *
 * <p>A request may name another checkpoint than the served one. A few of those stay loaded beside it, and never take its
 * place.
 *
 * <p>An image is named by (checkpoint, class, seed, index): it has the same values whatever else is asked for with it.
 * Requests are checked whole before the decoder sees a number. Kafka only says earlier what polling finds anyway, so
 * the service works without it.
 */
@NullMarked
package dev.vaestream.sampler;

import org.jspecify.annotations.NullMarked;

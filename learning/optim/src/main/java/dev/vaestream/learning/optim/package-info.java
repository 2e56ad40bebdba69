/**
 * Optax over TensorFlow graphs.
 *
 * <p>An optimizer is a gradient transformation: a pair of pure functions, {@code init} and {@code update}, and holds no
 * state of its own.
 */
@NullMarked
package dev.vaestream.learning.optim;

import org.jspecify.annotations.NullMarked;

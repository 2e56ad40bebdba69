/**
 * JAX's way of working over TensorFlow graphs: trees of arrays, functions traced into a graph once and then run, and
 * gradients of such functions.
 *
 * <p>A traced function sees {@code Operand}s where JAX's would see tracers, and must be pure: what it returns depends
 * on its arguments alone.
 */
@NullMarked
package dev.vaestream.learning.tracing;

import org.jspecify.annotations.NullMarked;

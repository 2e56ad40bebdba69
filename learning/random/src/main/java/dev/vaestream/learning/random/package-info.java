/**
 * {@code jax.random} in plain Java.
 *
 * <p>A key is a value; drawing from it changes nothing, and the same key always gives the same numbers, on every
 * machine: integer arithmetic and {@link StrictMath} only. Keys, bits, splits and permutations are JAX's bit for bit;
 * normals agree with JAX's to 1e-6.
 */
@NullMarked
package dev.vaestream.learning.random;

import org.jspecify.annotations.NullMarked;

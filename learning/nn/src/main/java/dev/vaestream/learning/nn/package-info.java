/**
 * Flax over TensorFlow graphs.
 *
 * <p>A module is a hollow record: sizes and functions, never arrays. Its parameters are a tree that {@code init} makes
 * and every call is given; the {@link dev.vaestream.learning.nn.Scope} finds them by the module's path.
 */
@NullMarked
package dev.vaestream.learning.nn;

import org.jspecify.annotations.NullMarked;

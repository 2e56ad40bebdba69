/** What the framework takes for itself. */
@NullMarked
package dev.vaestream.benchmarks.constant;

import org.jspecify.annotations.NullMarked;

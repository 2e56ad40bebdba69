/**
 * JMH benchmarks of what a training run spends its time on.
 *
 * <p>Not null-marked: JMH fills the states' fields after construction.
 */
package dev.vaestream.benchmarks;

/**
 * What a training run and the sampler spend their time on.
 *
 * <p>Not null-marked: JMH fills the states' fields after construction.
 */
package dev.vaestream.benchmarks;

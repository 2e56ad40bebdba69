/**
 * Trains runs. A run is taken from the work queue, restored from its newest checkpoint or begun, fed with exactly the
 * batches of its range in their order, and checkpointed; its offset in the queue is committed only when it has ended.
 * Killed at any moment and started again, here or elsewhere, it ends with the same weights and has reported the same
 * losses: the state after a step is a function of the spec and of the records consumed, and of nothing else. A record
 * that is no batch is set aside by its bytes alone; trouble with Kafka or the checkpoint service is waited out, and
 * readiness says so.
 */
@NullMarked
package dev.vaestream.trainer;

import org.jspecify.annotations.NullMarked;

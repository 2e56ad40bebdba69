/**
 * The class-conditional variational autoencoder: its network, its loss, its compiled train step and its decoder.
 *
 * <p>Here live the graph and the session; Kafka, HTTP and storage are somebody else's.
 */
@NullMarked
package dev.vaestream.vae;

import org.jspecify.annotations.NullMarked;

/**
 * Everything that goes into Kafka: datasets as streams of batches, batches over HTTP, and run requests.
 *
 * <p>Sequence g of a stream is appended once, to partition g mod P, in ascending order there, and its bytes are a
 * function of the stream's spec and the dataset. Nothing is kept on local disk: after a kill the topics say what there
 * is, and publishing goes on with exactly the batches that are missing. An answer that says a thing was accepted is
 * given after Kafka has acknowledged it.
 */
@NullMarked
package dev.vaestream.ingest;

import org.jspecify.annotations.NullMarked;

package dev.vaestream.vae;

import com.google.protobuf.ByteString;

/**
 * Images to measure a model on, with the noise that their latents get.
 *
 * @param images (batch, pixels) in row-major order, one unsigned byte a pixel
 * @param labels (batch), one unsigned byte each
 * @param noise (batch, latentDim) of N(0, 1)
 */
@SuppressWarnings("ArrayRecordComponent") // kept once for a whole run, compared by nobody
public record EvaluationBatch(ByteString images, ByteString labels, float[] noise) {}

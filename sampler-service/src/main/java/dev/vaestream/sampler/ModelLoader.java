package dev.vaestream.sampler;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CorruptArraysException;
import dev.vaestream.contracts.DType;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.sampler.RejectedCheckpointException.Reason;
import dev.vaestream.vae.Bucket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Makes a model of a checkpoint, or says what is wrong with it; nothing of a rejected one stays open. */
final class ModelLoader {
    private final CheckpointClient client;
    private final ImageDecoder.Factory decoders;
    private final long maxParamsBytes;
    private final Clock clock;

    ModelLoader(CheckpointClient client, ImageDecoder.Factory decoders, long maxParamsBytes, Clock clock) {
        this.client = client;
        this.decoders = decoders;
        this.maxParamsBytes = maxParamsBytes;
        this.clock = clock;
    }

    /**
     * @throws RejectedCheckpointException where it must not be served
     * @throws CheckpointServiceException where its bytes cannot be had now
     */
    Model load(Checkpoint checkpoint) {
        requireUnchanged(checkpoint);
        Blob blob = params(checkpoint);
        ImageDecoder decoder = decoder(checkpoint, arrays(client.blob(blob)));
        Model model = new Model(checkpoint, decoder, clock.instant());
        try {
            requireImages(model);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
        return model;
    }

    private static void requireUnchanged(Checkpoint checkpoint) {
        try {
            Manifest.decode(checkpoint.manifest().encode());
        } catch (InvalidJsonException e) {
            throw new RejectedCheckpointException(Reason.MANIFEST, "its manifest was changed: " + e.getMessage(), e);
        }
        if (!checkpoint.manifest().run().equals(checkpoint.identity().run())) {
            throw new RejectedCheckpointException(
                    Reason.MANIFEST,
                    "its manifest is of run %s, in run %s"
                            .formatted(
                                    checkpoint.manifest().run(),
                                    checkpoint.identity().run()));
        }
    }

    private Blob params(Checkpoint checkpoint) {
        if (checkpoint.model().pixels() != checkpoint.shape().pixels()) {
            throw new RejectedCheckpointException(
                    Reason.PARAMS,
                    "its decoder makes %d pixels, its images are %s"
                            .formatted(checkpoint.model().pixels(), checkpoint.shape()));
        }
        try {
            Blob blob = checkpoint.params();
            if (blob.bytes() > maxParamsBytes) {
                throw new RejectedCheckpointException(
                        Reason.BLOB,
                        "its parameters have %d bytes; at most %d are loaded".formatted(blob.bytes(), maxParamsBytes));
            }
            return blob;
        } catch (IllegalArgumentException e) {
            throw new RejectedCheckpointException(Reason.MANIFEST, String.valueOf(e.getMessage()), e);
        }
    }

    private static SortedMap<String, StoredArray> arrays(byte[] file) {
        SortedMap<String, StoredArray> arrays;
        try {
            arrays = Safetensors.read(file);
        } catch (CorruptArraysException e) {
            throw new RejectedCheckpointException(Reason.PARAMS, String.valueOf(e.getMessage()), e);
        }
        for (Map.Entry<String, StoredArray> array : arrays.entrySet()) {
            if (array.getValue().dtype() == DType.F32
                    && !finite(array.getValue().floats())) {
                throw new RejectedCheckpointException(
                        Reason.PARAMS, "%s holds a value that is not finite".formatted(array.getKey()));
            }
        }
        return arrays;
    }

    private ImageDecoder decoder(Checkpoint checkpoint, SortedMap<String, StoredArray> arrays) {
        try {
            return decoders.load(checkpoint.model(), arrays);
        } catch (RuntimeException e) {
            throw new RejectedCheckpointException(Reason.PARAMS, String.valueOf(e.getMessage()), e);
        }
    }

    /** A first bucket, which also spares the first request the decoder's warm-up. */
    private static void requireImages(Model model) {
        Samples samples;
        try {
            samples = Sampler.draw(model, new SampleRequest(List.of(0), Bucket.SIZE, 0));
        } catch (RuntimeException e) {
            throw new RejectedCheckpointException(Reason.OUTPUT, "its decoder fails: " + e.getMessage(), e);
        }
        if (!finite(samples.values())) {
            throw new RejectedCheckpointException(Reason.OUTPUT, "its decoder makes values that are not finite");
        }
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}

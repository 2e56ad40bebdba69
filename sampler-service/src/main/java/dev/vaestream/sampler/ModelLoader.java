package dev.vaestream.sampler;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.CorruptArraysException;
import dev.vaestream.contracts.DType;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.sampler.RejectedCheckpointException.Reason;
import dev.vaestream.vae.Grey;
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
            requireCanary(model);
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

    private static void requireImages(Model model) {
        Samples samples;
        try {
            samples = Sampler.draw(model, new SampleRequest(List.of(0), 1, 0));
        } catch (RuntimeException e) {
            throw new RejectedCheckpointException(Reason.OUTPUT, "its decoder fails: " + e.getMessage(), e);
        }
        if (!finite(samples.values())) {
            throw new RejectedCheckpointException(Reason.OUTPUT, "its decoder makes values that are not finite");
        }
    }

    /** Whoever wrote the checkpoint made this image of its parameters, and the same parameters make the same bits. */
    private static void requireCanary(Model model) {
        Canary canary = model.checkpoint().manifest().canary();
        if (canary == null) {
            return;
        }
        if (canary.label() >= model.checkpoint().model().classes()) {
            throw new RejectedCheckpointException(
                    Reason.MANIFEST,
                    "its canary is of class %d, which the model does not have".formatted(canary.label()));
        }
        Samples samples = Sampler.draw(model, new SampleRequest(List.of(canary.label()), 1, canary.seed()));
        Sha256 image = Sha256.of(Grey.of(samples.values(), 0, samples.values().length));
        if (!image.equals(canary.sha256())) {
            throw new RejectedCheckpointException(
                    Reason.CANARY,
                    "its image of class %d and seed %d has the digest %s; whoever wrote it had %s"
                            .formatted(canary.label(), canary.seed(), image, canary.sha256()));
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

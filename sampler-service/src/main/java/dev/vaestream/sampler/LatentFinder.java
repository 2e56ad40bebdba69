package dev.vaestream.sampler;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.DatasetException;
import dev.vaestream.contracts.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Where each class lies in the latent space of a checkpoint, by the images of a dataset. They are read and encoded once for
 * a checkpoint, one at a time, and what came of it is kept for the checkpoints that were asked for last.
 */
final class LatentFinder {
    private static final int MAX_KEPT = 8;
    private static final int MAX_LATENT_DIM = 4096;

    private final Optional<Path> dataset;
    private final Duration maxWait;
    private final ReentrantLock encoding = new ReentrantLock(true);
    private final Map<Sha256, Map<Integer, ClassLatents>> kept =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true));

    /**
     * @param dataset as {@link Dataset#read} takes it
     * @param maxWait for a turn to encode
     */
    LatentFinder(Optional<Path> dataset, Duration maxWait) {
        this.dataset = dataset;
        this.maxWait = maxWait;
    }

    /**
     * @throws NoDatasetException where there are no images, or none of this class or of the model's shape
     * @throws UnfitCheckpointException where the model makes nothing finite of them, or has too many dimensions
     * @throws BusyException where too many others are encoded before, and nothing is kept for the checkpoint
     */
    ClassLatents find(Model model, int label) {
        Path files = dataset.orElseThrow(() -> new NoDatasetException(
                "This sampler has no images to encode; vaestream.sampler.dataset says where they are"));
        ClassLatents found = all(model, files).get(label);
        if (found == null) {
            throw new NoDatasetException("The sampler's dataset has no image of class %d".formatted(label));
        }
        return found;
    }

    private Map<Integer, ClassLatents> all(Model model, Path files) {
        Sha256 digest = model.checkpoint().manifest().digest();
        return known(digest).orElseGet(() -> {
            awaitTurn(model.checkpoint());
            try {
                // Another request may have encoded them meanwhile.
                return known(digest).orElseGet(() -> keep(digest, encoded(model, images(model.checkpoint(), files))));
            } finally {
                encoding.unlock();
            }
        });
    }

    private Optional<Map<Integer, ClassLatents>> known(Sha256 checkpoint) {
        return Optional.ofNullable(kept.get(checkpoint));
    }

    private Map<Integer, ClassLatents> keep(Sha256 checkpoint, Map<Integer, ClassLatents> latents) {
        synchronized (kept) {
            kept.put(checkpoint, latents);
            if (kept.size() > MAX_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return latents;
    }

    private void awaitTurn(Checkpoint checkpoint) {
        try {
            if (!encoding.tryLock(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException("The classes of %s wait for others to be encoded, and none ended within %d ms"
                        .formatted(checkpoint.name(), maxWait.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("The sampler is stopping");
        }
    }

    private static Dataset images(Checkpoint checkpoint, Path files) {
        try {
            Dataset images = Dataset.read(files);
            images.requireLabelsBelow(checkpoint.model().classes());
            if (!images.shape().equals(checkpoint.shape())) {
                throw new NoDatasetException("The sampler's dataset has images of %s, checkpoint %s of %s"
                        .formatted(images.shape(), checkpoint.name(), checkpoint.shape()));
            }
            return images;
        } catch (DatasetException e) {
            throw new NoDatasetException("The sampler's dataset cannot be used: " + e.getMessage(), e);
        }
    }

    private static Map<Integer, ClassLatents> encoded(Model model, Dataset dataset) {
        Checkpoint checkpoint = model.checkpoint();
        int latentDim = checkpoint.model().latentDim();
        if (latentDim > MAX_LATENT_DIM) {
            throw new UnfitCheckpointException("Checkpoint %s has %d latent dimensions; at most %d are measured"
                    .formatted(checkpoint.name(), latentDim, MAX_LATENT_DIM));
        }
        ByteString labels =
                dataset.labels(IntStream.range(0, dataset.examples()).toArray());
        SortedMap<Integer, LatentMoments> moments = new TreeMap<>();
        for (int i = 0; i < dataset.examples(); i++) {
            InputImage image = InputImage.ofGrey(dataset.images(new int[] {i}));
            moments.computeIfAbsent(Byte.toUnsignedInt(labels.byteAt(i)), label -> new LatentMoments(latentDim))
                    .add(image.encoded(model));
        }
        SortedMap<Integer, ClassLatents> latents = new TreeMap<>();
        moments.forEach((label, sums) -> latents.put(label, ClassLatents.of(sums, latentDim)));
        return latents;
    }
}

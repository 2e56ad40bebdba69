package dev.vaestream.trainer;

import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads, decodes, orders and prepares batches on a thread of its own, a bounded number ahead of the training thread.
 * Where the next batch is missing it waits for it, keeps what comes meanwhile in bounds, and says so in readiness.
 */
final class Prefetcher implements BatchSource, AutoCloseable {
    private static final String STREAM = "stream";
    private static final Duration POLL = Duration.ofMillis(100);

    private final StreamSpec stream;
    private final Progress start;
    private final PartitionReader reader;
    private final BatchDecoder decoder;
    private final BatchSequencer sequencer;
    private final BatchPreparer preparer;
    private final Consumer<Received.Bad> deadLetters;
    private final RunMeter meter;
    private final Headroom headroom;
    private final TrainerStatus status;
    private final RunOrders orders;
    private final BurstQueue<PreparedBatch> queue;
    private final Set<Integer> paused = new HashSet<>();
    private final Set<Integer> trimmed = new HashSet<>();
    private final Thread thread = new Thread(this::run, "prefetch");
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    /**
     * Starts to read where {@code start} says.
     *
     * @param reader is owned by this from now on
     * @param deadLetters is told of each record that takes no part in the training, before the batch after it is handed
     *     out
     */
    Prefetcher(
            RunSpec spec,
            StreamSpec stream,
            Progress start,
            PartitionReader reader,
            Consumer<Received.Bad> deadLetters,
            RunMeter meter,
            Headroom headroom,
            TrainerStatus status,
            RunOrders orders) {
        Buffers buffers = Buffers.of(stream);
        this.stream = stream;
        this.start = start;
        this.reader = reader;
        this.decoder = new BatchDecoder(stream);
        this.sequencer = new BatchSequencer(
                start.nextSequence(), spec.firstSequence() + spec.steps(), stream.partitions(), buffers.lane());
        this.preparer = new BatchPreparer(
                spec.model().latentDim(), start.inputDigest(), Keys.ofWords(start.key(), spec.prng()));
        this.deadLetters = deadLetters;
        this.meter = meter;
        this.headroom = headroom;
        this.status = status;
        this.orders = orders;
        this.queue = new BurstQueue<>(buffers.queue());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Optional<PreparedBatch> next() {
        Optional<PreparedBatch> batch = Optional.empty();
        while (batch.isEmpty() && orders.goesOn()) {
            batch = poll();
        }
        return batch;
    }

    /**
     * The next batch, or nothing where it does not come soon.
     *
     * @throws RuntimeException where none comes any more, once all before that were handed out
     */
    Optional<PreparedBatch> poll() {
        PreparedBatch batch = await(Duration.ZERO);
        if (batch == null) {
            // Read before the queue is looked at again, so that no batch before the failure is lost.
            RuntimeException failed = failure;
            batch = await(POLL);
            if (batch == null && failed != null) {
                throw failed;
            }
        }
        return Optional.ofNullable(batch);
    }

    /** Batches that are ready. */
    int size() {
        return queue.size();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status.goesOn(STREAM);
    }

    private @Nullable PreparedBatch await(Duration patience) {
        try {
            return queue.poll(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("waiting for a batch was interrupted", e);
        }
    }

    private void run() {
        try (reader) {
            LogCheck.requireSame(stream, start, reader);
            trimmed.addAll(reader.begin(start.offsets(), start.step() == 0));
            while (!closed && !sequencer.finished()) {
                for (StreamRecord record : reader.poll(POLL)) {
                    accept(decoder.decode(record));
                }
                throttle();
                report();
                meter.lag(reader.lag());
                headroom.look(reader);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new IllegalStateException("reading stream '" + stream.stream() + "' broke off: " + e, e);
        }
    }

    private void accept(Received received) throws InterruptedException {
        if (received instanceof Received.Bad bad && bad.sequence() == Received.NOWHERE) {
            deadLetters.accept(bad);
            return;
        }
        if (!sequencer.offer(received)) {
            meter.duplicate();
        }
        for (Optional<Sequenced> found = sequencer.poll(); found.isPresent(); found = sequencer.poll()) {
            Sequenced sequenced = found.get();
            trimmed.remove(sequenced.received().partition());
            if (sequenced.received() instanceof Received.Bad bad) {
                deadLetters.accept(bad);
            }
            put(preparer.prepare(sequenced));
        }
    }

    private void put(PreparedBatch batch) throws InterruptedException {
        while (!closed && !queue.offer(batch, POLL)) {
            // The training thread is behind; look again whether it still wants this batch.
        }
    }

    private void throttle() {
        for (int partition = 0; partition < stream.partitions(); partition++) {
            if (sequencer.full(partition) && paused.add(partition)) {
                reader.pause(partition);
            } else if (!sequencer.full(partition) && paused.remove(partition)) {
                reader.resume(partition);
            }
        }
    }

    private void report() {
        if (!sequencer.missesNext()) {
            status.goesOn(STREAM);
            return;
        }
        long next = sequencer.next();
        if (trimmed.contains((int) (next % stream.partitions()))) {
            throw new RunFailedException(
                    "batch %d of stream '%s' is gone; the topic keeps only later ones, so begin a run at one of those, or publish the stream again"
                            .formatted(next, stream.stream()));
        }
        status.waits(
                STREAM,
                "batch %d of stream '%s' is missing; batches up to %d came without it"
                        .formatted(next, stream.stream(), sequencer.highestBeside()));
    }
}

package dev.vaestream.integrationtests;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.Topics;
import dev.vaestream.local.Member;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Knows within some milliseconds at which step the trainer is: where the run's events say that it began or resumed, and so
 * many more as the trainer's own counter has made since.
 */
final class TrainerWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Pattern STEPS =
            Pattern.compile("(?m)^vaestream_trainer_steps_total(?:\\{[^}]*})? ([0-9.E+]+)$");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();
    private final URI metrics;
    private final KafkaConsumer<String, byte[]> events;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "trainer-watch");

    private String run = "";
    private Optional<RunEvent> newest = Optional.empty();
    private long resumedAt;
    private double counter;
    private double counterThen;
    private long processes;
    private boolean resumed;
    private Optional<Long> firstStep = Optional.empty();

    TrainerWatch(Pipeline pipeline) {
        metrics = pipeline.address(Member.TRAINER, "/q/metrics");
        events = new KafkaConsumer<>(
                Map.of("bootstrap.servers", pipeline.cluster().addresses().bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partition = List.of(new TopicPartition(new Topics("").runEvents(), 0));
        events.assign(partition);
        events.seekToBeginning(partition);
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void follow(String newRun) {
        run = newRun;
        newest = Optional.empty();
        resumedAt = 0;
        counterThen = counter;
        resumed = false;
        firstStep = Optional.empty();
    }

    /** The trainer was killed: what its counter said counts no more. */
    synchronized void killed() {
        processes++;
        counter = 0;
        counterThen = 0;
        resumed = false;
        firstStep = Optional.empty();
    }

    /** The run's step as far as it is known. */
    synchronized long step() {
        return resumedAt + Math.round(counter - counterThen);
    }

    /** Whether the trainer has made a step since it was killed or the run was begun. */
    synchronized boolean hasStepped() {
        return resumed && firstStep.isPresent();
    }

    /** When the first of those steps was seen, by {@link System#nanoTime}. */
    synchronized long firstStep() {
        return firstStep.orElseThrow();
    }

    /** Where the run was last said to begin or resume. */
    synchronized long resumedAt() {
        return resumedAt;
    }

    synchronized boolean hasEnded() {
        return newest.filter(event -> event.state().ended()).isPresent();
    }

    synchronized Optional<RunEvent> newest() {
        return newest;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try (events) {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                long before = processes();
                Optional<Double> read = readCounter();
                for (ConsumerRecord<String, byte[]> event : events.poll(Duration.ZERO)) {
                    take(Json.read(event.value(), RunEvent.class));
                }
                read.ifPresent(value -> take(value, before));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long processes() {
        return processes;
    }

    private synchronized void take(RunEvent event) {
        if (event.run().equals(run)) {
            newest = Optional.of(event);
            if (event.state() == RunEvent.State.STARTED || event.state() == RunEvent.State.RESUMED) {
                resumedAt = event.step();
                counterThen = counter;
                resumed = true;
            }
        }
    }

    /** @param process that answered; one that was killed meanwhile says nothing of the next */
    private synchronized void take(double value, long process) {
        if (process == processes) {
            if (firstStep.isEmpty() && value > counter) {
                firstStep = Optional.of(System.nanoTime());
            }
            counter = value;
        }
    }

    private Optional<Double> readCounter() throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(metrics)
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    BodyHandlers.ofByteArray());
            Matcher matcher = STEPS.matcher(new String(answer.body(), StandardCharsets.UTF_8));
            return matcher.find() ? Optional.of(Double.parseDouble(matcher.group(1))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package dev.vaestream.ingest;

import dev.vaestream.contracts.TopicDefinition;
import dev.vaestream.contracts.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Whether Kafka is there with all its topics; the first time that it is, recovery is done. */
final class KafkaWatch {
    private static final Logger LOGGER = Logger.getLogger(KafkaWatch.class);

    private final List<String> required;
    private final Log log;
    private final Recovery recovery;
    private boolean recovered;
    private volatile Optional<String> problem = Optional.of("Kafka has not been asked yet");

    KafkaWatch(Topics topics, Log log, Recovery recovery) {
        this.required = topics.definitions().stream().map(TopicDefinition::name).toList();
        this.log = log;
        this.recovery = recovery;
    }

    /** Looks once. Never fails, so that it can be called for ever. */
    void look() {
        Optional<String> found = find();
        if (!found.equals(problem)) {
            LOGGER.info(found.orElse("Kafka and its topics are there"));
        }
        problem = found;
    }

    /** Why the service is not ready; empty when it is. */
    Optional<String> problem() {
        return problem;
    }

    /** @throws RefusedException where the service is not ready */
    void requireReady() {
        problem.ifPresent(why -> {
            throw new RefusedException(Refusal.NOT_READY, why);
        });
    }

    private Optional<String> find() {
        try {
            Set<String> missing = new TreeSet<>(log.missing(required));
            if (!missing.isEmpty()) {
                return Optional.of("Topics are missing: " + String.join(", ", missing));
            }
            if (!recovered) {
                recovery.run();
                recovered = true;
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}

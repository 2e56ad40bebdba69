package dev.vaestream.sampler;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts the fake checkpoint service, with the golden checkpoint where {@code golden} is true, and no Kafka. */
public final class CheckpointServiceResource implements QuarkusTestResourceLifecycleManager {
    private final FakeCheckpointService service = new FakeCheckpointService();
    private Map<String, String> args = Map.of();

    @Override
    public void init(Map<String, String> args) {
        this.args = args;
    }

    @Override
    public Map<String, String> start() {
        if (Boolean.parseBoolean(args.get("golden"))) {
            service.commit(Fixtures.goldenRun("golden"), 2000, Fixtures.goldenParams());
        }
        Map<String, String> config = new HashMap<>(
                InMemoryConnector.switchIncomingChannelsToInMemory(CheckpointHints.CHANNEL, RunChannel.CHANNEL));
        config.put("vaestream.sampler.checkpoint-service", service.uri().toString());
        config.put(
                "vaestream.sampler.dataset",
                Path.of("..", "datasets", "mnist", "t10k").toString());
        // So long that only a hint can be the reason for a second look.
        config.put("vaestream.sampler.poll-interval", "1h");
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(service, field -> field.getType().equals(FakeCheckpointService.class));
    }

    @Override
    public void stop() {
        service.close();
    }
}

package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.vaestream.contracts.Sha256;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

/** The service polls once an hour here, so what it finds it was told of. */
@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class HotSwapTest {
    private static final AtomicInteger STEPS = new AtomicInteger();

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector kafka;

    FakeCheckpointService service;

    @Test
    void aCommittedCheckpointIsServedOnAHint() {
        long step = commit();

        hint(new byte[0]);

        awaitStep(step);
    }

    @Test
    void whateverAHintHoldsItIsAHint() {
        long step = commit();

        hint(null);
        hint("{not json".getBytes(UTF_8));

        awaitStep(step);
    }

    @Test
    void noRequestFailsWhileCheckpointsAreSwapped() throws Exception {
        long first = commit();
        hint(new byte[0]);
        awaitStep(first);
        Map<String, String> imageByParams = new ConcurrentHashMap<>();
        AtomicBoolean swapping = new AtomicBoolean(true);
        ExecutorService clients = Executors.newFixedThreadPool(3);
        List<Future<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(clients.submit(() -> requestWhile(swapping, imageByParams)));
        }

        for (int i = 0; i < 10; i++) {
            long step = commit();
            hint(new byte[0]);
            awaitStep(step);
        }

        swapping.set(false);
        for (Future<Integer> request : requests) {
            assertThat(request.get()).isPositive();
        }
        clients.shutdown();
        assertThat(imageByParams.values()).doesNotHaveDuplicates();
    }

    /** Fails where an answer is no 200, or where the checkpoint that it names had another image before. */
    private static int requestWhile(AtomicBoolean swapping, Map<String, String> imageByParams) {
        int count = 0;
        while (swapping.get()) {
            Response response = RestAssured.get("/v1/samples?class=1&count=1&format=npy");
            assertThat(response.statusCode()).isEqualTo(200);
            String image = Sha256.of(response.asByteArray()).hex();
            assertThat(imageByParams.computeIfAbsent(response.header(CheckpointHeaders.PARAMS), params -> image))
                    .isEqualTo(image);
            count++;
        }
        return count;
    }

    private long commit() {
        int step = STEPS.incrementAndGet();
        service.commit(Fixtures.goldenRun("golden"), step, Fixtures.goldenParams(step));
        return step;
    }

    private void hint(byte[] value) {
        kafka.<Message<byte[]>>source(CheckpointHints.CHANNEL).send(Message.of(value));
    }

    private static void awaitStep(long step) {
        Patience.await().untilAsserted(() -> RestAssured.get("/v1/model").then().body("step", equalTo((int) step)));
    }
}

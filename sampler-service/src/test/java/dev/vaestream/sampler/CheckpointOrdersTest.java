package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.AliasRollback;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointOrdersTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final CheckpointClient NOBODY =
            new CheckpointClient(new HttpCalls(SHORT, SHORT, 1), URI.create("http://127.0.0.1:1"));

    private final CheckpointOrders orders = new CheckpointOrders(NOBODY, false);

    @Test
    void whereNothingMayBeMovedNobodyIsAsked() {
        assertThatThrownBy(() -> orders.promote("demo", "production", new AliasRequest(500, null, null)))
                .isInstanceOf(ChangesForbiddenException.class)
                .hasMessageContaining("production");
    }

    @Test
    void norIsAnythingRolledBack() {
        assertThatThrownBy(() -> orders.rollBack("demo", "production", new AliasRollback(null)))
                .isInstanceOf(ChangesForbiddenException.class);
    }

    @Test
    void aServiceThatIsAwayIsNamed() {
        assertThatThrownBy(() -> orders.verify("demo", 500))
                .isInstanceOf(CheckpointServiceException.class)
                .hasMessageContaining("POST http://127.0.0.1:1/v1/runs/demo/checkpoints/500/verification");
    }
}

package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortChooserTest {
    private final AtomicInteger next = new AtomicInteger(50_000);

    @Test
    void freePortsAreTakenAsWanted() {
        assertThat(chooser(Set.of()).choose(Ports.DEFAULT, OptionalInt.empty())).isEqualTo(Ports.DEFAULT);
    }

    @Test
    void aPortInUseIsReplaced() {
        Ports chosen = chooser(Set.of(8080, 9092)).choose(Ports.DEFAULT, OptionalInt.empty());

        assertThat(chosen).isEqualTo(new Ports(50_000, 8081, 8082, 8083, 50_001, 9093, 9000));
    }

    @Test
    void noPortIsChosenTwice() {
        Ports wanted = new Ports(7000, 7000, 7000, 7001, 7001, 7002, 7002);

        Ports chosen = chooser(Set.of()).choose(wanted, OptionalInt.empty());

        assertThat(chosen).isEqualTo(new Ports(7000, 50_000, 50_001, 7001, 50_002, 7002, 50_003));
    }

    @Test
    void zeroAsksForAnyPort() {
        assertThat(chooser(Set.of()).choose(Ports.ANY, OptionalInt.empty()).sampler())
                .isEqualTo(50_000);
    }

    @Test
    void anExplicitPortInUseIsAnError() {
        assertThatThrownBy(() -> chooser(Set.of(8090)).choose(Ports.DEFAULT, OptionalInt.of(8090)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("port 8090 is in use; stop what listens there, or give another --port");
    }

    @Test
    void anExplicitPortIsKeptFromTheOthers() {
        Ports chosen = chooser(Set.of()).choose(Ports.DEFAULT, OptionalInt.of(8081));

        assertThat(chosen.sampler()).isEqualTo(8081);
        assertThat(chosen.ingest()).isEqualTo(50_000);
    }

    private PortChooser chooser(Set<Integer> used) {
        return new PortChooser(port -> !used.contains(port), next::getAndIncrement);
    }
}

package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    @Test
    void aListenedPortIsNotFree() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Loopback.isFree(socket.getLocalPort())).isFalse();
            assertThat(Loopback.answers(socket.getLocalPort())).isTrue();
        }
    }

    @Test
    void aPortListenedOnAllAddressesIsNotFree() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(Loopback.isFree(socket.getLocalPort())).isFalse();
        }
    }

    @Test
    void anyPortIsFree() {
        assertThat(Loopback.isFree(Loopback.anyPort())).isTrue();
    }
}

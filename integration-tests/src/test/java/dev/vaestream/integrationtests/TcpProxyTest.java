package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private final TcpProxy proxy = new TcpProxy();
    private ServerSocket echo;

    @BeforeEach
    void start() throws IOException {
        echo = echo(0);
        proxy.to(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void whatIsSentComesBack() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 7)).isEqualTo(7);
            assertThat(ask(client, 8)).isEqualTo(8);
        }
    }

    @Test
    void swallowedRequestsNeverArrive() throws IOException {
        try (Socket client = connect()) {
            proxy.swallowRequests();

            assertThatThrownBy(() -> ask(client, 7)).isInstanceOf(SocketTimeoutException.class);
            assertThat(received).isEmpty();
            assertThat(proxy.hasSwallowed()).isTrue();
        }
    }

    @Test
    void swallowedAnswersLeaveTheRequestDone() throws IOException {
        try (Socket client = connect()) {
            proxy.swallowAnswers();

            assertThatThrownBy(() -> ask(client, 7)).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> ask(client, 8)).isInstanceOf(SocketTimeoutException.class);
            assertThat(received).containsExactly(7, 8);
        }
    }

    @Test
    void healingEndsTheConnectionsThatLostSomething() throws IOException {
        try (Socket lossy = connect()) {
            proxy.swallowRequests();
            assertThatThrownBy(() -> ask(lossy, 7)).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();

            assertThatThrownBy(() -> ask(lossy, 8)).isInstanceOf(IOException.class);
            try (Socket next = connect()) {
                assertThat(ask(next, 9)).isEqualTo(9);
            }
        }
    }

    @Test
    void requestsAreCutAfterSoManyBytes() throws IOException {
        try (Socket client = connect()) {
            proxy.swallowRequestsAfter(2);
            client.getOutputStream().write(new byte[] {1, 2, 3, 4});

            await().until(() -> received.size() == 2);
            assertThat(received).containsExactly(1, 2);
            await().until(proxy::hasSwallowed);
        }
    }

    @Test
    void resetConnectionsEnd() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 7)).isEqualTo(7);

            proxy.reset();

            await().untilAsserted(() ->
                    assertThatThrownBy(() -> ended(ask(client, 8))).isInstanceOf(IOException.class));
        }
    }

    @Test
    void refusedConnectionsEndAtOnce() throws IOException {
        proxy.refuse();

        try (Socket client = connect()) {
            assertThatThrownBy(() -> ended(ask(client, 7))).isInstanceOf(IOException.class);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void aDelayedAnswerArrives() throws IOException {
        proxy.delay(Duration.ofMillis(20));

        try (Socket client = connect()) {
            assertThat(ask(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void connectionsGoToOneTargetAfterTheOther() throws IOException {
        try (ServerSocket other = echo(100)) {
            proxy.to(echo.getLocalPort(), other.getLocalPort());

            try (Socket first = connect();
                    Socket second = connect()) {
                assertThat(List.of(ask(first, 7), ask(second, 7))).containsExactlyInAnyOrder(7, 107);
            }
        }
    }

    private static void ended(int answer) throws IOException {
        if (answer < 0) {
            throw new IOException("the connection has ended");
        }
    }

    private static int ask(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(300);
        return client;
    }

    /** Answers each byte with one so much higher. */
    private ServerSocket echo(int more) throws IOException {
        ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread answering = new Thread(() -> answer(client, more));
                    answering.setDaemon(true);
                    answering.start();
                } catch (IOException e) {
                    // The server is closed.
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
        return server;
    }

    private void answer(Socket client, int more) {
        try (client) {
            for (int value = client.getInputStream().read();
                    value >= 0;
                    value = client.getInputStream().read()) {
                received.add(value);
                client.getOutputStream().write(value + more);
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }
}

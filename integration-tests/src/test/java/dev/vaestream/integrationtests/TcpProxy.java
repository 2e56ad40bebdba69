package dev.vaestream.integrationtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wire that can be bad: it passes connections on to a server of this machine, and can be slow, swallow one direction or
 * both, reset, or be cut after so many bytes. What was swallowed is lost, so healing resets the connections that lost
 * something.
 */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 16 << 10;

    private final ServerSocket listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    private volatile List<Integer> targets = List.of();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean swallowsRequests;
    private volatile boolean swallowsAnswers;
    private volatile boolean refuses;

    /** Listens on a port of its own choice; until it has a target it closes what connects. */
    TcpProxy() {
        try {
            listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Ports of this machine; connections go to one after the other. */
    void to(Integer... ports) {
        targets = List.of(ports);
    }

    /** Every piece takes so much longer, each way. */
    void delay(Duration longer) {
        latency = longer;
    }

    /** Nothing that a client sends arrives any more; connections stay as they are. */
    void swallowRequests() {
        swallowsRequests = true;
    }

    /** Nothing that the server answers arrives any more. */
    void swallowAnswers() {
        swallowsAnswers = true;
    }

    /** Ends every connection, and takes no other until it is healed. */
    void refuse() {
        refuses = true;
        reset();
    }

    /** Ends every connection as a crash does. */
    void reset() {
        connections.forEach(Connection::reset);
    }

    /** Swallows what a client sends from {@code bytes} bytes on, counted from now over all connections. */
    void swallowRequestsAfter(long bytes) {
        cutAfter.set(bytes);
    }

    /** Whether something was swallowed since it was healed. */
    boolean hasSwallowed() {
        return connections.stream().anyMatch(Connection::lost);
    }

    /** Works as a wire should. */
    void heal() {
        latency = Duration.ZERO;
        swallowsRequests = false;
        swallowsAnswers = false;
        refuses = false;
        cutAfter.set(Long.MAX_VALUE);
        connections.stream().filter(Connection::lost).forEach(Connection::reset);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                List<Integer> ports = targets;
                if (refuses || ports.isEmpty()) {
                    client.close();
                } else {
                    connect(client, ports.get(Math.floorMod(next.getAndIncrement(), ports.size())));
                }
            } catch (IOException e) {
                // The listener is closed, or the client is gone already.
            }
        }
    }

    private void connect(Socket client, int port) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            client.close();
            server.close();
            return;
        }
        Connection connection = new Connection(client, server);
        connections.add(connection);
        start(() -> connection.pump(client, server, true));
        start(() -> connection.pump(server, client, false));
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** A client's connection and the one that it is passed on to. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean lostRequests;
        private volatile boolean lostAnswers;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, boolean requests) {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = from.getInputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    delay();
                    to.getOutputStream().write(buffer, 0, requests ? passedRequest(read) : passedAnswer(read));
                }
            } catch (IOException e) {
                // One of the two has closed; so does the other.
            } finally {
                close();
            }
        }

        boolean lost() {
            return lostRequests || lostAnswers;
        }

        private int passedRequest(int read) {
            long left = cutAfter.getAndUpdate(before -> before == Long.MAX_VALUE ? before : Math.max(0, before - read));
            int passed = swallowsRequests || lostRequests ? 0 : (int) Math.min(read, left);
            lostRequests |= passed < read;
            return passed;
        }

        private int passedAnswer(int read) {
            lostAnswers |= swallowsAnswers;
            return lostAnswers ? 0 : read;
        }

        private void delay() {
            try {
                TimeUnit.NANOSECONDS.sleep(latency.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** With what was sent and has not arrived thrown away. */
        void reset() {
            try {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
            } catch (SocketException e) {
                // It is closed already.
            }
            close();
        }

        private void close() {
            connections.remove(this);
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

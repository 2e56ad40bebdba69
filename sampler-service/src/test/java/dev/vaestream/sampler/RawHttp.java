package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Requests that no decent client would send. */
final class RawHttp {
    private RawHttp() {}

    /** The status of the answer to {@code request}, as {@code GET /path}, sent as it is. */
    static int status(int port, String request) throws IOException {
        try (Socket socket = sent(port, request)) {
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    /** Sends {@code request} and goes when the answer begins. */
    static void abandon(int port, String request) throws IOException {
        try (Socket socket = sent(port, request)) {
            socket.getInputStream().read();
        }
    }

    private static Socket sent(int port, String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
        return socket;
    }
}

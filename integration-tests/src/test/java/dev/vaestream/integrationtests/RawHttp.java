package dev.vaestream.integrationtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** HTTP by hand, for requests that no client library would send. */
final class RawHttp {
    private static final int TIMEOUT_MS = 30_000;

    private RawHttp() {}

    /**
     * What comes back.
     *
     * @param status 0 where nothing came
     */
    record Answer(int status, String head, String body) {}

    /** Sends bytes as they are and reads until the other side closes. */
    static Answer send(int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            write(socket.getOutputStream(), request);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException e) {
                // It was closed before all that was sent had been read; what came before that is the answer.
            }
            return parse(answer.toString(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, byte[] request) throws IOException {
        try {
            out.write(request);
            out.flush();
        } catch (SocketException e) {
            // Refused before its end; the answer is still there to read.
        }
    }

    private static Answer parse(String text) {
        if (!text.startsWith("HTTP/1.")) {
            return new Answer(0, "", text);
        }
        int end = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
    }
}

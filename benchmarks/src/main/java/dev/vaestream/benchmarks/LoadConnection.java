package dev.vaestream.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of {@link HttpLoad}: a request at a time, whose answer has a Content-Length. */
final class LoadConnection {
    private static final int ANSWER_BYTES = 1 << 20;
    private static final int PIXELS = 28 * 28;
    private static final int HEAD_END = 0x0d0a0d0a;

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^Content-Length: *([0-9]+) *\r?$");
    private static final Pattern STEP = Pattern.compile("(?im)^Vaestream-Step: *([0-9]+) *\r?$");

    private final URI uri;
    private final Selector selector;
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
    private SocketChannel channel;
    private String head = "";
    private int end;
    private long due;

    LoadConnection(URI uri, Selector selector) throws IOException {
        this.uri = uri;
        this.selector = selector;
        this.channel = open();
    }

    /**
     * @param target path and query
     * @param json the body of a POST, or nothing for a GET
     * @param due when this request should have been sent, as {@link System#nanoTime}
     */
    void send(String target, String json, long due) throws IOException {
        this.due = due;
        answer.clear();
        end = 0;
        ByteBuffer request = ByteBuffer.wrap(text(target, json).getBytes(ISO_8859_1));
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    private String text(String target, String json) {
        String host = " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n";
        return json.isEmpty()
                ? "GET " + target + host + "\r\n"
                : "POST " + target + host + "Content-Type: application/json\r\nContent-Length: " + json.length()
                        + "\r\n\r\n" + json;
    }

    /** Takes what has come, and says whether the answer is whole. A connection that was cut is a failure, and made anew. */
    boolean receive() throws IOException {
        try {
            if (channel.read(answer) < 0) {
                throw new EOFException("the connection was closed");
            }
        } catch (IOException e) {
            channel.close();
            channel = open();
            head = "";
            return true;
        }
        if (end == 0) {
            readHead();
        }
        return end > 0 && answer.position() >= end;
    }

    long due() {
        return due;
    }

    boolean ok() {
        return head.startsWith("HTTP/1.1 200");
    }

    long step() {
        return header(STEP);
    }

    /** Of an npy file with one image. */
    float firstPixel() {
        return Float.intBitsToFloat(Integer.reverseBytes(answer.getInt(end - PIXELS * Float.BYTES)));
    }

    private void readHead() {
        for (int at = 0; at + Integer.BYTES <= answer.position(); at++) {
            if (answer.getInt(at) == HEAD_END) {
                head = new String(answer.array(), 0, at, ISO_8859_1);
                end = at + Integer.BYTES + (int) header(CONTENT_LENGTH);
                return;
            }
        }
    }

    private long header(Pattern header) {
        Matcher matcher = header.matcher(head);
        if (matcher.find()) {
            return Long.parseLong(matcher.group(1));
        }
        throw new IllegalStateException("there is no %s in the answer: %s".formatted(header, head));
    }

    private SocketChannel open() throws IOException {
        SocketChannel opened = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
        opened.register(selector, SelectionKey.OP_READ, this);
        return opened;
    }
}

package dev.vaestream.sampler;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes a body of {@code limit} bytes at most, and holds no more than that and a growing array's slack. */
final class CappedBody implements BodySubscriber<byte[]> {
    private static final int FIRST = 16 * 1024;

    private final long limit;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private byte[] bytes;
    private int size;
    private @Nullable Subscription subscription;

    CappedBody(long limit) {
        this.limit = limit;
        this.bytes = new byte[(int) Math.min(FIRST, limit)];
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (size + (long) buffer.remaining() > limit) {
                stop();
                return;
            }
            append(buffer);
        }
    }

    @Override
    public void onError(Throwable problem) {
        body.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
        body.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    }

    private void append(ByteBuffer buffer) {
        int needed = size + buffer.remaining();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
        }
        int length = buffer.remaining();
        buffer.get(bytes, size, length);
        size += length;
    }

    private void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
        body.completeExceptionally(new BodyTooLongException(limit));
    }
}

package dev.vaestream.contracts;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/streams}. What is left out has the tutorial's value: ten shuffled epochs in batches of
 * 16, seed 65535. Without a dataset the batches come from outside, and {@code shape} says what they hold.
 */
public record StreamRequest(
        String stream,
        @Nullable String dataset,
        @Nullable ImageShape shape,
        @Nullable Integer classes,
        @Nullable Integer batchSize,
        @Nullable Integer epochs,
        @Nullable Boolean shuffle,
        @Nullable Long seed,
        @Nullable Integer partitions) {
    public StreamRequest {
        Checks.name("stream", stream);
    }
}

package dev.vaestream.local;

import java.util.function.Supplier;

/** Turns what a record refuses into what the person who typed it reads. */
final class Arguments {
    private Arguments() {}

    /** @throws UsageException where {@code make} throws an {@link IllegalArgumentException}, with its message */
    static <T> T checked(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Reason.of(e));
        }
    }
}

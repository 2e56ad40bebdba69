package dev.vaestream.learning.tracing;

import java.util.function.Function;

/**
 * A state as it was when this was taken. Taking it copies nothing: TensorFlow gives a variable new memory when it
 * changes one whose old value is still held. The values are copied when they are asked for, on any thread, and whoever
 * took the snapshot closes it.
 */
public interface Snapshot<T> extends AutoCloseable {
    /** A copy of the values, which outlives this. */
    T copy();

    @Override
    void close();

    /** The same snapshot in another form. */
    default <R> Snapshot<R> map(Function<? super T, ? extends R> form) {
        return new Snapshot<>() {
            @Override
            public R copy() {
                return form.apply(Snapshot.this.copy());
            }

            @Override
            public void close() {
                Snapshot.this.close();
            }
        };
    }

    /** The copy of a snapshot that nothing else is wanted of. */
    static <T> T copyOf(Snapshot<T> snapshot) {
        try (snapshot) {
            return snapshot.copy();
        }
    }
}

package dev.vaestream.learning.nn;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** Words for what goes into a module and comes out. */
final class Shapes {
    private Shapes() {}

    /** As {@code float32[16,784]}; of a record, each component with its name. */
    static String describe(Object value) {
        if (value instanceof Operand<?> operand) {
            String type = operand.asOutput().dataType().name().toLowerCase(Locale.ROOT);
            return type.replace("dt_", "").replaceFirst("^float$", "float32") + sizes(operand.shape());
        }
        if (value instanceof Record record) {
            return Arrays.stream(record.getClass().getRecordComponents())
                    .map(component -> named(component.getName(), read(record, component)))
                    .collect(Collectors.joining("\n"));
        }
        return value.getClass().getSimpleName();
    }

    /** A record in a record has its name before those of its components. */
    private static String named(String name, Object value) {
        return value instanceof Record
                ? describe(value).lines().map(line -> name + "." + line).collect(Collectors.joining("\n"))
                : name + ": " + describe(value);
    }

    /** As {@code [16,784]}; an axis whose size is open is a question mark. */
    static String sizes(Shape shape) {
        return Arrays.stream(shape.asArray())
                .mapToObj(size -> size == Shape.UNKNOWN_SIZE ? "?" : Long.toString(size))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}

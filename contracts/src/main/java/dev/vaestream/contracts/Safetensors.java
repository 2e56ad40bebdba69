package dev.vaestream.contracts;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Named arrays as bytes in Hugging Face's safetensors format: the header's length (8 bytes, little-endian), a JSON
 * header, the arrays one after another. No code is stored or run. Written in the order of names, so that equal arrays
 * are equal bytes. The reader takes no more memory than the bytes have, and refuses gaps, overlaps and left-over bytes.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
    private static final int LENGTH_BYTES = 8;
    private static final int ALIGNMENT = 8;
    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final String METADATA = "__metadata__";
    private static final Set<String> FIELDS = new TreeSet<>(List.of("data_offsets", "dtype", "shape"));

    private Safetensors() {}

    public static byte[] write(SortedMap<String, StoredArray> arrays) {
        byte[] header = header(arrays);
        int padding = (ALIGNMENT - header.length % ALIGNMENT) % ALIGNMENT;
        long dataBytes =
                arrays.values().stream().mapToLong(array -> array.data().size()).sum();
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(LENGTH_BYTES + header.length + padding + dataBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length + padding).put(header);
        for (int i = 0; i < padding; i++) {
            file.put((byte) ' ');
        }
        arrays.values().forEach(array -> array.data().copyTo(file));
        return file.array();
    }

    /** @throws CorruptArraysException saying what is wrong and where */
    public static SortedMap<String, StoredArray> read(byte[] file) {
        if (file.length < LENGTH_BYTES) {
            throw new CorruptArraysException("A safetensors file has at least 8 bytes, not " + file.length);
        }
        long headerBytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, file.length - LENGTH_BYTES)) {
            throw new CorruptArraysException(
                    "The header of a file of %d bytes is said to have %d".formatted(file.length, headerBytes));
        }
        int dataStart = LENGTH_BYTES + (int) headerBytes;
        JsonNode header = parse(Arrays.copyOfRange(file, LENGTH_BYTES, dataStart));
        return arrays(header, UnsafeByteOperations.unsafeWrap(file, dataStart, file.length - dataStart));
    }

    private static byte[] header(SortedMap<String, StoredArray> arrays) {
        ObjectNode header = Json.mapper().createObjectNode();
        long offset = 0;
        for (Map.Entry<String, StoredArray> entry : arrays.entrySet()) {
            StoredArray array = entry.getValue();
            ObjectNode description = header.putObject(entry.getKey());
            description.put("dtype", array.dtype().name());
            ArrayNode shape = description.putArray("shape");
            array.shape().forEach(shape::add);
            description
                    .putArray("data_offsets")
                    .add(offset)
                    .add(offset + array.data().size());
            offset += array.data().size();
        }
        return header.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(byte[] header) {
        if (header[0] != '{') {
            throw new CorruptArraysException("The header does not begin with '{'");
        }
        try {
            JsonNode tree = Json.mapper().readTree(header);
            if (tree == null || !tree.isObject()) {
                throw new CorruptArraysException("The header is no JSON object");
            }
            return tree;
        } catch (IOException e) {
            throw new CorruptArraysException("The header is no JSON", e);
        }
    }

    private static SortedMap<String, StoredArray> arrays(JsonNode header, ByteString data) {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        List<Span> spans = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals(METADATA)) {
                requireStrings(field.getValue());
                continue;
            }
            requireFields(field.getKey(), field.getValue());
            Span span = span(field.getKey(), field.getValue(), data.size());
            spans.add(span);
            arrays.put(field.getKey(), array(field.getKey(), field.getValue(), data.substring(span.start, span.end)));
        }
        requireContiguous(spans, data.size());
        return arrays;
    }

    private static void requireStrings(JsonNode metadata) {
        if (!metadata.isObject()
                || metadata.properties().stream()
                        .anyMatch(field -> !field.getValue().isTextual())) {
            throw new CorruptArraysException(METADATA + " is no object of strings");
        }
    }

    private static void requireFields(String name, JsonNode description) {
        if (!description.isObject()
                || !description
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .collect(toSet())
                        .equals(FIELDS)) {
            throw new CorruptArraysException("Array '%s' has not exactly the fields %s".formatted(name, FIELDS));
        }
    }

    private static Span span(String name, JsonNode description, int dataBytes) {
        JsonNode offsets = description.path("data_offsets");
        if (!offsets.isArray() || offsets.size() != 2 || !isInt(offsets.path(0)) || !isInt(offsets.path(1))) {
            throw new CorruptArraysException("Array '" + name + "' has no data_offsets of two whole numbers");
        }
        int start = offsets.get(0).intValue();
        int end = offsets.get(1).intValue();
        if (start < 0 || end < start || end > dataBytes) {
            throw new CorruptArraysException(
                    "Array '%s' is said to be at %d to %d of %d bytes".formatted(name, start, end, dataBytes));
        }
        return new Span(name, start, end);
    }

    private static boolean isInt(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToInt();
    }

    private static StoredArray array(String name, JsonNode description, ByteString data) {
        try {
            return new StoredArray(dtype(description.path("dtype")), shape(description.path("shape")), data);
        } catch (IllegalArgumentException e) {
            throw new CorruptArraysException("Array '" + name + "' does not hold: " + e.getMessage(), e);
        }
    }

    private static DType dtype(JsonNode dtype) {
        return Arrays.stream(DType.values())
                .filter(known -> dtype.isTextual() && known.name().equals(dtype.textValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "dtype is %s; it must be one of %s".formatted(dtype, Arrays.toString(DType.values()))));
    }

    private static List<Long> shape(JsonNode axes) {
        Checks.check(axes.isArray(), "shape is %s; it must be an array", axes);
        List<Long> shape = new ArrayList<>();
        for (JsonNode axis : axes) {
            Checks.check(axis.isIntegralNumber() && axis.canConvertToLong(), "an axis is %s", axis);
            shape.add(axis.longValue());
        }
        return shape;
    }

    private static void requireContiguous(List<Span> spans, int dataBytes) {
        Collections.sort(spans);
        int end = 0;
        for (Span span : spans) {
            if (span.start != end) {
                throw new CorruptArraysException(
                        "Array '%s' begins at %d; the one before it ends at %d".formatted(span.name, span.start, end));
            }
            end = span.end;
        }
        if (end != dataBytes) {
            throw new CorruptArraysException("The arrays end at %d of %d bytes".formatted(end, dataBytes));
        }
    }

    private record Span(String name, int start, int end) implements Comparable<Span> {
        @Override
        public int compareTo(Span other) {
            return start != other.start ? Integer.compare(start, other.start) : Integer.compare(end, other.end);
        }
    }
}

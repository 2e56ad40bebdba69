package dev.vaestream.ingest;

import dev.vaestream.contracts.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small datasets: example i has the label i mod 10 and the pixels i, i + 1, i + 2, … mod 256. */
final class TestingDataset {
    static final int HEIGHT = 2;
    static final int WIDTH = 3;
    static final int PIXELS = HEIGHT * WIDTH;

    private TestingDataset() {}

    static Path write(Path directory, int examples) {
        write(directory.resolve(Dataset.IMAGES), images(examples));
        write(directory.resolve(Dataset.LABELS), labels(examples));
        return directory;
    }

    static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] images(int examples) {
        ByteBuffer file = ByteBuffer.allocate(16 + examples * PIXELS)
                .putInt(0x803)
                .putInt(examples)
                .putInt(HEIGHT)
                .putInt(WIDTH);
        for (int i = 0; i < examples; i++) {
            file.put(pixels(i));
        }
        return file.array();
    }

    static byte[] labels(int examples) {
        ByteBuffer file = ByteBuffer.allocate(8 + examples).putInt(0x801).putInt(examples);
        for (int i = 0; i < examples; i++) {
            file.put((byte) (i % 10));
        }
        return file.array();
    }

    static byte[] pixels(int example) {
        byte[] pixels = new byte[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = (byte) (example + i);
        }
        return pixels;
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzipped)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return gzipped.toByteArray();
    }
}

package dev.vaestream.vae;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** Values that JAX 0.10.2, Flax 0.12.8 and Optax 0.2.8 gave. */
final class Goldens {
    private Goldens() {}

    static SortedMap<String, StoredArray> arrays(String file) {
        return Safetensors.read(bytes(file));
    }

    /** Loss, mse, kl and gradient norm before each update. */
    static List<double[]> trajectory() {
        try {
            JsonNode steps =
                    new ObjectMapper().readTree(bytes("trajectory.json")).get("steps");
            List<double[]> rows = new ArrayList<>();
            for (JsonNode step : steps) {
                double[] row = new double[step.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = step.get(i).doubleValue();
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Objects.requireNonNull(Goldens.class.getResourceAsStream("/" + file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

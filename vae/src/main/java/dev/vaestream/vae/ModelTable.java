package dev.vaestream.vae;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.learning.nn.Tabulation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A model as {@code nn.tabulate} shows it. A program of its own, since it needs TensorFlow to know the shapes. */
public final class ModelTable {
    private ModelTable() {}

    /** The model's modules for one image. */
    public static Tabulation of(ModelSpec model) {
        return new Vae(model).tabulate(tf -> Vae.example(tf, model));
    }

    /**
     * Prints the table of the model whose JSON it reads from standard input.
     *
     * @param arguments the depth that is shown
     */
    public static void main(String[] arguments) throws IOException {
        Tabulation table = of(Json.read(System.in.readAllBytes(), ModelSpec.class));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(table.depth(Integer.parseInt(arguments[0])));
    }
}

package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A built trainer whose programs write down what they were given. */
final class FakeTrainerLibraries {
    private FakeTrainerLibraries() {}

    /** Puts a {@code DecoderExport} into {@code installation} that keeps its argument and its input as they are. */
    static void installDecoderExport(Path installation) throws IOException {
        install(installation, """
                package dev.vaestream.vae;
                public final class DecoderExport {
                    public static void main(String[] arguments) throws Exception {
                        var directory = java.nio.file.Path.of(arguments[1]);
                        java.nio.file.Files.writeString(directory.resolve("model.json"), arguments[0]);
                        java.nio.file.Files.write(directory.resolve("params"), System.in.readAllBytes());
                    }
                }
                """);
    }

    /** Puts one into {@code installation} that fails halfway. */
    static void installFailingDecoderExport(Path installation) throws IOException {
        install(installation, """
                package dev.vaestream.vae;
                public final class DecoderExport {
                    public static void main(String[] arguments) throws Exception {
                        java.nio.file.Files.writeString(java.nio.file.Path.of(arguments[1], "half"), "");
                        System.in.readAllBytes();
                        System.exit(7);
                    }
                }
                """);
    }

    private static void install(Path installation, String source) throws IOException {
        Path application = installation.resolve("trainer-service/target/quarkus-app");
        Path libraries = Files.createDirectories(application.resolve("lib/main"));
        Files.writeString(application.resolve("quarkus-run.jar"), "");
        Path classes = Files.createDirectories(installation.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var options = List.of("-d", classes.toString());
        assertThat(compiler.getTask(null, null, null, options, null, List.of(new Source(source)))
                        .call())
                .isTrue();
        String name = "dev/vaestream/vae/DecoderExport.class";
        try (OutputStream file = Files.newOutputStream(libraries.resolve("vae.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry(name));
            jar.write(Files.readAllBytes(classes.resolve(name)));
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///dev/vaestream/vae/DecoderExport.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

package dev.vaestream.integrationtests;

import dev.vaestream.local.ClusterOptions;
import java.util.Locale;
import org.testcontainers.DockerClientFactory;

/** What the services run against, by {@code -Dit.stack}. */
interface Stack extends AutoCloseable {
    /** {@code auto} is containers where a Docker API answers, and embedded elsewhere. */
    String PROPERTY = "it.stack";

    /** Adds the broker and the store. */
    ClusterOptions configure(ClusterOptions options);

    @Override
    void close();

    /** Starts the stack that was asked for and prints which it is. */
    static Stack start() {
        String asked = System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
        Stack stack = switch (asked) {
            case "auto" ->
                DockerClientFactory.instance().isDockerAvailable() ? ContainerStack.start() : new EmbeddedStack();
            case "containers" -> ContainerStack.start();
            case "embedded" -> new EmbeddedStack();
            default ->
                throw new IllegalArgumentException(
                        "%s is '%s'; it must be auto, containers or embedded".formatted(PROPERTY, asked));
        };
        System.out.println("integration stack: " + stack);
        return stack;
    }
}

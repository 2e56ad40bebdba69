package dev.vaestream.integrationtests;

import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.ExternalServers;
import java.net.URI;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** Kafka and VersityGW in containers; their images by {@code -Dit.kafka.image} and {@code -Dit.store.image}. */
record ContainerStack(KafkaContainer kafka, GenericContainer<?> store) implements Stack {
    private static final String KAFKA_IMAGE = "apache/kafka";
    private static final String STORE_IMAGE = "versity/versitygw";
    private static final int STORE_PORT = 7070;
    private static final String ACCESS_KEY = "vaestream";
    private static final String SECRET_KEY = "only-for-tests";

    static ContainerStack start() {
        DockerImageName kafka = DockerImageName.parse(System.getProperty("it.kafka.image", KAFKA_IMAGE + ":4.1.1"))
                .asCompatibleSubstituteFor(KAFKA_IMAGE);
        String store = System.getProperty("it.store.image", STORE_IMAGE + ":v1.7.0");
        ContainerStack stack = new ContainerStack(new KafkaContainer(kafka), versityGw(store));
        Startables.deepStart(stack.kafka, stack.store).join();
        return stack;
    }

    /** A directory is a bucket. Attributes are in files beside it, since not every container's disk has them. */
    private static GenericContainer<?> versityGw(String image) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withEnv("ROOT_ACCESS_KEY", ACCESS_KEY)
                .withEnv("ROOT_SECRET_KEY", SECRET_KEY)
                .withCreateContainerCmdModifier(container -> container.withEntrypoint("sh"))
                .withCommand(
                        "-c",
                        "mkdir -p /store/vaestream /attributes && exec versitygw --port :%d posix --sidecar /attributes /store"
                                .formatted(STORE_PORT))
                .withExposedPorts(STORE_PORT)
                .waitingFor(Wait.forListeningPort());
    }

    @Override
    public ClusterOptions configure(ClusterOptions options) {
        URI endpoint = URI.create("http://%s:%d".formatted(store.getHost(), store.getMappedPort(STORE_PORT)));
        return options.withServers(new ExternalServers(kafka.getBootstrapServers(), endpoint, ACCESS_KEY, SECRET_KEY));
    }

    @Override
    public void close() {
        store.close();
        kafka.close();
    }

    @Override
    public String toString() {
        return "containers of " + kafka.getDockerImageName() + " and " + store.getDockerImageName();
    }
}

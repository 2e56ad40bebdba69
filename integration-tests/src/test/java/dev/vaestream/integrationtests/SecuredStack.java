package dev.vaestream.integrationtests;

import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.ExternalServers;
import dev.vaestream.local.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * A broker that asks services for a password by TLS, and a store that answers by HTTPS alone. The broker has another
 * listener for the test itself.
 */
record SecuredStack(TestingCertificate certificate, String secured, String plain, KafkaRaftServer broker, S3Proxy store)
        implements Stack {
    static final String PASSWORD = "kafka-password-of-the-services";
    static final String SECRET_KEY = "secret-key-of-the-store-over-tls";

    private static final String ACCESS_KEY = "access-over-tls";

    static SecuredStack start(Path directory, TestingCertificate certificate) {
        String secured = "127.0.0.1:" + ChildJvm.freePort();
        String plain = "127.0.0.1:" + ChildJvm.freePort();
        try {
            return new SecuredStack(
                    certificate,
                    secured,
                    plain,
                    broker(Files.createDirectories(directory.resolve("broker")), certificate, secured, plain),
                    store(Files.createDirectories(directory.resolve("store")), certificate));
        } catch (Exception e) {
            throw new IllegalStateException("the secured stack does not start", e);
        }
    }

    static String login(String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"services\" password=\"%s\";"
                .formatted(password);
    }

    @Override
    public ClusterOptions configure(ClusterOptions options) {
        ClusterOptions all = options.withServers(new ExternalServers(
                plain, URI.create("https://localhost:" + store.getSecurePort()), ACCESS_KEY, SECRET_KEY));
        for (Member service : new Member[] {Member.INGEST, Member.TRAINER, Member.CHECKPOINT, Member.SAMPLER}) {
            all = all.withArguments(
                    service,
                    "-Dkafka.bootstrap.servers=" + secured,
                    "-Dkafka.security.protocol=SASL_SSL",
                    "-Dkafka.sasl.mechanism=SCRAM-SHA-512",
                    "-Dkafka.sasl.jaas.config=" + login(PASSWORD),
                    "-Dkafka.ssl.truststore.type=PEM",
                    "-Dkafka.ssl.truststore.location=" + certificate.pem());
        }
        return all.withArguments(Member.CHECKPOINT, "-Dquarkus.tls.s3.trust-store.pem.certs=" + certificate.pem());
    }

    @Override
    public void close() {
        broker.shutdown();
        broker.awaitShutdown();
        try {
            store.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the store does not stop", e);
        }
    }

    private static KafkaRaftServer broker(Path directory, TestingCertificate certificate, String secured, String plain)
            throws IOException {
        String controller = "127.0.0.1:" + ChildJvm.freePort();
        Properties config = new Properties();
        config.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAIN://%s,SECURED://%s,CONTROLLER://%s".formatted(plain, secured, controller)),
                Map.entry("listener.security.protocol.map", "PLAIN:PLAINTEXT,SECURED:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAIN"),
                Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                Map.entry(
                        "listener.name.secured.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", certificate.keyStore().toString()),
                Map.entry("ssl.keystore.password", TestingCertificate.PASSWORD),
                Map.entry("ssl.key.password", TestingCertificate.PASSWORD),
                Map.entry("log.dirs", directory.resolve("log").toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("group.initial.rebalance.delay.ms", "0")));
        format(directory, config);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
        server.startup();
        return server;
    }

    private static void format(Path directory, Properties config) throws IOException {
        Path file = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            config.store(out, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] command = {
            "format",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            file.toString(),
            "--add-scram",
            "SCRAM-SHA-512=[name=services,password=%s]".formatted(PASSWORD)
        };
        if (StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
            throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
        }
    }

    private static S3Proxy store(Path directory, TestingCertificate certificate) throws Exception {
        Files.createDirectories(directory.resolve("vaestream"));
        S3Proxy store = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .secureEndpoint(URI.create("https://127.0.0.1:0"))
                .keyStore(certificate.keyStore().toString(), TestingCertificate.PASSWORD)
                .stopTimeout(0)
                .build();
        store.start();
        return store;
    }
}

package dev.vaestream.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The command line and environment of every member. */
final class MemberCommands {
    /** The bucket that checkpoints are kept in. */
    static final String BUCKET = "vaestream";

    /** TensorFlow's own choice, whatever this command's environment says: it is part of a run's identity. */
    private static final String ONE_DNN = System.getProperty("os.arch").equals("amd64") ? "1" : "0";

    /** Who computes: steps, the digests of what they give and images, for all of which C2 has instructions. */
    private static final Set<Member> WELL_COMPILED =
            Set.of(Member.TRAINER, Member.CHECKPOINT, Member.STORE, Member.SAMPLER);

    /** C2 only for what runs all the time: it compiles beside the steps, on the same cores. */
    private static final List<String> LATE_C2 = List.of(
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=50000",
            "-XX:Tier4CompileThreshold=200000",
            "-XX:Tier4BackEdgeThreshold=800000");

    private final Installation installation;
    private final StateDirectory directory;
    private final ClusterSetup setup;
    private final Map<Member, List<String>> more;

    MemberCommands(
            Installation installation, StateDirectory directory, ClusterSetup setup, Map<Member, List<String>> more) {
        this.installation = installation;
        this.directory = directory;
        this.setup = setup;
        this.more = more;
    }

    ChildCommand of(Member member) {
        return new ChildCommand(command(member, List.of()), environment(member), directory.log(member.title()));
    }

    /**
     * One more process of a service, beside the first.
     *
     * @param port it listens on
     * @param others more environment
     * @param last arguments for its Java virtual machine that come after all others
     */
    ChildCommand another(Member member, int port, Map<String, String> others, List<String> last) {
        List<String> arguments = new ArrayList<>(List.of("-Dquarkus.http.port=" + port));
        arguments.addAll(last);
        Map<String, String> environment = new TreeMap<>(environment(member));
        environment.putAll(others);
        return new ChildCommand(command(member, arguments), environment, directory.log(member.title() + "-" + port));
    }

    private List<String> command(Member member, List<String> last) {
        List<String> command = new ArrayList<>();
        command.add(JavaProcess.program().toString());
        command.addAll(machine(member));
        command.add("-javaagent:" + installation.agent());
        if (member.service()) {
            command.addAll(settings(member));
            command.addAll(more.getOrDefault(member, List.of()));
            command.addAll(last);
            command.addAll(List.of("-jar", installation.service(member).toString()));
        } else {
            command.addAll(more.getOrDefault(member, List.of()));
            command.addAll(List.of("-cp", JavaProcess.classPath()));
            command.addAll(embedded(member));
        }
        return command;
    }

    /** Small heaps, and the collector and compiler that need the least memory. */
    private static List<String> machine(Member member) {
        List<String> flags = new ArrayList<>(JavaProcess.SMALL);
        flags.addAll(WELL_COMPILED.contains(member) ? LATE_C2 : List.of("-XX:TieredStopAtLevel=1"));
        flags.add(
                switch (member) {
                    case BROKER, INGEST, TRAINER -> "-Xmx256m";
                    case STORE -> "-Xmx96m";
                    case CHECKPOINT, SAMPLER -> "-Xmx128m";
                });
        return flags;
    }

    private List<String> embedded(Member member) {
        Ports ports = setup.state().ports();
        return member == Member.BROKER
                ? List.of(
                        BrokerMain.class.getName(),
                        directory.broker().toString(),
                        Integer.toString(ports.broker()),
                        Integer.toString(ports.controller()))
                : List.of(StoreMain.class.getName(), directory.root().toString(), Integer.toString(ports.store()));
    }

    private List<String> settings(Member member) {
        Addresses addresses = setup.addresses();
        ClusterState state = setup.state();
        String mnistTest = installation.mnist().resolve("t10k").toString();
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("kafka.bootstrap.servers", addresses.bootstrapServers());
        settings.put("quarkus.http.host", Loopback.HOST);
        settings.put("quarkus.http.port", Integer.toString(state.ports().of(member)));
        settings.put("quarkus.banner.enabled", "false");
        switch (member) {
            case INGEST -> {
                settings.put(
                        "vaestream.ingest.datasets.mnist", installation.mnist().toString());
                settings.put("vaestream.ingest.datasets.mnist-test", mnistTest);
                state.datasets().forEach((name, files) -> settings.put("vaestream.ingest.datasets." + name, files));
            }
            case TRAINER -> {
                settings.put("vaestream.trainer.name", "trainer-0");
                settings.put(
                        "vaestream.trainer.checkpoint-service",
                        addresses.http(Member.CHECKPOINT).toString());
            }
            case SAMPLER -> {
                settings.put(
                        "vaestream.sampler.checkpoint-service",
                        addresses.http(Member.CHECKPOINT).toString());
                settings.put("vaestream.sampler.dataset", mnistTest);
                settings.put(
                        "vaestream.page.ingest-service",
                        addresses.http(Member.INGEST).toString());
                settings.put(
                        "vaestream.page.trainer-service",
                        addresses.http(Member.TRAINER).toString());
            }
            case CHECKPOINT -> {
                settings.put(
                        "vaestream.checkpoint.s3.endpoint",
                        addresses.http(Member.STORE).toString());
                settings.put("vaestream.checkpoint.s3.bucket", BUCKET);
            }
            case BROKER, STORE -> throw new IllegalArgumentException(member + " is no service");
        }
        return settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private Map<String, String> environment(Member member) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "MALLOC_ARENA_MAX", "2",
                "TF_CPP_MIN_LOG_LEVEL", "2",
                "TF_ENABLE_ONEDNN_OPTS", ONE_DNN));
        if (member == Member.TRAINER && installation.isForGpu()) {
            environment.put("TF_DETERMINISTIC_OPS", "1");
            environment.put("TF_CUDNN_DETERMINISTIC", "1");
        }
        if (member == Member.CHECKPOINT) {
            environment.put(
                    "VAESTREAM_CHECKPOINT_S3_ACCESS_KEY", setup.credentials().accessKey());
            environment.put(
                    "VAESTREAM_CHECKPOINT_S3_SECRET_KEY", setup.credentials().secretKey());
        }
        return environment;
    }

    /** Where the bucket is on disk. */
    static Path bucket(StateDirectory directory) {
        return directory.store().resolve(BUCKET);
    }
}

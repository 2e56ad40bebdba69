package dev.vaestream.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How to start a {@link LocalCluster}.
 *
 * @param installation the root of a built repository
 * @param directory where all state is kept
 * @param samplerPort the sampler's, which must be free; absent for 8080 where that is free
 * @param anyPorts whether ports that were never used are taken at free choice, rather than 8080 and its neighbours
 * @param datasets directories of IDX files by the name that a stream's spec will use, beside those of earlier starts
 * @param arguments more arguments for a member's Java virtual machine, as {@code -Dvaestream.trainer.name=other}
 * @param services which of the four services to start, beside the broker and the store
 * @param servers the broker and the store to use, or the store alone; absent to start both
 * @param restartsForEver whether a member that keeps dying is never given up
 */
public record ClusterOptions(
        Path installation,
        Path directory,
        @Nullable Integer samplerPort,
        boolean anyPorts,
        SortedMap<String, Path> datasets,
        Map<Member, List<String>> arguments,
        Set<Member> services,
        @Nullable ExternalServers servers,
        boolean restartsForEver) {

    private static final Set<Member> SERVICES =
            Set.of(Member.CHECKPOINT, Member.INGEST, Member.TRAINER, Member.SAMPLER);
    private static final Duration PAUSE = Duration.ofMillis(250);

    public ClusterOptions {
        datasets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(datasets));
        arguments = Map.copyOf(arguments);
        services = Set.copyOf(services);
    }

    public static ClusterOptions of(Path installation, Path directory) {
        return new ClusterOptions(
                installation, directory, null, false, new TreeMap<>(), Map.of(), SERVICES, null, false);
    }

    public ClusterOptions withSamplerPort(int port) {
        return new ClusterOptions(
                installation, directory, port, anyPorts, datasets, arguments, services, servers, restartsForEver);
    }

    public ClusterOptions withAnyPorts() {
        return new ClusterOptions(
                installation, directory, samplerPort, true, datasets, arguments, services, servers, restartsForEver);
    }

    public ClusterOptions withDataset(String name, Path files) {
        SortedMap<String, Path> more = new TreeMap<>(datasets);
        more.put(name, files);
        return new ClusterOptions(
                installation, directory, samplerPort, anyPorts, more, arguments, services, servers, restartsForEver);
    }

    public ClusterOptions withArguments(Member member, String... more) {
        Map<Member, List<String>> all = new EnumMap<>(Member.class);
        all.putAll(arguments);
        List<String> joined = new ArrayList<>(all.getOrDefault(member, List.of()));
        joined.addAll(List.of(more));
        all.put(member, List.copyOf(joined));
        return new ClusterOptions(
                installation, directory, samplerPort, anyPorts, datasets, all, services, servers, restartsForEver);
    }

    /** Starts the broker and the store alone. */
    public ClusterOptions withoutServices() {
        return withServices();
    }

    /** Starts no other services than these. */
    public ClusterOptions withServices(Member... some) {
        return new ClusterOptions(
                installation,
                directory,
                samplerPort,
                anyPorts,
                datasets,
                arguments,
                Set.of(some),
                servers,
                restartsForEver);
    }

    /** Uses a broker and a store that run already. */
    public ClusterOptions withServers(ExternalServers others) {
        return new ClusterOptions(
                installation, directory, samplerPort, anyPorts, datasets, arguments, services, others, restartsForEver);
    }

    /** Starts a broker, and uses a store that runs already. */
    public ClusterOptions withStore(URI store, String accessKey, String secretKey) {
        return withServers(new ExternalServers(null, store, accessKey, secretKey));
    }

    /** Starts a member again at once, however often it dies: for those who kill it. */
    public ClusterOptions withEndlessRestarts() {
        return new ClusterOptions(
                installation, directory, samplerPort, anyPorts, datasets, arguments, services, servers, true);
    }

    RestartPolicy restarts() {
        return restartsForEver ? RestartPolicy.endless(PAUSE) : new RestartPolicy();
    }

    /** The servers that are started. */
    Member[] embedded() {
        if (servers == null) {
            return new Member[] {Member.BROKER, Member.STORE};
        }
        return servers.bootstrapServers() == null ? new Member[] {Member.BROKER} : new Member[0];
    }

    OptionalInt wantedSamplerPort() {
        return samplerPort == null ? OptionalInt.empty() : OptionalInt.of(samplerPort);
    }
}

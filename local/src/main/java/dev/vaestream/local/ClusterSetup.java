package dev.vaestream.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a state directory must hold before anything starts.
 *
 * @param state ports that are free now, and all datasets
 * @param addresses where the broker, the store and the services are to be found
 * @param credentials of the store
 */
record ClusterSetup(ClusterState state, Addresses addresses, Credentials credentials) {
    /** Takes what the directory remembers, adds what is missing, and writes it down. */
    static ClusterSetup prepare(StateDirectory directory, ClusterOptions options) {
        ClusterState before = directory.state();
        boolean fresh = before.equals(ClusterState.NEW);
        Ports wanted = fresh && options.anyPorts() ? Ports.ANY : before.ports();
        SortedMap<String, String> datasets = new TreeMap<>(before.datasets());
        options.datasets()
                .forEach((name, files) ->
                        datasets.put(name, files.toAbsolutePath().normalize().toString()));
        ClusterState state = new ClusterState(
                new PortChooser(Loopback::isFree, Loopback::anyPort).choose(wanted, options.wantedSamplerPort()),
                datasets);
        directory.write(state);
        ExternalServers servers = options.servers();
        Addresses addresses = new Addresses(state.ports(), servers);
        if (servers != null) {
            return new ClusterSetup(state, addresses, servers.credentials());
        }
        makeBucket(directory);
        return new ClusterSetup(state, addresses, credentials(directory));
    }

    private static Credentials credentials(StateDirectory directory) {
        return directory.credentials().orElseGet(() -> {
            Credentials made = Credentials.random(new SecureRandom());
            directory.write(made);
            return made;
        });
    }

    /** The store shows a directory that all may read to requests without a key. */
    private static void makeBucket(StateDirectory directory) {
        Path bucket = MemberCommands.bucket(directory);
        try {
            Files.createDirectories(bucket);
            Files.setPosixFilePermissions(bucket, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new CommandFailedException("cannot make the bucket %s: %s".formatted(bucket, Reason.of(e)), e);
        }
    }
}

package dev.vaestream.local;

import picocli.CommandLine.Command;

@Command(
        name = "stream",
        description = "Makes streams.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class StreamCommand {}

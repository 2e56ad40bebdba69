package dev.vaestream.local;

import picocli.CommandLine.Command;

@Command(
        name = "checkpoint",
        description = "Shows checkpoints.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class CheckpointCommand {}

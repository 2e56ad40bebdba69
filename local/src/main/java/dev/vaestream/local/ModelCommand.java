package dev.vaestream.local;

import picocli.CommandLine.Command;

@Command(
        name = "model",
        description = "Shows models.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class ModelCommand {}

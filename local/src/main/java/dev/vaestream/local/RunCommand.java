package dev.vaestream.local;

import picocli.CommandLine.Command;

@Command(
        name = "run",
        description = "Starts and lists runs.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class RunCommand {}

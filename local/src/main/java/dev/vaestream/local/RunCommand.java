package dev.vaestream.local;

import picocli.CommandLine.Command;

@Command(
        name = "run",
        description = "Starts, lists, pauses and cancels runs.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class RunCommand {}

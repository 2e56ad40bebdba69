package dev.vaestream.local;

import picocli.CommandLine.Command;

@Command(
        name = "alias",
        description = "Names that point at checkpoints of a run; every move is kept.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class AliasCommand {}

package dev.vaestream.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code ./vaestream}. Exit code 0 for success, 1 for failure, 2 for a command typed wrongly. */
@Command(
        name = "vaestream",
        description = "Trains a variational autoencoder from a Kafka stream and serves what it draws.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Vaestream {
    static final String PREFIX = "vaestream: ";

    private Vaestream() {}

    public static void main(String[] arguments) {
        CliLog.quiet();
        PrintStream out = stream(FileDescriptor.out);
        Surroundings surroundings = new Surroundings(
                Path.of(System.getProperty("vaestream.home", ".")),
                out,
                Integer.getInteger("vaestream.columns", 0),
                Glyphs.of(System.getenv()));
        System.exit(commandLine(surroundings, writer(out), writer(stream(FileDescriptor.err)))
                .execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings, PrintWriter out, PrintWriter error) {
        CommandLine commands = new CommandLine(new Vaestream());
        commands.addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new UpCommand(surroundings))
                .addSubcommand(new DownCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(group(new StreamCommand(), new StreamCreateCommand(surroundings)))
                .addSubcommand(group(
                        new RunCommand(),
                        new RunStartCommand(surroundings),
                        new RunListCommand(surroundings),
                        new RunControlCommand.Pause(surroundings),
                        new RunControlCommand.Resume(surroundings),
                        new RunControlCommand.Cancel(surroundings)))
                .addSubcommand(group(new ModelCommand(), new ModelShowCommand(surroundings)))
                .addSubcommand(new SampleCommand(surroundings))
                .addSubcommand(group(new CheckpointCommand(), new CheckpointListCommand(surroundings)))
                .addSubcommand(group(
                        new AliasCommand(),
                        new AliasSetCommand(surroundings),
                        new AliasListCommand(surroundings),
                        new AliasHistoryCommand(surroundings),
                        new AliasRollbackCommand(surroundings)))
                .addSubcommand(new PromoteCommand(surroundings))
                .addSubcommand(new VerifyCommand(surroundings))
                .addSubcommand(new LineageCommand(surroundings))
                .addSubcommand(new ExportCommand(surroundings))
                .addSubcommand(new ReplayCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new CompletionCommand(surroundings))
                .addSubcommand(new SuperviseCommand(surroundings));
        FailureLine failures = new FailureLine();
        return commands.setOut(out)
                .setErr(error)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static CommandLine group(Object command, Object... subcommands) {
        CommandLine group = new CommandLine(command);
        for (Object subcommand : subcommands) {
            group.addSubcommand(subcommand);
        }
        return group;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}

package dev.vaestream.local;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells every failure in one line, and the whole of an unexpected one in the log. */
final class FailureLine implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final Logger LOG = Logger.getLogger(FailureLine.class.getName());
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        StringBuilder line = new StringBuilder(Reason.of(e).replaceAll("\\s+", " "));
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                line.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append('?');
            }
        }
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(Vaestream.PREFIX + line + "; see: ./" + name + " --help");
        return USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (isEnding()) {
            return FAILURE; // Ctrl-C: what fails now fails because of that.
        }
        if (!(e instanceof CommandFailedException)) {
            LOG.log(Level.SEVERE, "the command failed", e);
        }
        command.getErr().println(Vaestream.PREFIX + Reason.of(e).replaceAll("\\s+", " "));
        return e instanceof UsageException ? USAGE : FAILURE;
    }

    /** Whether this process was told to end; then it takes no more hooks. */
    private static boolean isEnding() {
        Thread hook = new Thread(() -> {}, "never-started");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}

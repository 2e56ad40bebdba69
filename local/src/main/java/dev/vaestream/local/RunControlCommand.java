package dev.vaestream.local;

import dev.vaestream.contracts.WantedState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what is wanted of a run. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class RunControlCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final WantedState wanted;
    private final String answer;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(paramLabel = "RUN", description = "the run's name")
    private String run = "";

    private RunControlCommand(Surroundings surroundings, WantedState wanted, String answer) {
        this.surroundings = surroundings;
        this.wanted = wanted;
        this.answer = answer;
    }

    @Override
    public Integer call() {
        state.services().controlRun(run, wanted);
        surroundings.line(Text.labelled("run", run + ": " + answer));
        return 0;
    }

    @Command(name = "pause", description = "Has a run's trainer rest after its step and keep it.")
    static final class Pause extends RunControlCommand {
        Pause(Surroundings surroundings) {
            super(surroundings, WantedState.PAUSED, "to pause after its step");
        }
    }

    @Command(name = "resume", description = "Has a paused run go on.")
    static final class Resume extends RunControlCommand {
        Resume(Surroundings surroundings) {
            super(surroundings, WantedState.RUNNING, "to go on");
        }
    }

    @Command(name = "cancel", description = "Ends a run after its step; queued again, it goes on from there.")
    static final class Cancel extends RunControlCommand {
        Cancel(Surroundings surroundings) {
            super(surroundings, WantedState.CANCELLED, "to end after its step");
        }
    }
}

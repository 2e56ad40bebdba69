package dev.vaestream.trainer;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.InitializeFrom;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.vae.StoredState;
import java.util.List;

/** What a run begins with: what its seed gives, with some of a checkpoint's parameters, or all that a checkpoint holds. */
final class RunOrigin {
    private final CheckpointClient checkpoints;
    private final RunSpec spec;
    private final StreamSpec stream;

    RunOrigin(CheckpointClient checkpoints, RunSpec spec, StreamSpec stream) {
        this.checkpoints = checkpoints;
        this.spec = spec;
        this.stream = stream;
    }

    /**
     * Checks, before the run has an identity, which would keep its name from a spec that is put right.
     *
     * @throws RunFailedException where the run can never begin with the checkpoint that it names
     */
    void require(RunIdentity identity, TrainingModel model) {
        ForkedFrom fork = spec.forkedFrom();
        if (fork != null) {
            requireSameStream(fork, identity);
        }
        if (fork != null || spec.initializeFrom() != null) {
            state(model);
        }
    }

    Progress progress() {
        ForkedFrom fork = spec.forkedFrom();
        return fork == null
                ? RunProgress.begin(spec, stream)
                : source(fork.run(), fork.step()).progress();
    }

    StoredState state(TrainingModel model) {
        StoredState drawn = model.init(Keys.model(spec));
        ForkedFrom fork = spec.forkedFrom();
        if (fork != null) {
            return whole(fork, drawn);
        }
        InitializeFrom from = spec.initializeFrom();
        return from == null
                ? drawn
                : Transfer.of(
                        drawn,
                        from,
                        Safetensors.read(
                                checkpoints.blob(source(from.run(), from.step()).blob(Blob.PARAMS))));
    }

    /** The state that a checkpoint holds. */
    static StoredState load(CheckpointClient checkpoints, Manifest manifest) {
        return new StoredState(
                Safetensors.read(checkpoints.blob(manifest.blob(Blob.PARAMS))),
                Safetensors.read(checkpoints.blob(manifest.blob(Blob.OPTIMIZER))));
    }

    private StoredState whole(ForkedFrom fork, StoredState drawn) {
        StoredState state = load(checkpoints, source(fork.run(), fork.step()));
        List<String> differences = StateDifference.between(state, drawn);
        if (!differences.isEmpty()) {
            throw new RunFailedException(
                    "checkpoint %s/%d does not fit the run's model and optimizer: %s; fork with those that it was made with, or take its parameters alone by initializeFrom"
                            .formatted(fork.run(), fork.step(), StateDifference.text(differences)));
        }
        return state;
    }

    /** The checkpoint's offsets say something about its own topic alone. */
    private void requireSameStream(ForkedFrom fork, RunIdentity identity) {
        RunIdentity source = checkpoints
                .run(fork.run())
                .map(RunStatus::identity)
                .orElseThrow(() -> missing(fork.run(), fork.step()));
        requireSame(fork, "stream", source.spec().stream(), spec.stream());
        requireSame(fork, "firstSequence", source.spec().firstSequence(), spec.firstSequence());
        requireSame(fork, "Kafka cluster", source.clusterId(), identity.clusterId());
        requireSame(fork, "topic", source.topic(), identity.topic());
        requireSame(fork, "topic id", source.topicId(), identity.topicId());
    }

    private static void requireSame(ForkedFrom fork, String what, Object of, Object here) {
        if (!of.equals(here)) {
            throw new RunFailedException("run '%s' has %s %s and its fork %s; a fork goes on in the same stream"
                    .formatted(fork.run(), what, of, here));
        }
    }

    private Manifest source(String run, long step) {
        return checkpoints.checkpoint(run, step).orElseThrow(() -> missing(run, step));
    }

    private static RunFailedException missing(String run, long step) {
        return new RunFailedException("there is no checkpoint %s/%d to begin with".formatted(run, step));
    }
}

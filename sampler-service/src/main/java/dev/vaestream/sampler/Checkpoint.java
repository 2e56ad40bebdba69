package dev.vaestream.sampler;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.Sha256;
import java.time.Instant;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** A committed checkpoint and the run that it belongs to. */
record Checkpoint(RunIdentity identity, Manifest manifest) {
    /** By the time of their commit; the name decides where two have the same. */
    static final Comparator<Checkpoint> BY_TIME = Comparator.<Checkpoint, Instant>comparing(
                    checkpoint -> checkpoint.manifest.createdAt())
            .thenComparing(Checkpoint::name);

    /** As {@code demo/37500}. */
    String name() {
        return manifest.run() + "/" + manifest.step();
    }

    ModelSpec model() {
        return identity.spec().model();
    }

    ImageShape shape() {
        return identity.shape();
    }

    /** @throws IllegalArgumentException where the manifest names no parameters */
    Blob params() {
        return manifest.blob(Blob.PARAMS);
    }

    Sha256 paramsDigest() {
        return params().sha256();
    }

    /** What a picture that it made says of it, by keyword; more can be added. */
    SortedMap<String, String> text() {
        SortedMap<String, String> text = new TreeMap<>();
        text.put("Software", "vaestream");
        text.put("vaestream.run", manifest.run());
        text.put("vaestream.step", Long.toString(manifest.step()));
        text.put("vaestream.paramsDigest", paramsDigest().hex());
        text.put("vaestream.specDigest", identity.specDigest().hex());
        text.put("vaestream.inputDigest", manifest.progress().inputDigest().hex());
        return text;
    }

    /**
     * Whether it is newer: within a run by step, so that a trainer's clock decides nothing; between runs by the time of
     * the commit.
     */
    boolean isNewerThan(Checkpoint other) {
        return identity.equals(other.identity)
                ? manifest.step() > other.manifest.step()
                : BY_TIME.compare(this, other) > 0;
    }
}

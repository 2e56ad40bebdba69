package dev.vaestream.integrationtests;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.util.List;

/** What two runs of the same spec and the same batches must have in common, whatever happened to them. */
record RunResult(long steps, List<Blob> blobs, Sha256 inputDigest, List<Long> skipped, List<Long> key) {
    static RunResult of(Manifest last) {
        return new RunResult(
                last.step(),
                last.blobs(),
                last.progress().inputDigest(),
                last.progress().skipped(),
                last.progress().key());
    }
}

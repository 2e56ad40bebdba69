package dev.vaestream.contracts;

/** A run by its name and spec: the body of {@code POST /v1/runs}, and what the work queue carries. */
public record RunRequest(String run, RunSpec spec) {
    public RunRequest {
        Checks.name("run", run);
    }
}

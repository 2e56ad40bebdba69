package dev.vaestream.contracts;

/** The body of {@code PUT /v1/runs/{run}/state}. */
public record RunStateRequest(WantedState state) {}

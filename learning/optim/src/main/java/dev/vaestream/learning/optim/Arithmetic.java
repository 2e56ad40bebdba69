package dev.vaestream.learning.optim;

/**
 * Numbers, whether of the host or of a graph: what a schedule is written in, so that it is written once.
 *
 * @param <N> a number
 */
public interface Arithmetic<N> {
    N constant(double value);

    N add(N a, N b);

    N sub(N a, N b);

    N mul(N a, N b);

    N div(N a, N b);

    N pow(N base, N exponent);

    N cos(N radians);

    N floor(N a);

    N min(N a, N b);

    N max(N a, N b);

    /** {@code a < b ? then : otherwise}. */
    N ifLess(N a, N b, N then, N otherwise);
}

package dev.vaestream.learning.optim;

/**
 * Numbers, whether of the host, in double precision, or of a graph, in single: what a schedule is written in, so that it is
 * written once. In a graph each is a scalar.
 *
 * @param <N> a number
 */
public interface Arithmetic<N> {
    /** The number itself, rounded to the precision here. */
    N constant(double value);

    /** a + b. */
    N add(N a, N b);

    /** a - b. */
    N sub(N a, N b);

    /** a · b. */
    N mul(N a, N b);

    /** a / b, infinite or NaN where b is 0. */
    N div(N a, N b);

    /** base to the power of exponent, NaN where a negative base has an exponent that is not whole. */
    N pow(N base, N exponent);

    /** The cosine of an angle in radians. */
    N cos(N radians);

    /** The largest whole number that is not above a. */
    N floor(N a);

    /** The smaller one. */
    N min(N a, N b);

    /** The larger one. */
    N max(N a, N b);

    /** {@code a < b ? then : otherwise}; both are computed. */
    N ifLess(N a, N b, N then, N otherwise);
}

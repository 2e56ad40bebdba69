package dev.vaestream.learning.optim;

/** In double precision, on the host. */
final class HostArithmetic implements Arithmetic<Double> {
    static final HostArithmetic INSTANCE = new HostArithmetic();

    private HostArithmetic() {}

    @Override
    public Double constant(double value) {
        return value;
    }

    @Override
    public Double add(Double a, Double b) {
        return a + b;
    }

    @Override
    public Double sub(Double a, Double b) {
        return a - b;
    }

    @Override
    public Double mul(Double a, Double b) {
        return a * b;
    }

    @Override
    public Double div(Double a, Double b) {
        return a / b;
    }

    @Override
    public Double pow(Double base, Double exponent) {
        return Math.pow(base, exponent);
    }

    @Override
    public Double cos(Double radians) {
        return Math.cos(radians);
    }

    @Override
    public Double floor(Double a) {
        return Math.floor(a);
    }

    @Override
    public Double min(Double a, Double b) {
        return Math.min(a, b);
    }

    @Override
    public Double max(Double a, Double b) {
        return Math.max(a, b);
    }

    @Override
    public Double ifLess(Double a, Double b, Double then, Double otherwise) {
        return a < b ? then : otherwise;
    }
}

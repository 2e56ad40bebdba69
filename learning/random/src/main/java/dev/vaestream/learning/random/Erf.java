package dev.vaestream.learning.random;

/** The error function and its inverse in float, as XLA computes them. */
final class Erf {
    private static final float[] CENTRAL = {
        2.8102264e-08f,
        3.4327394e-07f,
        -3.5233877e-06f,
        -4.3915065e-06f,
        0.00021858087f,
        -0.001253725f,
        -0.0041776816f,
        0.24664073f,
        1.5014094f
    };
    private static final float[] TAIL = {
        -0.00020021426f,
        0.00010095056f,
        0.0013493432f,
        -0.0036734284f,
        0.0057395077f,
        -0.0076224613f,
        0.0094388705f,
        1.001674f,
        2.8329768f
    };

    private Erf() {}

    /**
     * The x with erf(x) = y, for y in [-1, 1].
     *
     * @see <a href="https://doi.org/10.1016/B978-0-12-385963-1.00010-1">Giles, Approximating the erfinv function</a>
     */
    static float inverse(float y) {
        if (Math.abs(y) == 1) {
            return y * Float.POSITIVE_INFINITY;
        }
        float w = (float) -StrictMath.log1p(-y * y);
        if (w < 5) {
            return polynomial(CENTRAL, w - 2.5f) * y;
        }
        return polynomial(TAIL, (float) Math.sqrt(w) - 3) * y;
    }

    /** By its Maclaurin series in double, which float cannot tell from the limit where it is used, |x| ≤ 5. */
    static float erf(float x) {
        if (Math.abs(x) > 5) {
            return Math.signum(x);
        }
        double square = (double) x * x;
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= -square / n;
            sum += term / (2 * n + 1);
        }
        return (float) (sum * 2 / StrictMath.sqrt(Math.PI));
    }

    private static float polynomial(float[] coefficients, float x) {
        float value = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            value = coefficients[i] + value * x;
        }
        return value;
    }
}

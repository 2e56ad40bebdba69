package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A way between two points of the latent space. */
enum LatentPath {
    /** The straight line, which passes where a normal of many dimensions has next to nothing. */
    @JsonProperty("linear")
    LINEAR,
    /**
     * Along the great circle, with lengths between those of the ends.
     *
     * @see <a href="https://arxiv.org/abs/1609.04468">White, Sampling generative networks, 2.1</a>
     */
    @JsonProperty("spherical")
    SPHERICAL;

    private static final double SMALLEST_SINE = 1e-6;

    /**
     * Points at equal distances, both ends among them; the first alone where there is one.
     *
     * @param from (dimensions)
     * @param to (dimensions)
     * @return (steps, dimensions), row-major
     */
    float[] points(float[] from, float[] to, int steps) {
        float[] points = new float[steps * from.length];
        double angle = angle(from, to);
        for (int step = 0; step < steps; step++) {
            double t = steps == 1 ? 0 : (double) step / (steps - 1);
            double ofFrom = weight(1 - t, angle);
            double ofTo = weight(t, angle);
            for (int i = 0; i < from.length; i++) {
                points[step * from.length + i] = (float) (ofFrom * from[i] + ofTo * to[i]);
            }
        }
        return points;
    }

    private double weight(double t, double angle) {
        // Ends in one line with the origin have no great circle between them, or no only one.
        return this == LINEAR || Math.sin(angle) < SMALLEST_SINE ? t : Math.sin(t * angle) / Math.sin(angle);
    }

    private static double angle(float[] from, float[] to) {
        double lengths = Math.sqrt(product(from, from)) * Math.sqrt(product(to, to));
        return lengths == 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, product(from, to) / lengths)));
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}

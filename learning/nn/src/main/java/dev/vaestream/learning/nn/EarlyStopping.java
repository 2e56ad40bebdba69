package dev.vaestream.learning.nn;

/**
 * {@code flax.training.early_stopping.EarlyStopping}: tells when a metric that should fall has stopped to. Immutable.
 *
 * @param minDelta what the metric must fall by to count as better
 * @param patience updates without that which are borne
 * @param bestMetric the lowest that counted so far
 * @param patienceCount updates since then
 * @param shouldStop whether patience has come to its end, which nothing but {@link #reset} takes back
 */
public record EarlyStopping(double minDelta, int patience, double bestMetric, int patienceCount, boolean shouldStop) {
    public EarlyStopping {
        if (!(minDelta >= 0)) {
            throw new IllegalArgumentException("minDelta is " + minDelta + "; it must not be negative");
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience is " + patience + "; it must not be negative");
        }
    }

    /** Before the first metric. */
    public static EarlyStopping of(double minDelta, int patience) {
        return new EarlyStopping(minDelta, patience, Double.POSITIVE_INFINITY, 0, false);
    }

    /** The same before the first metric. */
    public EarlyStopping reset() {
        return of(minDelta, patience);
    }

    /** After one more metric. */
    public EarlyStopping update(double metric) {
        if (Double.isInfinite(bestMetric) || bestMetric - metric > minDelta) {
            return new EarlyStopping(minDelta, patience, metric, 0, shouldStop);
        }
        return new EarlyStopping(
                minDelta, patience, bestMetric, patienceCount + 1, shouldStop || patienceCount >= patience);
    }

    /** Whether the last update counted as better. */
    public boolean hasImproved() {
        return patienceCount == 0 && !Double.isInfinite(bestMetric);
    }
}

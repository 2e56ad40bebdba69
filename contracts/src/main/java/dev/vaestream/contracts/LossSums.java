package dev.vaestream.contracts;

/** Losses added up over some batches. */
public record LossSums(long batches, double loss, double mse, double kl) {
    public static final LossSums ZERO = new LossSums(0, 0, 0, 0);

    public LossSums {
        Checks.atLeast("batches", 0, batches);
    }

    public LossSums plus(Losses step) {
        return new LossSums(batches + 1, loss + step.loss(), mse + step.mse(), kl + step.kl());
    }

    /** The sums over {@code divisor}, which the tutorial's log takes as 100 whatever the number of batches. */
    public Losses over(long divisor) {
        Checks.atLeast("divisor", 1, divisor);
        return new Losses(loss / divisor, mse / divisor, kl / divisor);
    }

    public Losses mean() {
        return over(batches);
    }
}

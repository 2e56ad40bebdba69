package dev.vaestream.learning.optim;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Optax's schedules, by their Optax names without "schedule" at the end. A schedule's value is a number without a unit, as a
 * learning rate; steps and boundaries count updates, of which the first is 0.
 *
 * @see <a href="https://optax.readthedocs.io/en/latest/api/optimizer_schedules.html">Optax's documentation</a>, the source
 *     of the equations that name no other
 */
public final class Schedules {
    private Schedules() {}

    /** {@code optax.constant_schedule}: the same value at every count. */
    public static Schedule constant(double value) {
        return new Constant(value);
    }

    /**
     * {@code optax.linear_schedule}: init + (end - init) · t / T, {@link #polynomial} with power 1.
     *
     * @param transitionSteps T, after which the value stays; where it is not positive, it stays at {@code initValue}
     */
    public static Schedule linear(double initValue, double endValue, int transitionSteps) {
        return polynomial(initValue, endValue, 1, transitionSteps, 0);
    }

    /**
     * {@code optax.polynomial_schedule}: (init - end) · (1 - t / T)^power + end, where t is the count after
     * {@code transitionBegin} and at most T.
     *
     * @param transitionSteps T; where it is not positive, the value stays at {@code initValue}
     */
    public static Schedule polynomial(
            double initValue, double endValue, double power, int transitionSteps, int transitionBegin) {
        return transitionSteps <= 0
                ? constant(initValue)
                : new Polynomial(initValue, endValue, power, transitionSteps, Math.max(0, transitionBegin));
    }

    /**
     * {@code optax.piecewise_constant_schedule}: init times the scales of all boundaries that are not above the count.
     *
     * @param boundariesAndScales a factor for each count that it applies from
     * @throws IllegalArgumentException where a scale is negative
     */
    public static Schedule piecewiseConstant(double initValue, SortedMap<Integer, Double> boundariesAndScales) {
        boundariesAndScales.forEach((boundary, scale) -> {
            if (scale < 0) {
                throw new IllegalArgumentException(
                        "the scale at boundary %d is %s; it must not be negative".formatted(boundary, scale));
            }
        });
        return new PiecewiseConstant(initValue, new TreeMap<>(boundariesAndScales));
    }

    /**
     * {@code optax.exponential_decay}: init · rate^(t / T), at once and without an end.
     *
     * @param transitionSteps T; where it is not positive, or the rate is 0, the value stays at {@code initValue}
     */
    public static Schedule exponentialDecay(double initValue, int transitionSteps, double decayRate) {
        return exponentialDecay(initValue, transitionSteps, decayRate, 0, false, OptionalDouble.empty());
    }

    /**
     * {@code optax.exponential_decay}: init · rate^(t / T), where t is the count after {@code transitionBegin}.
     *
     * @param transitionSteps T; where it is not positive, or the rate is 0, the value stays at {@code initValue}
     * @param staircase whether t / T is rounded down
     * @param endValue what the value stops at: from above where the rate is less than 1, else from below
     */
    public static Schedule exponentialDecay(
            double initValue,
            int transitionSteps,
            double decayRate,
            int transitionBegin,
            boolean staircase,
            OptionalDouble endValue) {
        if (transitionSteps <= 0 || decayRate == 0) {
            return constant(initValue);
        }
        double none = decayRate < 1 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return new ExponentialDecay(
                initValue, transitionSteps, decayRate, Math.max(0, transitionBegin), staircase, endValue.orElse(none));
    }

    /**
     * {@code optax.cosine_decay_schedule}: init · ((1 - α) · (½(1 + cos(πt / T)))^exponent + α), where t is at most T.
     *
     * @param decaySteps T, after which the value stays at init · α
     * @param exponent 1 in the paper
     * @throws IllegalArgumentException where {@code decaySteps} is not positive
     * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, SGDR</a>
     */
    public static Schedule cosineDecay(double initValue, int decaySteps, double alpha, double exponent) {
        if (decaySteps <= 0) {
            throw new IllegalArgumentException("decaySteps is " + decaySteps + "; it must be positive");
        }
        return new CosineDecay(initValue, decaySteps, alpha, exponent);
    }

    /**
     * {@code optax.warmup_cosine_decay_schedule}: linear to the peak, then {@link #cosineDecay} down to {@code endValue}.
     *
     * @param decaySteps all steps, the warm-up's among them
     * @throws IllegalArgumentException where none are left after the warm-up
     */
    public static Schedule warmupCosineDecay(
            double initValue, double peakValue, int warmupSteps, int decaySteps, double endValue) {
        if (decaySteps <= warmupSteps) {
            throw new IllegalArgumentException(
                    "decaySteps is %d and warmupSteps %d; it counts the warm-up's, and must be more"
                            .formatted(decaySteps, warmupSteps));
        }
        double alpha = peakValue == 0 ? 0 : endValue / peakValue;
        return joinSchedules(
                List.of(
                        linear(initValue, peakValue, warmupSteps),
                        cosineDecay(peakValue, decaySteps - warmupSteps, alpha, 1)),
                List.of(warmupSteps));
    }

    /**
     * {@code optax.warmup_exponential_decay_schedule}: linear to the peak, then {@link #exponentialDecay}.
     *
     * @param transitionSteps of the decay, whose count begins after the warm-up
     */
    public static Schedule warmupExponentialDecay(
            double initValue, double peakValue, int warmupSteps, int transitionSteps, double decayRate) {
        return joinSchedules(
                List.of(
                        linear(initValue, peakValue, warmupSteps),
                        exponentialDecay(peakValue, transitionSteps, decayRate)),
                List.of(warmupSteps));
    }

    /**
     * {@code optax.join_schedules}: each from its boundary on, where it begins to count at 0.
     *
     * @param boundaries one fewer than schedules
     * @throws IllegalArgumentException where there are not as many
     */
    public static Schedule joinSchedules(List<Schedule> schedules, List<Integer> boundaries) {
        if (schedules.size() != boundaries.size() + 1) {
            throw new IllegalArgumentException("%d schedules need %d boundaries, not %d"
                    .formatted(schedules.size(), schedules.size() - 1, boundaries.size()));
        }
        return new Join(List.copyOf(schedules), List.copyOf(boundaries));
    }

    private record Constant(double value) implements Schedule {
        @Override
        public <N> N at(Arithmetic<N> on, N count) {
            return on.constant(value);
        }
    }

    private record Polynomial(double init, double end, double power, int steps, int begin) implements Schedule {
        @Override
        public <N> N at(Arithmetic<N> on, N count) {
            N done = on.div(clip(on, on.sub(count, on.constant(begin)), steps), on.constant(steps));
            N left = on.pow(on.sub(on.constant(1), done), on.constant(power));
            return on.add(on.mul(on.constant(init - end), left), on.constant(end));
        }
    }

    private record PiecewiseConstant(double init, SortedMap<Integer, Double> scales) implements Schedule {
        @Override
        public <N> N at(Arithmetic<N> on, N count) {
            N value = on.constant(init);
            for (Map.Entry<Integer, Double> step : scales.entrySet()) {
                N scaled = on.mul(value, on.constant(step.getValue()));
                value = on.ifLess(count, on.constant(step.getKey()), value, scaled);
            }
            return value;
        }
    }

    private record ExponentialDecay(double init, int steps, double rate, int begin, boolean staircase, double end)
            implements Schedule {
        @Override
        public <N> N at(Arithmetic<N> on, N count) {
            N since = on.sub(count, on.constant(begin));
            N exponent = on.div(since, on.constant(steps));
            exponent = on.max(on.constant(0), staircase ? on.floor(exponent) : exponent);
            N value = on.mul(on.constant(init), on.pow(on.constant(rate), exponent));
            if (Double.isInfinite(end)) {
                return value;
            }
            return rate < 1 ? on.max(value, on.constant(end)) : on.min(value, on.constant(end));
        }
    }

    private record CosineDecay(double init, int steps, double alpha, double exponent) implements Schedule {
        @Override
        public <N> N at(Arithmetic<N> on, N count) {
            N done = on.div(on.min(count, on.constant(steps)), on.constant(steps));
            N cosine = on.mul(on.constant(0.5), on.add(on.constant(1), on.cos(on.mul(on.constant(Math.PI), done))));
            N decayed =
                    on.add(on.mul(on.constant(1 - alpha), on.pow(cosine, on.constant(exponent))), on.constant(alpha));
            return on.mul(on.constant(init), decayed);
        }
    }

    private record Join(List<Schedule> schedules, List<Integer> boundaries) implements Schedule {
        @Override
        public <N> N at(Arithmetic<N> on, N count) {
            N value = schedules.get(0).at(on, count);
            for (int i = 0; i < boundaries.size(); i++) {
                N boundary = on.constant(boundaries.get(i));
                N next = schedules.get(i + 1).at(on, on.max(on.constant(0), on.sub(count, boundary)));
                value = on.ifLess(count, boundary, value, next);
            }
            return value;
        }
    }

    private static <N> N clip(Arithmetic<N> on, N value, double most) {
        return on.min(on.max(value, on.constant(0)), on.constant(most));
    }
}

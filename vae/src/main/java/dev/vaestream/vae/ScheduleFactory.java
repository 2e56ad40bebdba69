package dev.vaestream.vae;

import dev.vaestream.contracts.ScheduleSpec;
import dev.vaestream.learning.optim.Schedule;
import dev.vaestream.learning.optim.Schedules;
import java.util.OptionalDouble;

/** From a run spec's schedule to Optax's. */
final class ScheduleFactory {
    private ScheduleFactory() {}

    static Schedule create(ScheduleSpec spec) {
        return switch (spec.name()) {
            case "constant" -> Schedules.constant(spec.constant().orElseThrow());
            case "linear" ->
                Schedules.linear(spec.number("initValue"), spec.number("endValue"), spec.steps("transitionSteps"));
            case "polynomial" ->
                Schedules.polynomial(
                        spec.number("initValue"),
                        spec.number("endValue"),
                        spec.number("power"),
                        spec.steps("transitionSteps"),
                        spec.steps("transitionBegin"));
            case "piecewiseConstant" -> Schedules.piecewiseConstant(spec.number("initValue"), spec.scales());
            case "exponentialDecay" ->
                Schedules.exponentialDecay(
                        spec.number("initValue"),
                        spec.steps("transitionSteps"),
                        spec.number("decayRate"),
                        spec.steps("transitionBegin"),
                        spec.flag("staircase"),
                        spec.findNumber("endValue").map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
            case "cosineDecay" ->
                Schedules.cosineDecay(
                        spec.number("initValue"),
                        spec.steps("decaySteps"),
                        spec.number("alpha"),
                        spec.number("exponent"));
            case "warmupCosineDecay" ->
                Schedules.warmupCosineDecay(
                        spec.number("initValue"),
                        spec.number("peakValue"),
                        spec.steps("warmupSteps"),
                        spec.steps("decaySteps"),
                        spec.number("endValue"));
            case "warmupExponentialDecay" ->
                Schedules.warmupExponentialDecay(
                        spec.number("initValue"),
                        spec.number("peakValue"),
                        spec.steps("warmupSteps"),
                        spec.steps("transitionSteps"),
                        spec.number("decayRate"));
            case "joinSchedules" ->
                Schedules.joinSchedules(
                        spec.schedules().stream().map(ScheduleFactory::create).toList(), spec.boundaries());
            default -> throw new IllegalArgumentException("there is no schedule '" + spec.name() + "'");
        };
    }
}

package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** A gradient transformation by its Optax name, as {@code {"adamw": {"learningRate": 1e-4}}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes(@JsonSubTypes.Type(value = OptimizerSpec.Adamw.class, name = "adamw"))
public sealed interface OptimizerSpec {
    /** The names that JSON may use. */
    String NAMES = "adamw";

    /**
     * {@code optax.adamw} with Optax's defaults.
     *
     * @param learningRate multiplies the whole update, decay included
     * @param b1 decay rate of the first moment
     * @param b2 decay rate of the second moment
     * @param eps added outside the square root
     * @param weightDecay on every parameter, biases too
     */
    record Adamw(double learningRate, double b1, double b2, double eps, double weightDecay) implements OptimizerSpec {
        /** The tutorial's {@code optax.adamw(learning_rate=1e-4)}. */
        public static final Adamw DEFAULT = new Adamw(1e-4, 0.9, 0.999, 1e-8, 1e-4);

        public Adamw {
            Checks.positive("learningRate", learningRate);
            Checks.decayRate("b1", b1);
            Checks.decayRate("b2", b2);
            Checks.positive("eps", eps);
            Checks.notNegative("weightDecay", weightDecay);
        }

        @JsonCreator
        static Adamw of(
                @JsonProperty("learningRate") @Nullable Double learningRate,
                @JsonProperty("b1") @Nullable Double b1,
                @JsonProperty("b2") @Nullable Double b2,
                @JsonProperty("eps") @Nullable Double eps,
                @JsonProperty("weightDecay") @Nullable Double weightDecay) {
            return new Adamw(
                    learningRate == null ? DEFAULT.learningRate : learningRate,
                    b1 == null ? DEFAULT.b1 : b1,
                    b2 == null ? DEFAULT.b2 : b2,
                    eps == null ? DEFAULT.eps : eps,
                    weightDecay == null ? DEFAULT.weightDecay : weightDecay);
        }

        @Override
        public String toString() {
            return "adamw(" + learningRate + ")";
        }
    }
}

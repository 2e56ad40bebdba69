package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** How modules and parameters get their names, and what comes of a wrong one. */
class ScopeTest {
    /** Two layers that its methods share. */
    private record Autoencoder() implements Module<Operand<TFloat32>, Operand<TFloat32>> {
        static Dense encoder() {
            return new Dense(2);
        }

        @Override
        public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
            return decode(scope, scope.call("encoder", encoder(), x));
        }

        Operand<TFloat32> decode(Scope scope, Operand<TFloat32> z) {
            return scope.call("decoder", new Dense(3), z);
        }
    }

    private static final Array.Floats X = Array.of(Shape.of(1, 3), 1f, -2f, 0.5f);
    private static final Tree<Array.Floats> VARIABLES = new Autoencoder().init(PrngKey.of(1), Trial.example(1, 3));

    @Test
    void modulesWithoutNamesAreNamedByClassAndTurn() {
        assertThat(names((scope, x) -> {
                    Operand<TFloat32> y = scope.call(new Dense(2), x);
                    y = scope.call(new LayerNorm(1e-6, true, false), y);
                    return scope.call(new Dense(4), y);
                }))
                .containsExactly(
                        "Dense_0.bias", "Dense_0.kernel", "Dense_1.bias", "Dense_1.kernel", "LayerNorm_0.bias");
    }

    @Test
    void theSameInstanceKeepsItsNameAndItsParameters() {
        assertThat(names((scope, x) -> {
                    Dense dense = new Dense(3);
                    return scope.call(dense, scope.call(dense, x));
                }))
                .containsExactly("Dense_0.bias", "Dense_0.kernel");
    }

    @Test
    void aNamedModuleMayBeCalledAgain() {
        assertThat(names((scope, x) -> scope.call("layer", new Dense(3), scope.call("layer", new Dense(3), x))))
                .containsExactly("layer.bias", "layer.kernel");
    }

    @Test
    void anotherModuleUnderTheSameNameIsRefused() {
        assertThatThrownBy(() ->
                        names((scope, x) -> scope.call("layer", new Dense(2), scope.call("layer", new Dense(3), x))))
                .isInstanceOf(NameInUseException.class)
                .hasMessageContaining("Name in use: 'layer' at the root is already Dense[features=3");
    }

    @Test
    void aParameterNamedAsASubmoduleIsRefused() {
        assertThatThrownBy(() -> names((scope, x) -> scope.tf()
                        .math
                        .add(
                                scope.call("bias", new Dense(3), x),
                                scope.param("bias", Initializers.zeros(), Shape.of(3)))))
                .isInstanceOf(NameInUseException.class);
    }

    @Test
    void aParameterThatIsAskedForTwiceIsRefused() {
        assertThatThrownBy(() -> names((scope, x) -> scope.call(
                        "inner",
                        (inner, input) -> {
                            inner.param("bias", Initializers.zeros(), Shape.of(3));
                            return inner.param("bias", Initializers.ones(), Shape.of(3));
                        },
                        x)))
                .hasMessage("Name in use: 'bias' at 'inner' is already a parameter; take another name");
    }

    @Test
    void aLambdaHasNoNameOfItsOwn() {
        assertThatThrownBy(() -> names((scope, x) -> scope.call(Activation.RELU.asLayer(), x)))
                .hasMessage("A module at the root is a lambda or has no class name; call it by a name");
    }

    @Test
    void aLeftoverParameterIsNamed() {
        Tree<Array.Floats> extra = Trial.params(
                Map.of("kernel", Trial.filled(Shape.of(3, 1)), "head.kernel", Trial.filled(Shape.of(1, 1))));
        assertThatThrownBy(() -> Trial.apply(new Dense(1, false), extra, X))
                .isInstanceOf(ExtraParamsException.class)
                .hasMessageContaining("[head.kernel]");
    }

    @Test
    void aMethodMayUsePartOfTheParameters() {
        Array.Floats z = Array.of(Shape.of(1, 2), 1f, 1f);
        Array.Floats y = Trial.call(
                VARIABLES,
                z,
                (tf, given, input) -> new Autoencoder().decode(Scope.of(tf, given), Operands.floats(input)));
        assertThat(y.shape()).isEqualTo(Shape.of(1, 3));
    }

    @Test
    void aBoundModuleAnswersAsApplyDoes() {
        assertThat(Trial.call(
                        VARIABLES,
                        X,
                        (tf, given, x) -> new Autoencoder().bind(tf, given).call(Operands.floats(x))))
                .isEqualTo(Trial.apply(new Autoencoder(), VARIABLES, X));
    }

    @Test
    void aBoundModulesMethodSeesItsParameters() {
        Array.Floats z = Array.of(Shape.of(1, 2), 3f, -1f);
        assertThat(Trial.call(
                        VARIABLES,
                        z,
                        (tf, given, input) -> new Autoencoder()
                                .bind(tf, given)
                                .callMethod(scope -> new Autoencoder().decode(scope, Operands.floats(input)))))
                .isEqualTo(Trial.apply(new Dense(3), part("decoder"), z));
    }

    @Test
    void aBoundSubmoduleUnbindsToItsOwnPart() {
        assertThat(Trial.call(VARIABLES, X, (tf, given, x) -> {
                    Bound.Unbound<Operand<TFloat32>, Operand<TFloat32>> unbound = new Autoencoder()
                            .bind(tf, given)
                            .submodule("encoder", Autoencoder.encoder())
                            .unbind();
                    return unbound.module().apply(tf, unbound.variables(), Operands.floats(x));
                }))
                .isEqualTo(Trial.apply(new Dense(2), part("encoder"), X));
    }

    @Test
    void aBoundSubmoduleIsCalledWithItsOwnPart() {
        assertThat(Trial.call(
                        VARIABLES,
                        X,
                        (tf, given, x) -> new Autoencoder()
                                .bind(tf, given)
                                .submodule("encoder", Autoencoder.encoder())
                                .call(Operands.floats(x))))
                .isEqualTo(Trial.apply(new Dense(2), part("encoder"), X));
    }

    private static Tree<Array.Floats> part(String name) {
        return Tree.dict(Map.of("params", VARIABLES.get("params").get(name)));
    }

    private static List<String> names(Module<Operand<TFloat32>, Operand<TFloat32>> module) {
        return List.copyOf(module.init(PrngKey.of(0), Trial.example(1, 3))
                .get("params")
                .byPath()
                .keySet());
    }
}

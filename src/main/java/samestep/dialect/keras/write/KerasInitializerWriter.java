package samestep.dialect.keras.write;

import java.util.Optional;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Text;
import samestep.dialect.keras.layer.KerasInitializers;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Scaling;
import samestep.recipe.setting.SettingValue.Distribution;

/** Writes distributions as Keras' initializers: the inverse of {@link KerasInitializers}. */
final class KerasInitializerWriter {
    private static final String MODULE = "keras.initializers";

    private final KerasNumbers numbers;

    KerasInitializerWriter(KerasNumbers numbers) {
        this.numbers = numbers;
    }

    /** The initializer; empty where Keras has none of this distribution, or counts the fan of this variable otherwise. */
    Optional<Instance> write(Distribution distribution, Role role) {
        Optional<Scaling> scaling = InitialWeights.scaling(distribution);
        if (scaling.isPresent()) {
            boolean counted =
                    role != Role.DEPTHWISE_KERNEL && scaling.get().counting().isEmpty();
            return counted ? Optional.of(scaling(scaling.get())) : Optional.empty();
        }
        return switch (distribution.family()) {
            case InitialWeights.CONSTANT -> Optional.of(constant(number(distribution, "value")));
            case InitialWeights.NORMAL -> Optional.of(normal("RandomNormal", distribution));
            case InitialWeights.TRUNCATED_NORMAL -> Optional.of(normal("TruncatedNormal", distribution));
            case InitialWeights.UNIFORM ->
                Optional.of(Instance.of(MODULE, "RandomUniform")
                        .with("minval", numbers.number(number(distribution, "low")))
                        .with("maxval", numbers.number(number(distribution, "high"))));
            case InitialWeights.ORTHOGONAL ->
                Optional.of(
                        Instance.of(MODULE, "Orthogonal").with("gain", numbers.number(number(distribution, "gain"))));
            default -> Optional.empty();
        };
    }

    private static Quantity number(Distribution distribution, String name) {
        return distribution.number(name);
    }

    private Instance constant(Quantity value) {
        if (value.isZero() || value.isOne()) {
            return Instance.of(MODULE, value.isZero() ? "Zeros" : "Ones");
        }
        return Instance.of(MODULE, "Constant").with("value", numbers.number(value));
    }

    private Instance normal(String className, Distribution distribution) {
        return Instance.of(MODULE, className)
                .with("mean", numbers.number(number(distribution, "mean")))
                .with("stddev", numbers.number(number(distribution, "deviation")));
    }

    private Instance scaling(Scaling scaling) {
        String mode = switch (scaling.fan()) {
            case IN -> "fan_in";
            case OUT -> "fan_out";
            case AVERAGE -> "fan_avg";
        };
        String distribution = switch (scaling.shape()) {
            case NORMAL -> "untruncated_normal";
            case TRUNCATED_NORMAL -> "truncated_normal";
            case UNIFORM -> "uniform";
        };
        return Instance.of(MODULE, "VarianceScaling")
                .with("scale", numbers.number(scaling.scale()))
                .with("mode", new Text(mode))
                .with("distribution", new Text(distribution));
    }
}

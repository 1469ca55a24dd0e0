package samestep.recipe.setting;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import samestep.recipe.Quantity;
import samestep.recipe.setting.SettingValue.Distribution;

/** Distributions of initial weights, in words that all frameworks share. */
public final class InitialWeights {
    /** The family of {@link #constant}. */
    public static final String CONSTANT = "constant";
    /** The family of {@link #normal}. */
    public static final String NORMAL = "normal";
    /** The family of {@link #truncatedNormal}. */
    public static final String TRUNCATED_NORMAL = "truncated normal";
    /** The family of {@link #uniform}. */
    public static final String UNIFORM = "uniform";
    /** The family of {@link #orthogonal}. */
    public static final String ORTHOGONAL = "orthogonal";

    private InitialWeights() {}

    /** The shape of a distribution whose variance follows from the parameter's shape. */
    public enum Shape {
        /** Gaussian, of any size. */
        NORMAL("normal"),
        /** Gaussian, drawn again beyond two deviations; the variance is that of what is left. */
        TRUNCATED_NORMAL("truncated normal"),
        /** The same density everywhere between two ends. */
        UNIFORM("uniform");

        private final String words;

        Shape(String words) {
            this.words = words;
        }
    }

    /** What the variance is divided by. */
    public enum Fan {
        /** Inputs of an output: for a convolution, input channels of a group times the kernel's size. */
        IN("fan in"),
        /** Outputs of an input: for a convolution, output channels times the kernel's size. */
        OUT("fan out"),
        /** The mean of both. */
        AVERAGE("fan average");

        private final String words;

        Fan(String words) {
            this.words = words;
        }

        /** The fan of the transposed weights. */
        public Fan transposed() {
            return this == IN ? OUT : this == OUT ? IN : this;
        }
    }

    /** Every weight the same. */
    public static Distribution constant(Quantity value) {
        return of(CONSTANT, Map.of("value", value));
    }

    /** Gaussian. */
    public static Distribution normal(Quantity mean, Quantity deviation) {
        return of(NORMAL, Map.of("mean", mean, "deviation", deviation));
    }

    /** Gaussian, drawn again beyond two deviations; the deviation is that of the whole Gaussian, not of what is left. */
    public static Distribution truncatedNormal(Quantity mean, Quantity deviation) {
        return of(TRUNCATED_NORMAL, Map.of("mean", mean, "deviation", deviation));
    }

    /** The same density everywhere between two ends. */
    public static Distribution uniform(Quantity low, Quantity high) {
        return of(UNIFORM, Map.of("low", low, "high", high));
    }

    /** Rows or columns of length {@code gain} that are orthogonal. */
    public static Distribution orthogonal(Quantity gain) {
        return of(ORTHOGONAL, Map.of("gain", gain));
    }

    /** Mean 0 and variance {@code scale / fan}. Source of the name: Keras' VarianceScaling. */
    public static Distribution varianceScaling(Shape shape, Fan fan, Quantity scale) {
        return varianceScaling(shape, fan, "", scale);
    }

    /**
     * The same.
     *
     * @param counting how the framework counts the fan where it is not as others count it; else empty
     */
    public static Distribution varianceScaling(Shape shape, Fan fan, String counting, Quantity scale) {
        return of(shape.words + ", " + fan.words + counting, Map.of("scale", scale));
    }

    /**
     * What {@link #varianceScaling} was made of.
     *
     * @param counting how the framework counts the fan where it is not as others count it; else empty
     */
    public record Scaling(Shape shape, Fan fan, String counting, Quantity scale) {}

    /** The parts of a distribution whose variance follows from the parameter's shape; empty for another one. */
    public static Optional<Scaling> scaling(Distribution distribution) {
        for (Shape shape : Shape.values()) {
            for (Fan fan : Fan.values()) {
                String family = shape.words + ", " + fan.words;
                if (distribution.family().startsWith(family)
                        && distribution.numbers().keySet().equals(Set.of("scale"))) {
                    return Optional.of(new Scaling(
                            shape,
                            fan,
                            distribution.family().substring(family.length()),
                            distribution.number("scale")));
                }
            }
        }
        return Optional.empty();
    }

    /** A distribution that only one framework has. */
    public static Distribution of(String family, Map<String, Quantity> numbers) {
        return new Distribution(family, new TreeMap<>(numbers));
    }
}

package samestep.dialect.keras.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Fan;
import samestep.recipe.setting.InitialWeights.Shape;
import samestep.recipe.setting.SettingValue.Distribution;
import samestep.syntax.Quoting;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * The distributions of Keras' initializers. Source: keras/src/initializers/random_initializers.py of Keras 3.15.1; those of
 * Keras 1 do not truncate.
 *
 * @param counting how the fan of this variable is counted where it is not as other frameworks count it; else empty
 */
public record KerasInitializers(
        SourceText source, KerasGeneration generation, String counting, List<Finding> findings) {
    private static final Map<String, String> OLD_NAMES = Map.of(
            "uniform", "RandomUniform",
            "normal", "RandomNormal",
            "zero", "Zeros",
            "one", "Ones");

    /** What a value of a configuration says; empty where it says nothing. */
    public Optional<Distribution> of(JsonValue value) {
        if (value instanceof JsonString name) {
            return Optional.of(named(name.value()));
        }
        return KerasObject.of(source, value, findings).map(this::of);
    }

    /** What a class says with its defaults. */
    Distribution named(String name) {
        JsonObject nothing = new JsonObject(List.of(), new Span(0, 0));
        return of(new KerasObject(source, className(name), nothing, nothing, findings));
    }

    /** {@code glorot_uniform} is the class {@code GlorotUniform}. */
    private static String className(String name) {
        if (OLD_NAMES.containsKey(name)) {
            return OLD_NAMES.getOrDefault(name, name);
        }
        StringBuilder words = new StringBuilder();
        for (String word : name.split("_")) {
            if (!word.isEmpty()) {
                words.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return words.toString();
    }

    private Distribution of(KerasObject initializer) {
        return switch (initializer.className()) {
            case "Zeros" -> InitialWeights.constant(Quantity.byDefault("0", "Keras' Zeros"));
            case "Ones" -> InitialWeights.constant(Quantity.byDefault("1", "Keras' Ones"));
            case "Constant" -> InitialWeights.constant(initializer.number("value", "0"));
            case "RandomNormal" ->
                InitialWeights.normal(initializer.number("mean", "0"), initializer.number("stddev", "0.05"));
            case "TruncatedNormal" ->
                InitialWeights.truncatedNormal(initializer.number("mean", "0"), initializer.number("stddev", "0.05"));
            case "RandomUniform" ->
                InitialWeights.uniform(initializer.number("minval", "-0.05"), initializer.number("maxval", "0.05"));
            case "Orthogonal", "OrthogonalInitializer" -> InitialWeights.orthogonal(initializer.number("gain", gain()));
            case "VarianceScaling" -> scaling(initializer);
            case "GlorotUniform" -> scaling(Shape.UNIFORM, Fan.AVERAGE, "1");
            case "GlorotNormal" -> scaling(gaussian(), Fan.AVERAGE, "1");
            case "HeUniform" -> scaling(Shape.UNIFORM, Fan.IN, "2");
            case "HeNormal" -> scaling(gaussian(), Fan.IN, "2");
            case "LecunUniform" -> scaling(Shape.UNIFORM, Fan.IN, "1");
            case "LecunNormal" -> scaling(gaussian(), Fan.IN, "1");
            default -> other(initializer);
        };
    }

    /** Source: orthogonal(shape, scale=1.1) in keras/initializations.py of Keras 1.2.2. */
    private String gain() {
        return generation == KerasGeneration.KERAS_1 ? "1.1" : "1";
    }

    private Shape gaussian() {
        return generation == KerasGeneration.KERAS_1 ? Shape.NORMAL : Shape.TRUNCATED_NORMAL;
    }

    private Distribution scaling(Shape shape, Fan fan, String scale) {
        return InitialWeights.varianceScaling(shape, fan, counting, Quantity.byDefault(scale, "Keras' initializer"));
    }

    /** Its distribution "normal" is the truncated one. */
    private Distribution scaling(KerasObject initializer) {
        Shape shape = switch (text(initializer, "distribution")) {
            case "uniform" -> Shape.UNIFORM;
            case "untruncated_normal" -> Shape.NORMAL;
            default -> Shape.TRUNCATED_NORMAL;
        };
        Fan fan = switch (text(initializer, "mode")) {
            case "fan_out" -> Fan.OUT;
            case "fan_avg" -> Fan.AVERAGE;
            default -> Fan.IN;
        };
        return InitialWeights.varianceScaling(shape, fan, counting, initializer.number("scale", "1"));
    }

    private static String text(KerasObject initializer, String argument) {
        return initializer.get(argument).orElse(null) instanceof JsonString text ? text.value() : "";
    }

    /** One that other frameworks do not have: the same class with the same numbers is the same. */
    private static Distribution other(KerasObject initializer) {
        Map<String, Quantity> numbers = new HashMap<>();
        for (String argument : initializer.arguments()) {
            if (!argument.equals("seed") && initializer.get(argument).orElse(null) instanceof JsonNumber) {
                initializer.number(argument).ifPresent(number -> numbers.put(argument, number));
            }
        }
        return InitialWeights.of("Keras' " + Quoting.quote(initializer.className()), numbers);
    }
}

package samestep.dialect.caffe.net;

import java.util.Map;
import java.util.Optional;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.schema.Schema;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Fan;
import samestep.recipe.setting.InitialWeights.Shape;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue.Distribution;
import samestep.syntax.Quoting;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * What a blob starts with. Source: include/caffe/filler.hpp.
 *
 * @param source the net
 * @param field the name of the filler's field
 * @param message what it says; nothing where it is not given
 * @param place where it is; empty where it is not given
 * @param transposed whether the blob has inputs where others have outputs
 */
record Filler(SourceText source, String field, PrototxtMessage message, Optional<Place> place, boolean transposed) {
    private static final Schema.Message TYPE = CaffeSchema.schema().message("FillerParameter");
    private static final PrototxtMessage NOTHING = new PrototxtMessage(java.util.List.of(), new Span(0, 0));

    /** The filler of a field of a layer's own message. */
    static Filler of(SourceText source, PrototxtMessage own, String field, boolean transposed) {
        Optional<PrototxtField> found = own.last(field).filter(f -> f.value() instanceof PrototxtMessage);
        return found.map(f -> new Filler(
                        source,
                        field,
                        (PrototxtMessage) f.value(),
                        Optional.of(new Place(source, f.nameSpan())),
                        transposed))
                .orElseGet(() -> new Filler(source, field, NOTHING, Optional.empty(), transposed));
    }

    /**
     * The setting of a blob.
     *
     * @param silent what the layer's own code fills it with where no filler is given; empty for the schema's default
     */
    Setting setting(ParameterName name, Optional<Quantity> silent) {
        boolean byDefault = place.isEmpty() && silent.isPresent();
        Distribution value = byDefault ? InitialWeights.constant(silent.get()) : distribution(name.role());
        Origin origin =
                place.<Origin>map(Origin.Written::new).orElse(new Origin.Default("Caffe's default of " + field));
        String words = field + " " + shown() + numbers();
        return new Setting(
                SettingKind.INITIAL_WEIGHTS,
                name.layer(),
                name.role().word(),
                value,
                new Setting.Spelling(words, origin, Convention.AS_IS));
    }

    private String type() {
        String written = NetLayer.word(message, "type");
        return written.isEmpty() ? TYPE.field("type").orElseThrow().byDefault() : written;
    }

    private String shown() {
        return isKnown() ? type() : Quoting.quote(type());
    }

    private boolean isKnown() {
        return switch (type()) {
            case "constant", "gaussian", "uniform", "xavier", "msra", "bilinear", "positive_unitball" -> true;
            default -> false;
        };
    }

    private String numbers() {
        StringBuilder words = new StringBuilder();
        for (PrototxtField f : message.fields()) {
            boolean said =
                    !f.name().equals("type") && TYPE.field(f.name()).isPresent() && f.value() instanceof PrototxtScalar;
            if (said) {
                words.append(", ")
                        .append(f.name())
                        .append(' ')
                        .append(source.slice(f.value().span()));
            }
        }
        return words.toString();
    }

    private Distribution distribution(Role role) {
        return switch (type()) {
            case "constant" -> InitialWeights.constant(number("value"));
            case "uniform" -> InitialWeights.uniform(number("min"), number("max"));
            case "gaussian" -> gaussian();
            // Uniform to sqrt(3 / n): the variance is 1 / n.
            case "xavier" -> InitialWeights.varianceScaling(Shape.UNIFORM, fan(role), scale("1", "xavier"));
            case "msra" -> InitialWeights.varianceScaling(Shape.NORMAL, fan(role), scale("2", "msra"));
            case "bilinear" -> InitialWeights.of("bilinear interpolation", Map.of());
            case "positive_unitball" -> InitialWeights.of("positive, each output's weights with sum 1", Map.of());
            default -> InitialWeights.of("Caffe's filler " + shown(), Map.of());
        };
    }

    /** With {@code sparse}, only so many inputs of each output are not zero. */
    private Distribution gaussian() {
        Quantity sparse = number("sparse");
        return sparse.decimal().signum() < 0
                ? InitialWeights.normal(number("mean"), number("std"))
                : InitialWeights.of(
                        "normal, sparse", Map.of("mean", number("mean"), "deviation", number("std"), "inputs", sparse));
    }

    private static Quantity scale(String scale, String filler) {
        return Quantity.byDefault(scale, "Caffe's " + filler);
    }

    /** Fan in is the blob's count over its first dimension, which is the outputs; an embedding's is its inputs. */
    private Fan fan(Role role) {
        Fan fan = switch (NetLayer.word(message, "variance_norm")) {
            case "FAN_OUT", "1" -> Fan.OUT;
            case "AVERAGE", "2" -> Fan.AVERAGE;
            default -> Fan.IN;
        };
        return transposed || role == Role.EMBEDDINGS ? fan.transposed() : fan;
    }

    private Quantity number(String name) {
        return number(source, message, TYPE, name);
    }

    /** A number of a message, or the schema's default. */
    static Quantity number(SourceText source, PrototxtMessage message, Schema.Message type, String name) {
        return message.last(name)
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(PrototxtScalar.class::cast)
                .flatMap(scalar -> scalar.decimal().map(number -> {
                    Place at = new Place(source, scalar.span());
                    return new Quantity(Expression.literal(number), at.text(), new Origin.Written(at));
                }))
                .orElseGet(() ->
                        Quantity.byDefault(type.field(name).orElseThrow().byDefault(), "Caffe's default of " + name));
    }
}

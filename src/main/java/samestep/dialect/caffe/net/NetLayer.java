package samestep.dialect.caffe.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;

/**
 * A layer of any of the three net formats, in the form of the newest.
 *
 * @param source the file
 * @param name its name
 * @param type its type, as today
 * @param message what it says
 * @param rules the message that holds its {@code include} and {@code exclude}: for a V0 layer, the message around it
 * @param specs the multipliers of its blobs, by position
 * @param place its name in the file
 */
public record NetLayer(
        SourceText source,
        String name,
        String type,
        PrototxtMessage message,
        PrototxtMessage rules,
        List<Spec> specs,
        Place place) {

    /**
     * What a {@code param} says.
     *
     * @param shared the name under which layers share it; empty for none
     * @param rate {@code lr_mult}, if given
     * @param decay {@code decay_mult}, if given
     */
    record Spec(String shared, Optional<Quantity> rate, Optional<Quantity> decay) {
        static final Spec SILENT = new Spec("", Optional.empty(), Optional.empty());
    }

    /** A layer of today's format: {@code layer { param { lr_mult decay_mult name } }}. */
    public static NetLayer modern(SourceText source, PrototxtField field, PrototxtMessage layer) {
        List<Spec> specs = new ArrayList<>();
        for (PrototxtField param : layer.fields("param")) {
            specs.add(
                    param.value() instanceof PrototxtMessage message
                            ? new Spec(
                                    word(message, "name"),
                                    number(source, message.last("lr_mult")),
                                    number(source, message.last("decay_mult")))
                            : Spec.SILENT);
        }
        return new NetLayer(
                source, word(layer, "name"), word(layer, "type"), layer, layer, specs, place(source, field, layer));
    }

    /** A layer of an older format: {@code blobs_lr}, {@code weight_decay} and {@code param} are lists by position. */
    public static NetLayer old(SourceText source, PrototxtField field, PrototxtMessage layer) {
        PrototxtMessage inner = layer.last("layer")
                .map(PrototxtField::value)
                .filter(PrototxtMessage.class::isInstance)
                .map(PrototxtMessage.class::cast)
                .orElse(layer);
        List<PrototxtField> rates = inner.fields("blobs_lr");
        List<PrototxtField> decays = inner.fields("weight_decay");
        List<PrototxtField> names = layer.fields("param");
        int count = Math.max(names.size(), Math.max(rates.size(), decays.size()));
        List<Spec> specs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String shared =
                    i < names.size() && names.get(i).value() instanceof PrototxtScalar scalar ? scalar.value() : "";
            specs.add(new Spec(shared, number(source, at(rates, i)), number(source, at(decays, i))));
        }
        String type = LayerKind.modernType(word(inner, "type"));
        return new NetLayer(source, word(inner, "name"), type, inner, layer, specs, place(source, field, inner));
    }

    private static Optional<PrototxtField> at(List<PrototxtField> fields, int index) {
        return index < fields.size() ? Optional.of(fields.get(index)) : Optional.empty();
    }

    private static Place place(SourceText source, PrototxtField field, PrototxtMessage layer) {
        return new Place(
                source, layer.last("name").map(name -> name.value().span()).orElse(field.nameSpan()));
    }

    private static Optional<Quantity> number(SourceText source, Optional<PrototxtField> field) {
        return field.map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(PrototxtScalar.class::cast)
                .flatMap(scalar -> scalar.decimal().map(number -> {
                    Place place = new Place(source, scalar.span());
                    return new Quantity(Expression.literal(number), place.text(), new Origin.Written(place)).rounded();
                }));
    }

    /** The numbers of a field that may be given several times. */
    List<Quantity> numbers(String field) {
        return message.fields(field).stream()
                .flatMap(f -> number(source, Optional.of(f)).stream())
                .toList();
    }

    /** The decoded value of a word or string field; empty when it is not given. */
    static String word(PrototxtMessage message, String field) {
        return message.last(field)
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(value -> ((PrototxtScalar) value).value())
                .orElse("");
    }

    private List<Object> parts() {
        return List.of(source, name, type, message, rules, specs, place);
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof NetLayer that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }
}

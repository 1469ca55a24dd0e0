package samestep.dialect.keras.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/**
 * A serialized Keras object: a class name and a configuration.
 *
 * @param source the document
 * @param className without the package it is registered under
 * @param config the arguments
 * @param whole the object itself
 * @param findings what is found wrong with it goes here
 */
public record KerasObject(
        SourceText source, String className, JsonObject config, JsonObject whole, List<Finding> findings) {

    /** The object that a value holds; empty where the value is not an object. */
    public static Optional<KerasObject> of(SourceText source, JsonValue value, List<Finding> findings) {
        if (!(value instanceof JsonObject object)
                || !(object.get("class_name").orElse(null) instanceof JsonString name)
                || !(object.get("config").orElse(null) instanceof JsonObject config)) {
            return Optional.empty();
        }
        String className = name.value().substring(name.value().indexOf('>') + 1);
        return Optional.of(new KerasObject(source, className, config, object, findings));
    }

    /** The module it says it is of; empty where it says none. */
    public String module() {
        return text(whole, "module");
    }

    /** The name it is registered under, which Keras 2 writes in place of the class's; empty where there is none. */
    public String registered() {
        String name = text(whole, "registered_name");
        return name.isEmpty() ? text(whole, "class_name") : name;
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).orElse(null) instanceof JsonString string ? string.value() : "";
    }

    /** The value of an argument; empty when it is missing or null. */
    public Optional<JsonValue> get(String argument) {
        return config.get(argument).filter(v -> !v.isNull());
    }

    /** Where an argument is written; the object where it is missing. */
    Place place(String argument) {
        return config.member(argument)
                .map(m -> new Place(source, m.value().span()))
                .orElse(new Place(source, whole.span()));
    }

    /** A number, if it is given. */
    public Optional<Quantity> number(String argument) {
        return get(argument).flatMap(value -> number(argument, value));
    }

    private Optional<Quantity> number(String argument, JsonValue value) {
        Place place = place(argument);
        Optional<BigDecimal> number = value instanceof JsonNumber json ? json.decimal() : Optional.empty();
        if (number.isEmpty()) {
            findings.add(Finding.at(
                    place, Code.SS004, className + "." + argument + ": expected a number, found " + shown(place)));
        }
        return number.map(n -> new Quantity(Expression.literal(n), place.text(), new Origin.Written(place)));
    }

    /** A number, or the default of Keras. */
    public Quantity number(String argument, String byDefault) {
        return number(argument)
                .orElse(Quantity.byDefault(
                        byDefault, KerasDefaults.origin(argument).of()));
    }

    /** A boolean, or its default. */
    public boolean flag(String argument, boolean byDefault) {
        return get(argument).map(v -> v instanceof JsonBoolean b && b.value()).orElse(byDefault);
    }

    /** A boolean as a number, 1 where it is on, or its default. */
    public Quantity flagAsNumber(String argument, String byDefault) {
        String on = flag(argument, byDefault.equals("1")) ? "1" : "0";
        Quantity silent = Quantity.byDefault(on, KerasDefaults.origin(argument).of());
        Place place = place(argument);
        return get(argument).isEmpty() ? silent : new Quantity(silent.value(), place.text(), new Origin.Written(place));
    }

    /** A list of numbers; empty where it is not one. */
    public List<Quantity> numbers(String argument) {
        if (!(get(argument).orElse(null) instanceof JsonArray array)) {
            return List.of();
        }
        return array.elements().stream()
                .filter(JsonNumber.class::isInstance)
                .map(JsonNumber.class::cast)
                .flatMap(n -> n.decimal().stream().map(d -> {
                    Place place = new Place(source, n.span());
                    return new Quantity(Expression.literal(d), n.text(), new Origin.Written(place));
                }))
                .toList();
    }

    /** Every number that is given, those of lists one by one, with the argument's name. */
    public List<Schedule.NamedValue> namedNumbers() {
        List<Schedule.NamedValue> values = new ArrayList<>();
        for (JsonMember member : config.members()) {
            if (member.value() instanceof JsonNumber) {
                number(member.name()).ifPresent(v -> values.add(new Schedule.NamedValue(member.name(), v)));
            } else {
                numbers(member.name()).forEach(v -> values.add(new Schedule.NamedValue(member.name(), v)));
            }
        }
        return values;
    }

    /** An object among the arguments. */
    public Optional<KerasObject> object(String argument) {
        return get(argument).flatMap(value -> of(source, value, findings));
    }

    /** The names of the arguments. */
    public List<String> arguments() {
        return config.members().stream().map(JsonMember::name).toList();
    }

    /** Adds a finding at an argument. */
    public void report(String argument, Code code, String message) {
        Finding finding = Finding.at(place(argument), code, message);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private static String shown(Place place) {
        String text = place.text();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}

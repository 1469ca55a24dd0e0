package samestep.dialect.tensorflow.call;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.GivenCall;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/**
 * A call of a TensorFlow function as data: its name and its arguments.
 *
 * @param source the document
 * @param name the function's own, without its modules
 * @param module before that
 * @param object the call itself
 * @param findings what is found wrong with it goes here
 */
record Call(SourceText source, String name, String module, JsonObject object, List<Finding> findings)
        implements GivenCall {

    /** The call that a value holds; empty where it is not a call. */
    static Optional<Call> of(SourceText source, JsonValue value, List<Finding> findings) {
        if (!(value instanceof JsonObject object) || !(object.get("call").orElse(null) instanceof JsonString called)) {
            return Optional.empty();
        }
        String path = called.value();
        int dot = path.lastIndexOf('.');
        String module = dot < 0 ? "" : path.substring(0, dot);
        return Optional.of(new Call(source, path.substring(dot + 1), module, object, findings));
    }

    private Optional<JsonMember> keyword(String argument) {
        return object.get("kwargs").orElse(null) instanceof JsonObject kwargs
                ? kwargs.member(argument).filter(m -> !m.value().isNull())
                : Optional.empty();
    }

    /** An argument by its name, or by its position where it has none. */
    private Optional<JsonValue> argument(String name, int position) {
        Optional<JsonValue> named = keyword(name).map(JsonMember::value);
        return named.or(() -> object.get("args").orElse(null) instanceof JsonArray args
                        && position < args.elements().size()
                ? Optional.of(args.elements().get(position))
                : Optional.empty());
    }

    /** An argument by its name. */
    Optional<JsonValue> get(String argument) {
        return keyword(argument).map(JsonMember::value);
    }

    /** Where it is written. */
    Place place() {
        return new Place(source, object.span());
    }

    /** A number, if it is given. */
    @Override
    public Optional<Quantity> number(String argument, int position) {
        return argument(argument, position).flatMap(value -> {
            Place place = new Place(source, value.span());
            Optional<BigDecimal> number = value instanceof JsonNumber json ? json.decimal() : Optional.empty();
            if (number.isEmpty()) {
                findings.add(Finding.at(place, Code.SS004, name + ": expected a number as " + argument));
            }
            return number.map(n -> new Quantity(Expression.literal(n), place.text(), new Origin.Written(place)));
        });
    }

    @Override
    public boolean has(String argument) {
        return get(argument).isPresent();
    }

    /** Whether an argument is given and true. */
    @Override
    public boolean flag(String argument) {
        return get(argument).map(v -> v instanceof JsonBoolean b && b.value()).orElse(false);
    }

    /** A text, if it is given. */
    Optional<String> text(String argument) {
        return get(argument).filter(JsonString.class::isInstance).map(v -> ((JsonString) v).value());
    }

    /** The numbers of a list. */
    @Override
    public List<Quantity> numbers(String argument) {
        List<Quantity> numbers = new ArrayList<>();
        if (get(argument).orElse(null) instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                Place place = new Place(source, element.span());
                Optional<BigDecimal> number = element instanceof JsonNumber json ? json.decimal() : Optional.empty();
                number.ifPresent(
                        n -> numbers.add(new Quantity(Expression.literal(n), place.text(), new Origin.Written(place))));
            }
        }
        return numbers;
    }

    /** A call among the arguments. */
    @Override
    public Optional<Call> call(String argument) {
        return get(argument).flatMap(value -> of(source, value, findings));
    }

    /** Adds a finding about it. */
    @Override
    public Optional<Place> where() {
        return Optional.of(place());
    }

    @Override
    public void report(Code code, String message) {
        findings.add(Finding.at(place(), code, message));
    }
}

package samestep.dialect.pytorch.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Nothing;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.equation.Expression;
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

/** From JSON to the values of a configuration. */
final class JsonValues {
    private static final List<String> CLASS = List.of("class_path", "class", "_target_", "call");
    private static final List<String> ARGUMENTS = List.of("init_args", "class_kwargs", "kwargs");

    /** Members of an object with a class_path; {@code stepped} is a scheduler's. */
    private static final Set<String> BESIDE = Set.of("class_path", "init_args", "class_kwargs", "kwargs", "stepped");

    private final SourceText source;

    JsonValues(SourceText source) {
        this.source = source;
    }

    /** The value; an object with a class is a {@link Call}. */
    PytorchValue value(JsonValue value) {
        Optional<Place> place = Optional.of(new Place(source, value.span()));
        if (value instanceof JsonNumber number) {
            return number.decimal()
                    .<PytorchValue>map(d -> new Num(
                            new Quantity(Expression.literal(d), number.text(), new Origin.Written(place.get()))))
                    .orElseGet(() -> new Text(number.text(), place));
        }
        if (value instanceof JsonBoolean flag) {
            return new Flag(flag.value(), place);
        }
        if (value instanceof JsonString text) {
            return new Text(text.value(), place);
        }
        if (value instanceof JsonArray array) {
            return new Many(array.elements().stream().map(this::value).toList(), place);
        }
        return value instanceof JsonObject object
                ? object(object)
                        .<PytorchValue>map(Call::new)
                        .orElseGet(() -> new Text(source.slice(value.span()), place))
                : new Nothing(place);
    }

    /** The object that a JSON object describes; empty where it names no class. */
    Optional<PytorchObject> object(JsonObject object) {
        Place place = new Place(source, object.span());
        for (String name : CLASS) {
            if (object.get(name).orElse(null) instanceof JsonString path) {
                JsonObject arguments = ARGUMENTS.stream()
                        .flatMap(a -> object.get(a).stream())
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .findFirst()
                        .orElseGet(() -> name.equals("_target_") ? object : new JsonObject(List.of(), object.span()));
                return Optional.of(new PytorchObject(path.value(), arguments(arguments), Optional.of(place)));
            }
        }
        return Optional.empty();
    }

    /** The same; what is beside a class_path and its init_args is not an argument and not a member. */
    Optional<PytorchObject> whole(JsonObject object) {
        Optional<PytorchObject> read = object(object);
        if (object.get(CLASS.get(0)).isEmpty()) {
            return read;
        }
        return read.map(given -> {
            PytorchObject all = given;
            for (JsonMember member : object.members()) {
                boolean ours = member.name().startsWith("_") || BESIDE.contains(member.name()) || isAtTheStart(member);
                if (!ours) {
                    all = all.with(member.name() + " (beside init_args)", value(member.value()));
                }
            }
            return all;
        });
    }

    /** What a scheduler that has not been stepped yet says of itself: nothing that its arguments do not say. */
    private static boolean isAtTheStart(JsonMember member) {
        return member.name().equals("state_dict")
                && member.value() instanceof JsonObject state
                && state.get("last_epoch")
                        .filter(last -> !(last instanceof JsonNumber number && number.doubleValue() == 0))
                        .isEmpty();
    }

    /** The members of an object, as arguments; those that Hydra has for itself begin with an underscore. */
    Map<String, PytorchValue> arguments(JsonObject object) {
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        for (JsonMember member : object.members()) {
            if (!member.name().startsWith("_")) {
                arguments.put(member.name(), value(member.value()));
            }
        }
        return arguments;
    }
}

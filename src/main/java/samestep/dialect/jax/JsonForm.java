package samestep.dialect.jax;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.curve.StepFunction;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.JaxRoles;
import samestep.dialect.jax.value.OptaxCall;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.parse.EquationSyntaxException;
import samestep.equation.parse.ExpressionParser;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** A chain as JSON, as recordings have it: {@code {"chain": [{"fn": "adamw", "kwargs": {...}}]}}. */
final class JsonForm {
    private static final String CALL = "fn";
    private static final String SCHEDULE = "schedule";
    /** A schedule of one's own. */
    static final String FORMULA = "formula";
    /** A mask, or labels. */
    static final String TREE = "parameters";

    private static final String ARGUMENTS = "kwargs";
    /** The number of updates of the run. */
    private static final String UPDATES = "updates";

    private static final BigDecimal MOST_UPDATES = new BigDecimal("1e12");
    /** The mask of the recordings: weights, and no biases. */
    private static final String WEIGHTS_ONLY = "weights_only";

    private final SourceText source;

    private JsonForm(SourceText source) {
        this.source = source;
    }

    static boolean recognises(SourceText source) {
        String text = source.text().stripLeading();
        return text.startsWith("{") && text.contains("\"chain\"") && text.contains("\"" + CALL + "\"");
    }

    static Outcome<Recipe> read(SourceText source) {
        return Json.parse(source).then(value -> {
            boolean isChain =
                    value instanceof JsonObject root && root.get("chain").orElse(null) instanceof JsonArray;
            return isChain
                    ? read(source, (JsonObject) value)
                    : Outcome.failed(Finding.at(
                            Place.start(source),
                            Code.SS008,
                            "expected an object with a list of transformations, chain"));
        });
    }

    private static Outcome<Recipe> read(SourceText source, JsonObject root) {
        Outcome<Recipe> read = JaxReader.read(new JsonForm(source).chain(root), List.of());
        return new Outcome<>(read.value().map(recipe -> withUpdates(recipe, root)), read.findings());
    }

    /** A run that ends after so many updates; after them a table of rates says nothing. */
    private static Recipe withUpdates(Recipe recipe, JsonObject root) {
        return root.get(UPDATES)
                .filter(JsonNumber.class::isInstance)
                .flatMap(number -> ((JsonNumber) number).decimal())
                .filter(updates -> updates.signum() > 0 && updates.compareTo(MOST_UPDATES) <= 0)
                .map(updates -> recipe.withSchedule(recipe.schedule().withHorizon(updates.longValue())))
                .orElse(recipe);
    }

    private OptaxCall chain(JsonObject root) {
        JsonArray parts = (JsonArray) root.get("chain").orElseThrow();
        Argument wrapped = new Argument.Given(new OptaxCall(
                "chain", parts.elements().stream().map(this::value).toList(), Map.of(), place(parts)));
        for (String wrapper : List.of("MultiSteps")) {
            if (root.get(wrapper).orElse(null) instanceof JsonObject arguments) {
                Map<String, Argument> named = new LinkedHashMap<>(named(arguments));
                named.put("opt", wrapped);
                return new OptaxCall(wrapper, List.of(), named, place(arguments));
            }
        }
        return ((Argument.Given) wrapped).call();
    }

    private Place place(JsonValue value) {
        return new Place(source, value.span());
    }

    private Argument value(JsonValue value) {
        if (value instanceof JsonNumber number && number.decimal().isPresent()) {
            return new Argument.Num(new Quantity(
                    Expression.literal(number.decimal().get()), number.text(), new Origin.Written(place(number))));
        }
        if (value instanceof JsonBoolean flag) {
            return new Argument.Flag(flag.value());
        }
        if (value instanceof JsonString text) {
            return text.value().equals(WEIGHTS_ONLY) ? weightsOnly(place(text)) : new Argument.Text(text.value());
        }
        if (value instanceof JsonArray array) {
            return new Argument.Many(array.elements().stream().map(this::value).toList());
        }
        return value instanceof JsonObject object ? object(object) : new Argument.Nothing();
    }

    private static Argument weightsOnly(Place place) {
        Map<Role, String> of = new EnumMap<>(Role.class);
        JaxRoles.ALL.forEach(role -> of.put(role, role == Role.KERNEL ? Argument.Tree.TRUE : Argument.Tree.FALSE));
        return Argument.Tree.byRole(of, place);
    }

    private Argument object(JsonObject object) {
        if (object.get(FORMULA).orElse(null) instanceof JsonString formula) {
            return formula(formula);
        }
        if (object.get(TREE).orElse(null) instanceof JsonObject layers) {
            return tree(layers);
        }
        for (String kind : List.of(CALL, SCHEDULE)) {
            if (object.get(kind).orElse(null) instanceof JsonString name) {
                return new Argument.Given(call(name.value(), object));
            }
        }
        return new Argument.Table(named(object));
    }

    /** A schedule of one's own, as a formula in {@code t}, the number of updates before. */
    private Argument formula(JsonString formula) {
        try {
            Expression expression = new ExpressionParser(
                            new SourceText("formula", formula.value()),
                            0,
                            formula.value().length())
                    .parse();
            boolean isOfStep = Set.of(Builtin.T).containsAll(Expressions.names(expression));
            return isOfStep
                    ? new Argument.Curve(StepFunction.form(expression), "a function of the update", List.of())
                    : new Argument.Unknown("a schedule is a formula in t", place(formula));
        } catch (EquationSyntaxException e) {
            return new Argument.Unknown("it is not a formula", place(formula));
        }
    }

    /** What is said of each parameter: layers with what is said of each kind of theirs; * is every layer. */
    private Argument tree(JsonObject layers) {
        Map<ParameterName, String> of = new LinkedHashMap<>();
        for (JsonMember layer : layers.members()) {
            if (!(layer.value() instanceof JsonObject parameters)) {
                return new Argument.Unknown("a layer has no parameters", place(layers));
            }
            for (JsonMember parameter : parameters.members()) {
                Optional<Role> role = Arrays.stream(Role.values())
                        .filter(r -> r.word().equals(parameter.name()))
                        .findFirst();
                Optional<String> word = word(parameter.value());
                if (role.isEmpty() || word.isEmpty()) {
                    return new Argument.Unknown(parameter.name() + " of a layer is not known", place(layers));
                }
                of.put(new ParameterName(layer.name(), role.get()), word.get());
            }
        }
        return new Argument.Tree(of, place(layers));
    }

    private static Optional<String> word(JsonValue value) {
        if (value instanceof JsonBoolean flag) {
            return Optional.of(flag.value() ? Argument.Tree.TRUE : Argument.Tree.FALSE);
        }
        return value instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    private OptaxCall call(String name, JsonObject object) {
        List<Argument> positional = new ArrayList<>();
        if (object.get("args").orElse(null) instanceof JsonArray arguments) {
            arguments.elements().forEach(a -> positional.add(value(a)));
        }
        Map<String, Argument> named =
                object.get(ARGUMENTS).orElse(null) instanceof JsonObject arguments ? named(arguments) : Map.of();
        return new OptaxCall(name, positional, named, place(object));
    }

    private Map<String, Argument> named(JsonObject object) {
        Map<String, Argument> named = new LinkedHashMap<>();
        for (JsonMember member : object.members()) {
            named.put(member.name(), value(member.value()));
        }
        return named;
    }
}

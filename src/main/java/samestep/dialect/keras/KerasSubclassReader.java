package samestep.dialect.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.dialect.keras.write.KerasDecayWriter;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** What the subclass in a Python text does to a recipe that was read without it. */
public final class KerasSubclassReader {
    private final SourceText source;
    private final JsonObject subclass;
    private final JsonObject rates;
    private final JsonObject decays;
    private final JsonObject weightDecays;
    private final List<String> frozen;

    private KerasSubclassReader(SourceText source, JsonObject subclass) {
        this.source = source;
        this.subclass = subclass;
        this.rates = object("rates");
        this.decays = object("decays");
        this.weightDecays = object("weight_decays");
        this.frozen = subclass.get("frozen").orElse(null) instanceof JsonArray names
                ? names.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(n -> ((JsonString) n).value())
                        .toList()
                : List.of();
    }

    /**
     * The recipe as the subclass makes it; as it is where the document has none.
     *
     * @param findings a variable that is named there and not read goes here
     */
    public static Recipe applied(SourceText source, JsonObject document, Recipe recipe, List<Finding> findings) {
        if (!(document.get(KerasSubclass.MEMBER).orElse(null) instanceof JsonObject subclass)) {
            return recipe;
        }
        KerasSubclassReader reader = new KerasSubclassReader(source, subclass);
        Recipe applied = recipe.withParameters(
                recipe.parameters().stream().map(reader::parameter).toList());
        List<String> unknown = new ArrayList<>();
        List<String> unmatched = List.copyOf(reader.unmatched(recipe));
        if (!unmatched.isEmpty()) {
            String more = unmatched.size() == 1 ? "" : " (and " + (unmatched.size() - 1) + " more)";
            unknown.add("the optimizer is given a number for " + unmatched.get(0) + more
                    + ", and no variable that is read is called so");
        }
        if (document.get(KerasDecayWriter.EXCLUDED).isPresent()
                && !reader.weightDecays.members().isEmpty()) {
            unknown.add("weight_decays and " + KerasDecayWriter.EXCLUDED + " together");
        }
        if (!reader.hasNumbersOnly()) {
            unknown.add("what the optimizer is given for a variable is not a number");
        }
        return reader.reported(applied, unknown, findings);
    }

    private Recipe reported(Recipe recipe, List<String> unknown, List<Finding> findings) {
        Place place = new Place(source, subclass.span());
        List<String> all = new ArrayList<>(recipe.unknown());
        for (String what : unknown) {
            findings.add(Finding.at(place, Code.SS045, what)
                    .detail("No verdict on the whole is possible; everything else is read."));
            all.add(what + " at " + place);
        }
        return unknown.isEmpty() ? recipe : recipe.withUnknown(all);
    }

    private JsonObject object(String name) {
        return subclass.get(name).orElse(null) instanceof JsonObject object
                ? object
                : new JsonObject(List.of(), subclass.span());
    }

    private boolean hasNumbersOnly() {
        return Stream.of(rates, weightDecays)
                        .flatMap(object -> object.members().stream())
                        .allMatch(member -> number(member.value()).isPresent())
                && decays.members().stream()
                        .allMatch(member -> member.value() instanceof JsonObject norms
                                && norms.members().stream()
                                        .allMatch(norm -> number(norm.value()).isPresent()));
    }

    /** The names that no variable has. */
    private Set<String> unmatched(Recipe recipe) {
        Set<String> names = new LinkedHashSet<>(frozen);
        Stream.of(rates, decays, weightDecays)
                .flatMap(object -> object.members().stream())
                .map(JsonMember::name)
                .forEach(names::add);
        recipe.parameters().forEach(p -> names(p.name()).forEach(names::remove));
        return names;
    }

    /**
     * The names under which the class looks for a variable; the first that is given decides. In its path, a layer may be inside
     * of others, and have cells inside.
     */
    private static List<String> names(ParameterName parameter) {
        List<String> layers = Arrays.asList(parameter.layer().split("/"));
        String variable = "/" + KerasReader.variable(parameter.role());
        List<String> names = new ArrayList<>();
        for (int end = layers.size(); end > 0; end--) {
            for (int start = 0; start < end; start++) {
                names.add(String.join("/", layers.subList(start, end)) + variable);
            }
        }
        names.add(ParameterName.ANY_LAYER + variable);
        return names;
    }

    private Optional<JsonValue> of(JsonObject values, Parameter parameter) {
        return names(parameter.name()).stream()
                .flatMap(name -> values.get(name).stream())
                .findFirst();
    }

    private Parameter parameter(Parameter parameter) {
        Optional<Quantity> rate = of(rates, parameter).flatMap(this::number);
        Optional<Quantity> decay = of(weightDecays, parameter).flatMap(this::number);
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : parameter.stages()) {
            // A variable's own decay stands for the optimizer's.
            if (stage instanceof Stage.DecoupledDecay && decay.isPresent()) {
                continue;
            }
            if (stage instanceof Stage.Optimizer) {
                stages.addAll(decays(parameter));
                decay.filter(d -> !d.isZero()).map(Stage.DecoupledDecay::new).ifPresent(stages::add);
            }
            stages.add(stage);
        }
        return new Parameter(
                parameter.name(),
                rate.orElse(parameter.rateMultiplier()),
                parameter.frozen() || names(parameter.name()).stream().anyMatch(frozen::contains),
                stages,
                parameter.place());
    }

    private List<Stage> decays(Parameter parameter) {
        List<Stage> stages = new ArrayList<>();
        if (of(decays, parameter).orElse(null) instanceof JsonObject coefficients) {
            for (Stage.Penalty.Norm norm : Stage.Penalty.Norm.values()) {
                coefficients
                        .get(norm == Stage.Penalty.Norm.L1 ? "l1" : "l2")
                        .flatMap(this::number)
                        .ifPresent(c -> stages.add(new Stage.Penalty(norm, c)));
            }
        }
        return stages;
    }

    private Optional<Quantity> number(JsonValue value) {
        return value instanceof JsonNumber number
                ? number.decimal()
                        .map(d -> new Quantity(
                                Expression.literal(d),
                                number.text(),
                                new Origin.Written(new Place(source, number.span()))))
                : Optional.empty();
    }
}

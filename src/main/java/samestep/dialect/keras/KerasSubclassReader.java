package samestep.dialect.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** What the subclass in a Python text does to a recipe that was read without it. */
public final class KerasSubclassReader {
    private final SourceText source;
    private final JsonObject rates;
    private final JsonObject decays;
    private final JsonObject weightDecays;
    private final List<String> frozen;

    private KerasSubclassReader(SourceText source, JsonObject subclass) {
        this.source = source;
        this.rates = object(subclass, "rates");
        this.decays = object(subclass, "decays");
        this.weightDecays = object(subclass, "weight_decays");
        this.frozen = subclass.get("frozen").orElse(null) instanceof JsonArray names
                ? names.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(n -> ((JsonString) n).value())
                        .toList()
                : List.of();
    }

    /** The recipe as the subclass makes it; as it is where the document has none. */
    public static Recipe applied(SourceText source, JsonObject document, Recipe recipe) {
        if (!(document.get(KerasSubclass.MEMBER).orElse(null) instanceof JsonObject subclass)) {
            return recipe;
        }
        KerasSubclassReader reader = new KerasSubclassReader(source, subclass);
        return recipe.withParameters(
                recipe.parameters().stream().map(reader::parameter).toList());
    }

    private static JsonObject object(JsonObject of, String name) {
        return of.get(name).orElse(null) instanceof JsonObject object ? object : new JsonObject(List.of(), of.span());
    }

    private Parameter parameter(Parameter parameter) {
        String path = KerasReader.path(parameter.name());
        Optional<Quantity> rate = rates.get(path).flatMap(this::number);
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : parameter.stages()) {
            if (stage instanceof Stage.Optimizer) {
                stages.addAll(decays(path));
                weightDecays.get(path).flatMap(this::number).ifPresent(c -> stages.add(new Stage.DecoupledDecay(c)));
            }
            stages.add(stage);
        }
        return new Parameter(
                parameter.name(),
                rate.orElse(parameter.rateMultiplier()),
                parameter.frozen() || frozen.contains(path),
                stages,
                parameter.place());
    }

    private List<Stage> decays(String path) {
        List<Stage> stages = new ArrayList<>();
        if (decays.get(path).orElse(null) instanceof JsonObject coefficients) {
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

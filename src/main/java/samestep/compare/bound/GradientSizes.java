package samestep.compare.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * How large gradients are, as you measured them in a run of your own: roots of the mean square (of the second moment),
 * some for each parameter.
 *
 * @param of each parameter, by its name, such as {@code conv1 kernel}
 */
public record GradientSizes(List<Sizes> of) {
    /**
     * Of one parameter.
     *
     * @param roots above 0
     */
    public record Sizes(String parameter, List<Double> roots) {
        /** Copies the roots. */
        public Sizes {
            roots = List.copyOf(roots);
        }
    }

    /**
     * What a decay would have to be multiplied by.
     *
     * @param factor the mean, which is the closest in squares
     * @param least what the weight with the largest gradients would need, or the smallest
     * @param most what that at the other end would need
     */
    public record Factor(double factor, double least, double most) {}

    /** Copies the list. */
    public GradientSizes {
        of = List.copyOf(of);
    }

    /** Reads {@code {"conv1 kernel": 0.01, "fc kernel": [0.001, 0.02]}}. */
    public static Outcome<GradientSizes> read(SourceText source) {
        Outcome<JsonValue> parsed = Json.parse(source);
        return parsed.then(root -> {
            List<Sizes> all = new ArrayList<>();
            List<JsonMember> members = root instanceof JsonObject object ? object.members() : List.of();
            for (JsonMember member : members) {
                List<JsonValue> values =
                        member.value() instanceof JsonArray array ? array.elements() : List.of(member.value());
                List<Double> roots = values.stream()
                        .filter(v -> v instanceof JsonNumber n && n.doubleValue() > 0)
                        .map(v -> ((JsonNumber) v).doubleValue())
                        .toList();
                if (roots.isEmpty() || roots.size() < values.size()) {
                    return Outcome.failed(Finding.at(
                            new Place(source, member.span()),
                            Code.SS004,
                            "sizes of gradients are numbers above 0, one or a list of them"));
                }
                all.add(new Sizes(member.name(), roots));
            }
            return all.isEmpty()
                    ? Outcome.failed(Finding.at(
                            new Place(source, new Span(0, 0)),
                            Code.SS004,
                            "expected an object such as {\"conv1 kernel\": 0.01, \"fc kernel\": [0.001, 0.02]}"))
                    : Outcome.of(new GradientSizes(all), List.of());
        });
    }

    /**
     * By what the decay of an adaptive optimizer is divided, at these sizes, for the parameters that are named.
     *
     * @param coupledToDecoupled whether the decay comes from the gradient, where it was divided
     * @return empty where no parameter is named, or where the place of epsilon is not known
     */
    public Optional<Factor> factor(Recipe recipe, boolean coupledToDecoupled) {
        List<Double> factors = new ArrayList<>();
        for (Parameter parameter : recipe.trained()) {
            Optional<Denominator> denominator = parameter
                    .optimizer()
                    .filter(o -> o.values().containsKey("epsilon"))
                    .flatMap(GradientSizes::of);
            for (Sizes sizes : of) {
                if (denominator.isPresent()
                        && sizes.parameter().equals(parameter.name().toString())) {
                    sizes.roots().stream()
                            .map(root -> denominator.get().at(root, 1))
                            .map(d -> coupledToDecoupled ? 1 / d : d)
                            .forEach(factors::add);
                }
            }
        }
        return factors.isEmpty()
                ? Optional.empty()
                : Optional.of(new Factor(
                        factors.stream().mapToDouble(f -> f).average().orElseThrow(),
                        factors.stream().mapToDouble(f -> f).min().orElseThrow(),
                        factors.stream().mapToDouble(f -> f).max().orElseThrow()));
    }

    private static Optional<Denominator> of(Stage.Optimizer optimizer) {
        return Denominator.of(optimizer);
    }
}

package samestep.dialect.keras.layer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty;
import samestep.recipe.UnknownStage;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** Reads a serialized regularizer of any generation of Keras. */
public final class KerasRegularizers {
    /** Keras 1 had other names for one class with both coefficients. */
    private static final Set<String> NORMS =
            Set.of("L1", "L2", "L1L2", "L1L2Regularizer", "WeightRegularizer", "ActivityRegularizer");

    private static final Set<String> ORTHOGONAL = Set.of("OrthogonalRegularizer", "Orthogonal");

    private final SourceText source;
    private final boolean keras3;
    private final List<Finding> findings;

    /**
     * @param keras3 whether strings mean what they mean in Keras 3
     */
    public KerasRegularizers(SourceText source, boolean keras3, List<Finding> findings) {
        this.source = source;
        this.keras3 = keras3;
        this.findings = findings;
    }

    /** What it adds to the gradient. */
    public List<Stage> stages(JsonValue value, Place place) {
        if (value.isNull()) {
            return List.of();
        }
        if (value instanceof JsonString string) {
            return byName(string.value(), place);
        }
        Optional<KerasObject> object = KerasObject.of(source, value, findings).or(() -> ofKeras1(value));
        if (object.isPresent() && ORTHOGONAL.contains(object.get().className())) {
            return List.of(orthogonal(object.get()));
        }
        if (object.isEmpty() || !NORMS.contains(object.get().className())) {
            String name = object.map(o -> "the regularizer \"" + o.className() + "\" is not one of Keras':")
                    .orElse("this regularizer");
            return unknown(name + " cannot be read; what it adds to the gradient is not known here", place);
        }
        return norms(object.get());
    }

    private List<Stage> unknown(String message, Place place) {
        findings.add(Finding.at(place, Code.SS010, message)
                .as(Severity.WARNING)
                .detail("No verdict is possible on this parameter; everything else is read."));
        return List.of(new UnknownStage("regularizer " + source.slice(place.span())));
    }

    /** The coefficients are members beside the name. */
    private Optional<KerasObject> ofKeras1(JsonValue value) {
        return value instanceof JsonObject object && object.get("name").orElse(null) instanceof JsonString name
                ? Optional.of(new KerasObject(source, name.value(), object, object, findings))
                : Optional.empty();
    }

    private List<Stage> norms(KerasObject regularizer) {
        List<Stage> stages = new ArrayList<>();
        regularizer
                .number("l1")
                .filter(l1 -> !l1.isZero())
                .ifPresent(l1 -> stages.add(new Penalty(Penalty.Norm.L1, kept(l1))));
        regularizer
                .number("l2")
                .filter(l2 -> !l2.isZero())
                .ifPresent(l2 -> stages.add(new Penalty(Penalty.Norm.L2, doubled(kept(l2)))));
        return stages;
    }

    private Stage orthogonal(KerasObject regularizer) {
        boolean columns = regularizer.get("mode").orElse(null) instanceof JsonString mode
                && mode.value().equals("columns");
        return new OrthogonalPenalty(kept(regularizer.number("factor", "0.01")), !columns);
    }

    /** Keras 3 casts Python's number by way of single precision; Keras 2 keeps it in the precision of the model. */
    private Quantity kept(Quantity coefficient) {
        return keras3 ? coefficient.rounded() : coefficient;
    }

    /** The gradient of l2 * sum(w^2) is 2 * l2 * w. */
    private static Quantity doubled(Quantity l2) {
        return l2.derived(Expression.literal(2).times(l2.value()), "2 * l2");
    }

    private List<Stage> byName(String word, Place place) {
        Quantity standard = new Quantity(
                Expression.literal(new BigDecimal(keras3 ? KerasDefaults.STRING_PENALTY : "0.01")),
                "",
                new Origin.Derived("Keras' default for a string", Optional.of(place)));
        Stage l1 = new Penalty(Penalty.Norm.L1, standard);
        Stage l2 = new Penalty(Penalty.Norm.L2, doubled(standard));
        return switch (word) {
            case "l1", "L1" -> List.of(l1);
            case "l2", "L2" -> List.of(l2);
            case "l1_l2", "l1l2", "L1L2" -> both(word, place, l1, l2);
            default -> {
                yield unknown("the regularizer \"" + word + "\" is not one of Keras'", place);
            }
        };
    }

    /** What "l1_l2" means, and what of its spellings mean nothing, depends on the version. */
    private List<Stage> both(String word, Place place, Stage l1, Stage l2) {
        if (!keras3 && word.equals("l1_l2")) {
            return List.of(l1, l2);
        }
        if (keras3 && word.equals("l1_l2")) {
            findings.add(Finding.at(place, Code.SS004, "Keras 3 has no regularizer \"l1_l2\" and refuses the string"));
        } else {
            findings.add(Finding.at(
                    place, Code.SS203, "the string \"" + word + "\" is L1L2(0, 0) in Keras: no penalty at all"));
        }
        return List.of();
    }
}

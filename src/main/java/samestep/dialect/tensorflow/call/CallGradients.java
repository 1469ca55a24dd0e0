package samestep.dialect.tensorflow.call;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.tensorflow.write.ProgramClips;
import samestep.dialect.tensorflow.write.ProgramJson;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/**
 * What a program does to gradients between the loss and the optimizer, where it says so in a member of its own: a clip, what is
 * added after it, decays beside the gradient, multipliers of the rate, what is not trained.
 */
final class CallGradients {
    private final SourceText source;
    private final Optional<JsonObject> gradients;

    /** That of a program's document. */
    CallGradients(SourceText source, JsonObject root, List<Finding> findings) {
        this.source = source;
        this.gradients =
                root.get("gradients").filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
        gradients.ifPresent(g -> g.members().stream()
                .filter(m -> !List.of("times_rate", "clip", "added", "weight_decay", "rates", "frozen")
                        .contains(m.name()))
                .forEach(m -> findings.add(Finding.at(
                        new Place(source, m.value().span()),
                        Code.SS010,
                        "gradients: " + m.name() + " cannot be read"))));
        gradients.flatMap(g -> g.get("clip")).ifPresent(value -> checkClips(value, findings));
    }

    private Optional<JsonObject> object(String name) {
        return gradients
                .flatMap(g -> g.get(name))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    /** The clip, and what is added after it. */
    List<Stage> clipAndAdded(ParameterName name) {
        List<Stage> stages = new ArrayList<>();
        gradients.flatMap(g -> g.get("clip")).ifPresent(value -> clips(value, stages));
        Optional<JsonObject> added = object("added")
                .flatMap(o -> o.get(ProgramJson.path(name)))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
        added.flatMap(a -> number(a, "l1")).ifPresent(l1 -> stages.add(new Stage.Penalty(Stage.Penalty.Norm.L1, l1)));
        added.flatMap(a -> number(a, "l2")).ifPresent(l2 -> stages.add(new Stage.Penalty(Stage.Penalty.Norm.L2, l2)));
        return stages;
    }

    /** One clip, or several in order. */
    private void clips(JsonValue value, List<Stage> stages) {
        if (value instanceof JsonArray several) {
            several.elements().forEach(each -> clips(each, stages));
            return;
        }
        Optional<JsonObject> clip =
                Optional.of(value).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
        Optional<ProgramClips.By> by = clip.flatMap(c -> c.get("by"))
                .filter(JsonString.class::isInstance)
                .flatMap(word -> ProgramClips.By.named(((JsonString) word).value()));
        Optional<Quantity> threshold = clip.flatMap(c -> number(c, "threshold"));
        if (by.isPresent() && threshold.isPresent()) {
            stages.add(new Stage.Clip(by.get().kind(), threshold.get()));
        }
    }

    private void checkClips(JsonValue value, List<Finding> findings) {
        if (value instanceof JsonArray several) {
            several.elements().forEach(each -> checkClips(each, findings));
            return;
        }
        List<Stage> read = new ArrayList<>();
        clips(value, read);
        if (read.isEmpty()) {
            findings.add(Finding.at(
                    new Place(source, value.span()),
                    Code.SS010,
                    "gradients: clip: expected a threshold, and by one of " + ProgramClips.By.words()));
        }
    }

    /** Whether they are multiplied by the rate, and the optimizer's own is 1. */
    boolean carryRate() {
        return gradients.flatMap(g -> g.get("times_rate")).orElse(null) instanceof JsonBoolean on && on.value();
    }

    /** The decay beside the gradient, before the optimizer's step. */
    Optional<Stage> decay(ParameterName name) {
        return object("weight_decay")
                .flatMap(o -> number(o, ProgramJson.path(name)))
                .map(Stage.DecoupledDecay::new);
    }

    /** What the rate is multiplied by. */
    Quantity rate(ParameterName name) {
        return object("rates")
                .flatMap(o -> number(o, ProgramJson.path(name)))
                .orElseGet(() -> Quantity.byDefault("1", "TensorFlow, which has no multipliers"));
    }

    /** Whether it is not trained. */
    boolean isFrozen(ParameterName name) {
        Optional<JsonValue> frozen = gradients.flatMap(g -> g.get("frozen"));
        return frozen.filter(JsonArray.class::isInstance).stream()
                .flatMap(array -> ((JsonArray) array).elements().stream())
                .anyMatch(e -> e instanceof JsonString word && word.value().equals(ProgramJson.path(name)));
    }

    private Optional<Quantity> number(JsonObject object, String name) {
        Optional<JsonNumber> number =
                object.get(name).filter(JsonNumber.class::isInstance).map(JsonNumber.class::cast);
        return number.flatMap(n -> {
            Place place = new Place(source, n.span());
            Optional<BigDecimal> decimal = n.decimal();
            return decimal.map(d -> new Quantity(Expression.literal(d), place.text(), new Origin.Written(place)));
        });
    }
}

package samestep.dialect.tensorflow.call;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import samestep.dialect.Input;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.dialect.tensorflow.TensorflowForm;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.tensorflow.write.ProgramApi;
import samestep.dialect.tensorflow.write.ProgramWriter;
import samestep.dialect.tensorflow.write.TensorflowSettingWords;
import samestep.dialect.write.Proposal;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Setting;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.LatePattern;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A training program of TensorFlow 1 as data: the calls that make the layers and the optimizer, and the statements that make
 * the loss. It is what recordings hold.
 */
public final class CallsForm implements TensorflowForm {
    /** The style of the document. */
    public static final String CALLS = "calls";

    private static final LatePattern CLIPPED =
            new LatePattern("grads, _ = tf\\.clip_by_global_norm\\(grads of loss, ([0-9.eE+-]+)\\); train_op ="
                    + " optimizer\\.apply_gradients.*");
    private static final LatePattern PLAIN = new LatePattern(
            "train_op = (optimizer\\.minimize\\(loss.*|tf_slim\\.learning\\.create_train_op\\(loss, optimizer\\))");

    @Override
    public Set<String> styles() {
        Set<String> styles = new LinkedHashSet<>(List.of(CALLS));
        for (ProgramApi api : ProgramApi.values()) {
            styles.add(api.style());
        }
        return styles;
    }

    @Override
    public String says(Setting setting, String style) {
        return TensorflowSettingWords.of(setting, ProgramApi.of(style));
    }

    @Override
    public List<Proposal> write(Recipe recipe, String style) {
        return ProgramWriter.proposals(recipe, ProgramApi.of(style));
    }

    @Override
    public Optional<Proposal> copyVerbatim(Recipe recipe, String style) {
        return ProgramWriter.verbatim(recipe, ProgramApi.of(style));
    }

    @Override
    public String describes() {
        return "the calls of a TensorFlow 1 program as JSON";
    }

    @Override
    public boolean recognises(SourceText source) {
        String text = source.text().stripLeading();
        return text.startsWith("{") && text.contains("\"call\"") && text.contains("\"tf.compat.v1.train.");
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        Outcome<JsonValue> parsed = Json.parse(input.source());
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(root -> root instanceof JsonObject object
                ? read(input.source(), object)
                : Outcome.failed(Finding.at(Place.start(input.source()), Code.SS008, "expected a JSON object")));
    }

    private static Outcome<Recipe> read(SourceText source, JsonObject root) {
        List<Finding> findings = new ArrayList<>();
        Optional<Call> optimizer = root.get("optimizer").flatMap(value -> Call.of(source, value, findings));
        if (optimizer.isEmpty()
                || !(root.get("loss").orElse(null) instanceof JsonString statements)
                || !(root.get("layers").orElse(null) instanceof JsonArray layers)) {
            return Outcome.failed(
                    Finding.at(Place.start(source), Code.SS008, "expected \"layers\", \"loss\" and \"optimizer\""));
        }
        Optional<TensorflowDefaults.Known> known = known(optimizer.get());
        CallLoss loss = new CallLoss(source, statements, findings);
        List<Call> calls = layers.elements().stream()
                .flatMap(value -> Call.of(source, value, findings).stream())
                .toList();
        Map<ParameterName, List<Stage.Penalty>> declared = CallLayers.of(calls);
        List<Stage> clips = clips(source, root, findings);
        Optional<Schedule> schedule =
                known.flatMap(k -> CallSchedule.of(optimizer.get(), k.values().getOrDefault("learning_rate", "0")));
        if (known.isEmpty() || schedule.isEmpty() || findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
            return Outcome.failed(findings);
        }
        CallGradients gradients = new CallGradients(source, root, findings);
        Stage.Optimizer update = TensorflowUpdate.of(
                followed(known.get(), gradients, optimizer.get()), hyper -> written(optimizer.get(), hyper));
        List<Parameter> parameters = new ArrayList<>();
        declared.forEach((name, penalties) -> {
            List<Stage> stages = new ArrayList<>();
            penalties.forEach(p -> stages.add(loss.hasCollected() ? p : new DeclaredPenalty(p, NeverAdded.COLLECTION)));
            stages.addAll(loss.byHand(name.role()));
            stages.addAll(clips);
            stages.addAll(gradients.clipAndAdded(name));
            gradients.decay(name).ifPresent(stages::add);
            stages.add(update);
            parameters.add(
                    new Parameter(name, gradients.rate(name), gradients.isFrozen(name), stages, Optional.empty()));
        });
        findings.addAll(NeverAdded.findings(parameters));
        return Outcome.of(new Recipe("TensorFlow", parameters, schedule.get(), Recipe.Counting.UPDATES), findings);
    }

    /** Gradients that carry the rate make another update of momentum, and of no other optimizer that is known here. */
    private static TensorflowDefaults.Known followed(
            TensorflowDefaults.Known known, CallGradients gradients, Call optimizer) {
        if (!gradients.carryRate()) {
            return known;
        }
        Optional<TensorflowDefaults.Known> ofRates = known.ofRates();
        if (ofRates.isEmpty()) {
            optimizer.report(Code.SS010, "gradients times the rate cannot be read with " + optimizer.name());
        }
        return ofRates.orElse(known);
    }

    private static Optional<TensorflowDefaults.Known> known(Call optimizer) {
        Optional<TensorflowDefaults.Known> known = TensorflowDefaults.of(optimizer.name());
        if (known.isEmpty()) {
            optimizer.report(
                    Code.SS010,
                    "the optimizer " + optimizer.name() + " cannot be read yet; known are "
                            + String.join(", ", TensorflowDefaults.names()));
        }
        return known;
    }

    private static Optional<Quantity> written(Call optimizer, Equations.Hyper hyper) {
        if (hyper.flag()) {
            return optimizer
                    .get(hyper.field())
                    .filter(JsonBoolean.class::isInstance)
                    .map(value -> new Quantity(
                            Expression.literal(((JsonBoolean) value).value() ? 1 : 0),
                            optimizer.source().slice(value.span()),
                            new Origin.Written(new Place(optimizer.source(), value.span()))));
        }
        return optimizer.number(hyper.field(), -1);
    }

    private static List<Stage> clips(SourceText source, JsonObject root, List<Finding> findings) {
        if (!(root.get("train_op").orElse(null) instanceof JsonString statements)
                || PLAIN.matcher(statements.value()).matches()) {
            return List.of();
        }
        Matcher clipped = CLIPPED.matcher(statements.value());
        Place place = new Place(source, statements.span());
        if (!clipped.matches()) {
            findings.add(Finding.at(place, Code.SS010, "this way of applying gradients cannot be read yet"));
            return List.of();
        }
        String text = clipped.group(1);
        int start = statements.span().start() + Math.max(0, place.text().indexOf(text));
        Place number = new Place(source, new Span(start, start + text.length()));
        Quantity threshold =
                new Quantity(Expression.literal(new java.math.BigDecimal(text)), text, new Origin.Written(number));
        return List.of(new Stage.Clip(Stage.Clip.Kind.GLOBAL_NORM, threshold));
    }
}

package samestep.translate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Rounding;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.trainer.Problem;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.trainer.Trajectory;

/** A recorded run of a framework, whose native configuration can be read and run again. */
public final class Recording {
    /** What is recorded of a library on top of a framework, or under the name of its package. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "tfa",
            "keras",
            "torch",
            "pytorch",
            "timm",
            "pytorch",
            "hf",
            "pytorch",
            "tf",
            "tensorflow",
            "deepspeed",
            "pytorch");

    private final SourceText source;
    private final JsonObject root;

    private Recording(SourceText source, JsonObject root) {
        this.source = source;
        this.root = root;
    }

    /** Reads a recording. */
    public static Outcome<Recording> read(SourceText source) {
        Outcome<JsonValue> parsed = Json.parse(source);
        return parsed.then(value -> {
            boolean recording = value instanceof JsonObject object
                    && object.get("native").isPresent()
                    && object.get("framework").isPresent();
            return recording
                    ? Outcome.of(new Recording(source, (JsonObject) value), List.of())
                    : Outcome.failed(Finding.at(
                                    new Place(source, new Span(0, 0)), Code.SS008, "this is not a recorded trajectory")
                            .detail("Expected an object with \"framework\", \"problem\" and \"native\"."));
        });
    }

    /** Its file's name. */
    public String name() {
        return source.name();
    }

    /** The problem that was trained. */
    public String problem() {
        return text("problem");
    }

    /** Its configuration, as a file of its framework. */
    public Outcome<ConfigurationFile> configuration() {
        return dialect().then(d -> Outcome.of(new ConfigurationFile(d, input()), List.of()));
    }

    /** The recorded weights. */
    public Trajectory recorded() {
        List<Trajectory.Snapshot> snapshots = new ArrayList<>();
        for (JsonValue value : elements(root.get("snapshots"))) {
            if (value instanceof JsonObject snapshot && snapshot.get("step").orElse(value) instanceof JsonNumber step) {
                Map<String, double[]> weights = new LinkedHashMap<>();
                for (JsonMember member : snapshot.members()) {
                    if (member.value() instanceof JsonArray array) {
                        weights.put(member.name(), numbers(array));
                    }
                }
                snapshots.add(new Trajectory.Snapshot((int) step.doubleValue(), weights));
            }
        }
        return new Trajectory(snapshots, List.of(), List.of());
    }

    private static List<JsonValue> elements(Optional<JsonValue> value) {
        return value.isPresent() && value.get() instanceof JsonArray array ? array.elements() : List.of();
    }

    private static double[] numbers(JsonArray array) {
        return array.elements().stream()
                .filter(JsonNumber.class::isInstance)
                .mapToDouble(n -> ((JsonNumber) n).doubleValue())
                .toArray();
    }

    /** What the framework's own configuration means, with the numbers that the run computed with. */
    public Outcome<Recipe> recipe() {
        return dialect().then(d -> {
            Outcome<Recipe> read = d.read(input());
            return new Outcome<>(read.value().map(r -> Rounding.only(rounding(), r)), read.findings());
        });
    }

    private Outcome<Dialect> dialect() {
        String named = text("framework").replaceAll("\\d+$", "");
        return Dialects.named(LIBRARIES.getOrDefault(named, named))
                .map(d -> Outcome.of(d, List.of()))
                .orElseGet(() -> Outcome.failed(
                        Finding.of(Code.SS010, "recordings of " + text("framework") + " cannot be replayed yet")));
    }

    /** Runs it again. */
    public Outcome<Trajectory> replay(Problem problem, int steps, Set<Integer> snapshots) {
        return recipe().then(recipe -> {
            Optional<List<Parameter>> tensors = Tensors.of(recipe, problem);
            return tensors.map(t -> Outcome.of(new Trainer(recipe, t, problem).run(steps, snapshots), List.of()))
                    .orElseGet(() -> Outcome.failed(Finding.of(
                            Code.SS004, source.name() + ": the model's layers do not fit the problem " + problem())));
        });
    }

    /** Prototxt and YAML are in strings of the recording; a JSON configuration is the native object itself. */
    private Input input() {
        JsonObject given = (JsonObject) root.get("native").orElseThrow();
        Optional<String> solver = string(given, "solver_prototxt");
        if (solver.isPresent()) {
            SourceText text = new SourceText(source.name() + "#solver.prototxt", solver.get());
            return string(given, "net_prototxt")
                    .map(net -> Input.of(text, new SourceText(source.name() + "#net.prototxt", net)))
                    .orElse(Input.of(text));
        }
        for (String file : List.of("experiment.yaml", "pipeline.config", "cfg")) {
            Optional<String> text = string(given, file.replace('.', '_'));
            if (text.isPresent()) {
                return Input.of(new SourceText(source.name() + "#" + file, text.get()));
            }
        }
        Optional<JsonValue> deepSpeed = given.get("ds_config");
        if (deepSpeed.isPresent()) {
            return Input.of(new SourceText(
                    source.name() + "#ds_config.json",
                    source.slice(deepSpeed.get().span())));
        }
        return Input.of(new SourceText(source.name() + "#native", source.slice(given.span())));
    }

    /**
     * Where the run rounded to single precision. A recording marked {@code exact} was given doubles, but for penalties
     * that the framework made by itself from a string; another ran as the framework is shipped, but for what its
     * recorder replaced by doubles. The notes tell.
     */
    private Set<Rounding> rounding() {
        String notes = text("notes");
        if (text("hyperparameters").equals("exact")) {
            return notes.startsWith("string regularizers")
                    ? EnumSet.of(Rounding.PENALTIES, Rounding.OWN_NUMBERS)
                    : EnumSet.of(Rounding.OWN_NUMBERS);
        }
        if (notes.contains("legacy hyperparameters") && hasScheduleObject()) {
            return EnumSet.complementOf(EnumSet.of(Rounding.SCHEDULE));
        }
        Set<Rounding> told = EnumSet.noneOf(Rounding.class);
        if (notes.contains("tf.cast rounds")) {
            told.add(Rounding.OPTIMIZER);
        }
        if (notes.contains("ops.cast rounds l2")) {
            told.add(Rounding.PENALTIES);
        }
        if (notes.contains("evaluates the schedule in float32") || notes.contains("schedule computed in float32")) {
            told.add(Rounding.SCHEDULE);
        }
        if (told.isEmpty()) {
            return Rounding.asShipped();
        }
        told.add(Rounding.OWN_NUMBERS);
        return told;
    }

    /** The recorder gave Keras 2's schedule objects doubles; a bare learning rate is a single-precision variable. */
    private boolean hasScheduleObject() {
        return Optional.of((JsonValue) root)
                .flatMap(v -> member(v, "native"))
                .flatMap(v -> member(v, "optimizer"))
                .flatMap(v -> member(v, "config"))
                .flatMap(v -> member(v, "learning_rate"))
                .filter(JsonObject.class::isInstance)
                .isPresent();
    }

    private static Optional<JsonValue> member(JsonValue value, String name) {
        return value instanceof JsonObject object ? object.get(name) : Optional.empty();
    }

    private String text(String name) {
        return string(root, name).orElse("");
    }

    private static Optional<String> string(JsonObject object, String name) {
        return object.get(name).filter(JsonString.class::isInstance).map(v -> ((JsonString) v).value());
    }
}

package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.keras.KerasSubclass;
import samestep.dialect.keras.layer.KerasLoss;
import samestep.dialect.keras.write.KerasDecayWriter;
import samestep.dialect.keras.write.KerasPython;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.program.PartNames;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;
import samestep.text.Span;

/** Makes the document of a program: its model and how it was compiled. */
final class ProgramReader {
    private static final String APPLIES = "apply_gradients";

    private final Trace trace;
    private final Optional<String> part;
    private final VersionGuess guess;
    private final Layers layers;
    private final LayerNodes layerNodes;
    private final Training training;
    private final OwnLoop loop;
    private final LoopChanges changes;
    private final OptimizerNode optimizer;
    private final Optional<ArgumentTable> table;
    private final Optional<String> rebound;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /**
     * @param part which of several trainings is meant, if that is said
     * @param rebound a name that our own classes use, and that the program binds to something else
     */
    ProgramReader(
            Trace trace, Optional<String> part, Function<String, Optional<String>> classes, Optional<String> rebound) {
        this.rebound = rebound;
        this.table = ArgumentTable.of(trace);
        this.trace = trace;
        this.part = part;
        this.guess = VersionGuess.of(trace);
        this.layers = new Layers(trace, guess.version());
        this.training = Training.of(trace, part);
        this.loop = new OwnLoop(trace, layers, training.models().size() == 1);
        this.changes = new LoopChanges(trace, loop, training.optimizer().map(Argument::value));
        this.optimizer = new OptimizerNode(guess.version(), classes).clippedBy(changes.clip());
        this.layerNodes = new LayerNodes(trace, guess.version(), layers, loop);
    }

    Outcome<ProgramReading> read() {
        if (part.isPresent() && training.isNothing()) {
            Finding finding = Finding.at(
                    Place.start(trace.source()),
                    Code.SS010,
                    "no model and no optimizer of this program is named " + part.get());
            return Outcome.failed(PartNames.choosing(finding, Training.all(trace)));
        }
        Place start = Place.start(trace.source());
        Map<String, Node> root = new LinkedHashMap<>();
        training.optimizer().flatMap(optimizer::of).ifPresent(node -> root.put("optimizer", node));
        if (!root.containsKey("optimizer")) {
            ownOptimizer();
        }
        apart();
        ModelWalk walk = new ModelWalk(trace, layers);
        training.models().forEach(walk::follow);
        List<Made> found = training.models().isEmpty() ? layers.all() : walk.found();
        if (!root.containsKey("optimizer") && found.isEmpty()) {
            return Outcome.failed(
                    Finding.at(start, Code.SS008, "a program that makes neither a Keras model nor a Keras optimizer"));
        }
        if (!found.isEmpty() || !walk.gaps().isEmpty()) {
            root.put("model", model(found, start));
        } else {
            root.put("keras_version", Nodes.text(guess.version().number(), start));
            table.ifPresent(given -> table(given, root));
        }
        ofOptimizer(root);
        training.compile()
                .map(this::compiled)
                .or(() -> changes.criterion().map(this::ofLoop))
                .ifPresent(node -> root.put("compile_config", node));
        walk.gaps().forEach(this::gap);
        layerNodes.unknown().forEach(this::hidden);
        left(layerNodes.left());
        loop.ofVariables()
                .forEach(place -> unread(
                        "the loss that is differentiated here has a term of the model's variables, which is not read",
                        place));
        changes.all().forEach((place, what) -> unread(what, place));
        new SetByProgram(trace, training).all().forEach((place, what) -> unread(what, place));
        optimizer.unknown().forEach(this::hidden);
        others(training);
        trace.notes().forEach(note -> unread(note, start));
        Document document = Document.of(trace.source().name(), new Node.Tree(root, start));
        Fit fit = Fit.of(trace);
        Optional<EpochRates> rates = EpochRates.of(trace, training, fit, guess.version());
        Remarks remarks = Remarks.of(trace, rates.isPresent());
        rates.flatMap(EpochRates::finding).ifPresent(findings::add);
        findings.addAll(remarks.findings());
        if (guess.sign().isEmpty() && optimizer.dependsOnVersion()) {
            findings.add(Finding.of(
                    Code.SS432,
                    "the program does not show its version of Keras; read as "
                            + guess.version().title()));
        }
        unknown.addAll(remarks.unknown());
        boolean isRateUnknown = optimizer.isRateUnknown() || remarks.changesRate() || changes.setRate();
        if (isRateUnknown) {
            unknown.add("the learning rate of " + trace.source().name());
        }
        ProgramReading reading = new ProgramReading(
                document,
                findings,
                unknown,
                isRateUnknown,
                remarks.changesRate() || changes.setRate(),
                fit,
                rates,
                remarks.addedPenalty(),
                optimizer.hidden());
        return Outcome.of(reading, List.of());
    }

    /** What a document of Samestep has beside the optimizer. */
    private void ofOptimizer(Map<String, Node> root) {
        optimizer.subclass().ifPresent(node -> root.put(KerasSubclass.MEMBER, node));
        Optional<Node> excluded = OptimizerNode.Exclusions.of(
                trace, training.optimizer().map(Argument::value), new Nodes(guess.version()));
        excluded.filter(node -> !(node instanceof Node.Hidden))
                .ifPresent(node -> root.put(KerasDecayWriter.EXCLUDED, node));
        excluded.filter(Node.Hidden.class::isInstance).ifPresent(node -> hidden((Node.Hidden) node));
        rebound.ifPresent(name -> unread(
                "the program binds " + name + " to something else after classes that use it",
                Place.start(trace.source())));
    }

    /** The layers of a file that has arguments for them, and makes none. */
    private void table(ArgumentTable given, Map<String, Node> root) {
        Nodes nodes = new Nodes(guess.version());
        root.put(KerasPython.LAYERS, given.layers(nodes));
        given.hidden(nodes).forEach(this::hidden);
        given.lossWeights().ifPresent(weights -> {
            Node node = nodes.of(KerasPython.LOSS_WEIGHTS, weights, given.place());
            if (node instanceof Node.Hidden hidden) {
                hidden(hidden);
            } else {
                root.put("compile_config", new Node.Tree(Map.of(KerasLoss.WEIGHTS, node), given.place()));
            }
        });
        findings.add(Finding.at(
                        given.place(),
                        Code.SS006,
                        "the program makes no layers; those of the dict layers are read as the model's")
                .as(Severity.NOTE)
                .detail("Give each layer its entry: " + KerasPython.LAYERS
                        + "[name] are arguments of its constructor."));
    }

    /** A loop that applies gradients has an optimizer, even where the call that makes it, or the loop, was not followed. */
    private void ownOptimizer() {
        int word = trace.source().text().indexOf(APPLIES);
        Optional<Place> place = trace.calls().stream()
                .filter(call -> call.name().endsWith("." + APPLIES))
                .findFirst()
                .map(RecordedCall::place)
                .or(() -> word < 0
                        ? Optional.empty()
                        : Optional.of(new Place(trace.source(), new Span(word, word + APPLIES.length()))));
        place.ifPresent(at ->
                optimizer.whole(new Node.Hidden("the optimizer", "what applies the gradients was not followed", at)));
    }

    /** Models that have nothing in common, of which none is compiled: a verdict on all of them together means nothing. */
    private void apart() {
        if (training.compile().isPresent() || training.models().size() < 2) {
            return;
        }
        List<Set<Made>> largest = new ArrayList<>();
        List<RecordedCall> calls = new ArrayList<>();
        for (Value model : training.models()) {
            ModelWalk walk = new ModelWalk(trace, layers);
            walk.follow(model);
            Set<Made> own = new LinkedHashSet<>(walk.found());
            if (model instanceof Value.Made made && largest.stream().noneMatch(other -> other.containsAll(own))) {
                for (int i = largest.size() - 1; i >= 0; i--) {
                    if (own.containsAll(largest.get(i))) {
                        largest.remove(i);
                        calls.remove(i);
                    }
                }
                largest.add(own);
                calls.add(made.call());
            }
        }
        boolean isOneTraining =
                training.optimizer().isPresent() && training.others().isEmpty();
        if (calls.size() > 1 && !isOneTraining) {
            Finding finding = Finding.at(
                            calls.get(1).place(),
                            Code.SS045,
                            "the program makes " + calls.size() + " models, and trains none of them here: all are read")
                    .as(Severity.WARNING)
                    .detail("No verdict on the whole is possible.");
            findings.add(PartNames.choosing(finding, calls));
            unknown.add("several models at " + calls.get(1).place());
        }
    }

    private Node model(List<Made> found, Place place) {
        List<Node> nodes = found.stream().map(layerNodes::of).toList();
        Map<String, Node> config = new LinkedHashMap<>();
        config.put("name", Nodes.text("model", place));
        config.put("layers", new Node.Items(nodes, place));
        return Nodes.written("Functional", config, place)
                .with("keras_version", Nodes.text(guess.version().number(), place));
    }

    /** Penalties that the program's own loop leaves out. */
    private void left(List<LayerNodes.Left> left) {
        if (left.isEmpty()) {
            return;
        }
        Argument first = left.get(0).penalty();
        String which = left.size() == 1 ? "the penalty" : "the penalties of " + left.size() + " arguments";
        findings.add(Finding.at(
                        first.place(),
                        Code.SS111,
                        which + " " + (left.size() == 1 ? "is" : "are")
                                + " not in the loss that is differentiated at "
                                + left.get(0).loss() + ": " + (left.size() == 1 ? "it does" : "they do")
                                + " nothing")
                .detail("Keras adds penalties in fit(). A loop with a tape adds them itself: loss +="
                        + " sum(model.losses)"));
    }

    private Node compiled(RecordedCall call) {
        Map<String, Node> members = new LinkedHashMap<>();
        Nodes nodes = new Nodes(guess.version());
        for (String name : List.of("loss", "loss_weights", "run_eagerly")) {
            Optional<Argument> argument = call.argument(name, name.equals("loss") ? 1 : -1);
            argument.map(a -> nodes.of(name, a.value(), a.place()))
                    .filter(node -> !(node instanceof Node.Hidden))
                    .ifPresent(node -> members.put(name, node));
        }
        return new Node.Tree(members, call.place());
    }

    /** What a loop of the program's own would have given to compile. */
    private Node ofLoop(Value.Made criterion) {
        Node loss = new Nodes(guess.version())
                .of("loss", criterion, criterion.call().place());
        return new Node.Tree(
                loss instanceof Node.Hidden ? Map.of() : Map.of("loss", loss),
                criterion.call().place());
    }

    private void gap(ModelWalk.Gap gap) {
        Value value = gap.value();
        Place place = value instanceof Value.Made made
                ? made.call().place()
                : Reasons.place(value).orElse(Place.start(trace.source()));
        hidden(new Node.Hidden(gap.what(), gap.reason().orElseGet(() -> Reasons.of(value)), place));
    }

    private void hidden(Node.Hidden hidden) {
        unread(hidden.what() + " is not known: " + hidden.reason(), hidden.place());
    }

    private void unread(String message, Place place) {
        Finding finding = Finding.at(place, Code.SS045, message)
                .detail("No verdict on the whole is possible; everything else is read.");
        if (findings.stream().noneMatch(f -> f.place().equals(finding.place()))) {
            findings.add(finding);
            unknown.add(message + " at " + place);
        }
    }

    private void others(Training training) {
        for (RecordedCall other : training.others()) {
            String what = training.compile().isPresent() ? "compile" : "optimizer";
            String taken = training.optimizer().map(a -> a.place().toString()).orElse("the last");
            Finding finding = Finding.at(
                            other.place(),
                            Code.SS045,
                            "the program has several calls of " + what + "; the last is read: " + taken)
                    .as(Severity.WARNING)
                    .detail("No verdict on the whole is possible.");
            findings.add(PartNames.choosing(finding, Training.all(trace)));
            unknown.add("several calls of " + what + " at " + other.place());
        }
    }
}

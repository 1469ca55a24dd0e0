package samestep.dialect.keras.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.Event;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/**
 * What a program sets or replaces after it has made its model and optimizer: numbers and methods of the optimizer, a step or a
 * loss of the model's own, weights between two trainings, another model than the one that is compiled, weights of samples.
 */
final class SetByProgram {
    /** What a variable of Keras has that changes it, or whether it is trained. */
    private static final Set<String> OF_WEIGHTS = Set.of("constraint", "regularizer", "overwrite_with_gradient");

    private static final Set<String> RATES = Set.of("lr", "learning_rate");
    private static final Set<String> FITS =
            Set.of("fit", "fit_generator", "train_on_batch", "apply_gradients", "stateless_apply");
    private static final Set<String> SETS = Set.of("set_weights", "load_weights");
    private static final Set<String> ASSIGNS = Set.of("assign", "assign_sub", "assign_add");
    /** What a model or an optimizer computes an update with, and a program may replace. */
    private static final Set<String> METHODS = Set.of(
            "train_step",
            "compute_loss",
            "compute_gradients",
            "make_train_function",
            "train_function",
            "optimizer",
            "compiled_loss",
            "loss");

    private static final List<String> CLASSES = List.of(".optimizers", ".losses", ".layers", ".Model", ".Sequential");
    private static final int DEEPEST = 12;

    private final Trace trace;
    private final Training training;
    private final Map<Place, String> changes = new LinkedHashMap<>();

    SetByProgram(Trace trace, Training training) {
        this.trace = trace;
        this.training = training;
        for (Event event : trace.events()) {
            if (event instanceof Event.AttributeSet set) {
                attribute(set);
            } else if (event instanceof RecordedCall call) {
                call(call);
            }
        }
        training.models().forEach(this::ownMethods);
    }

    /** What is not read, by place. */
    Map<Place, String> all() {
        return changes;
    }

    private void attribute(Event.AttributeSet set) {
        if (isOptimizer(set.owner()) && !RATES.contains(set.name())) {
            changes.putIfAbsent(set.place(), "the program sets " + set.name() + " of the optimizer here");
        } else if (METHODS.contains(set.name()) && isModel(set.owner())) {
            changes.putIfAbsent(set.place(), "the program sets " + set.name() + " of the model here");
        } else if (OF_WEIGHTS.contains(set.name()) && isOfModel(set.owner(), 0)) {
            changes.putIfAbsent(set.place(), "the program sets " + set.name() + " of a weight here");
        } else if (set.owner() instanceof Value.Library library
                && CLASSES.stream().anyMatch(library.name()::contains)) {
            changes.putIfAbsent(set.place(), library.name() + "." + set.name() + " is replaced here");
        }
    }

    /** A class of the program that computes its loss or gradients in its own way. */
    private void ownMethods(Value model) {
        if (!(model instanceof Instance instance)) {
            return;
        }
        for (String name : List.of("compute_loss", "compute_gradients", "make_train_function")) {
            instance.type()
                    .attribute(name)
                    .filter(FunctionValue.class::isInstance)
                    .map(f -> (FunctionValue) f)
                    .ifPresent(f ->
                            changes.putIfAbsent(instance.type().place(), "the model's own " + name + " is not read"));
        }
    }

    private void call(RecordedCall call) {
        String last = Names.last(call.name());
        Optional<Value> owner = call.owner();
        if (call.name().equals("exec") || call.name().equals("execfile")) {
            changes.putIfAbsent(call.place(), "text is executed here, which is not followed");
        } else if (call.name().equals("tensorflow.custom_gradient")) {
            changes.putIfAbsent(call.place(), "a function has gradients of its own");
        } else if (ASSIGNS.contains(last) && owner.filter(this::isOfOptimizer).isPresent()) {
            changes.putIfAbsent(call.place(), "the program assigns what the optimizer holds here");
        } else if (SETS.contains(last) && owner.filter(this::isOurs).isPresent() && isBesideTraining(call)) {
            changes.putIfAbsent(call.place(), "weights are set here, in the loop that trains them");
        } else if (FITS.contains(last)) {
            fitted(call, owner);
        }
        lambdas(call);
        stopped(call);
    }

    /** A weight of a model or of one of its layers: {@code model.layers[0].kernel}. */
    private boolean isOfModel(Value value, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (value instanceof Value.Member member) {
            return isModel(member.owner())
                    || member.owner() instanceof Value.Made made
                            && Names.layerClass(made.call().callee()).isPresent()
                    || isOfModel(member.owner(), depth + 1);
        }
        return value instanceof Value.Element element && isOfModel(element.owner(), depth + 1)
                || value instanceof Value.Each each && isOfModel(each.iterable(), depth + 1);
    }

    /** A layer that is given a function which stops gradients. */
    private static boolean isStop(Value function) {
        return function instanceof Value.Library library && library.name().endsWith("stop_gradient")
                || function instanceof FunctionValue own && own.place().text().contains("stop_gradient");
    }

    private void stopped(RecordedCall call) {
        boolean isLayer = Names.layerClass(call.callee()).isPresent();
        boolean isInModel = Names.last(call.name()).equals("stop_gradient")
                && call.positional().stream()
                        .map(RecordedCall.Argument::value)
                        .anyMatch(value -> value instanceof Value.Made made
                                && made.call().callee() instanceof Value.Made layer
                                && Names.layerClass(layer.call().callee()).isPresent());
        if (isInModel
                || isLayer && call.positional().stream().anyMatch(a -> isStop(a.value()))
                || isLayer && call.keywords().values().stream().anyMatch(a -> isStop(a.value()))) {
            changes.putIfAbsent(call.place(), "gradients are stopped in the model here");
        }
    }

    private void fitted(RecordedCall call, Optional<Value> owner) {
        for (String weights : List.of("class_weight", "sample_weight")) {
            call.keyword(weights)
                    .filter(a -> !(a.value() instanceof Value.None))
                    .ifPresent(a -> changes.putIfAbsent(a.place(), weights + " weights the loss"));
        }
        boolean isLoaded = owner.filter(o -> o instanceof Value.Made made
                        && Names.last(made.call().name()).equals("load_model"))
                .isPresent();
        if (isLoaded && !training.models().contains(owner.orElseThrow())) {
            changes.putIfAbsent(call.place(), "what is trained here is a model from a file, with its own optimizer");
        }
    }

    /** A lambda is not followed where it stands for a method of a callback. */
    private void lambdas(RecordedCall call) {
        if (!Names.last(call.name()).equals("LambdaCallback")) {
            return;
        }
        call.keywords().values().stream()
                .filter(a -> a.value() instanceof FunctionValue f && f.name().equals("<lambda>"))
                .forEach(a -> changes.putIfAbsent(a.place(), "a callback's lambda is not followed"));
    }

    /** In a loop that trains too. */
    private boolean isBesideTraining(RecordedCall call) {
        List<Place> loops =
                call.circumstances().loops().stream().map(Loop::place).toList();
        return trace.calls().stream()
                .filter(other -> FITS.contains(Names.last(other.name())))
                .anyMatch(other ->
                        other.circumstances().loops().stream().map(Loop::place).anyMatch(loops::contains));
    }

    /** A model that is trained, or a part of one; anything, where it is not known which one is trained. */
    private boolean isOurs(Value owner) {
        return training.models().isEmpty() || LossTerm.mentions(owner, training.models()::contains);
    }

    private boolean isModel(Value owner) {
        return OwnLoop.mayBeModel(owner) || training.models().contains(owner);
    }

    private static boolean isOptimizer(Value value) {
        return value instanceof Value.Member member && member.name().equals("optimizer")
                || value instanceof Value.Made made
                        && Names.optimizerClass(made.call().callee()).isPresent();
    }

    /** A variable of the optimizer, but for its rate, which is read. */
    private boolean isOfOptimizer(Value value) {
        Value at = value;
        for (int i = 0; i < DEEPEST; i++) {
            if (at instanceof Value.Member member) {
                if (isOptimizer(member.owner())) {
                    return !RATES.contains(member.name());
                }
                at = member.owner();
            } else if (at instanceof Value.Element element) {
                at = element.owner();
            } else if (at instanceof Value.Each each) {
                at = each.iterable();
            } else if (at instanceof Value.Made made && made.call().owner().isPresent()) {
                at = made.call().owner().get();
            } else {
                return false;
            }
        }
        return false;
    }
}

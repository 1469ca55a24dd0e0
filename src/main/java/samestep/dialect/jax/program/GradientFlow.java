package samestep.dialect.jax.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.FunctionValue;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/** What a program does to gradients between the loss and the chain: anything that is not read is a stage that is not known. */
final class GradientFlow {
    private static final int DEEPEST = 30;

    private final Trace trace;
    private final Map<Place, String> changes = new LinkedHashMap<>();

    GradientFlow(Trace trace) {
        this.trace = trace;
        Losses.penalties(trace)
                .forEach(call -> changes.put(
                        call.place(), "the loss has a number of the weights alone in it, as a penalty has"));
        for (RecordedCall call : trace.calls()) {
            gradients(call).ifPresent(given -> follow(given.value(), given.place(), 0));
            losses(call);
            if (call.lastName().equals("init") && isOfChain(call) && isInTraining(call)) {
                changes.put(call.place(), "the optimizer's state is made again in the loop that trains");
            }
            if (call.name().equals("optax.incremental_update") && isOfTrained(call)) {
                changes.put(call.place(), "weights after the update are mixed with those before it");
            }
            if (call.name().equals("optax.apply_updates")) {
                twice(call);
                call.argument("updates", 1).ifPresent(given -> updates(given.value(), given.place()));
            }
            boolean isOfUpdated = TreeWorld.isMap(call)
                    && call.positional().size() == 2
                    && isUpdated(call.positional().get(1).value());
            if (isOfUpdated && !(call.positional().get(0).value() instanceof Value.Library)) {
                changes.put(call.place(), "the weights are changed after the update");
            }
        }
    }

    private static boolean isOfChain(RecordedCall call) {
        return call.owner()
                .filter(owner -> OptaxNames.behind(owner) instanceof Value.Made made && isOptimizer(made.call()))
                .isPresent();
    }

    /** Whether the same loops are around it as around an update. */
    private boolean isInTraining(RecordedCall init) {
        return !places(init).isEmpty()
                && trace.calls().stream()
                        .anyMatch(call -> call.lastName().equals("update")
                                && isOfChain(call)
                                && places(call).equals(places(init)));
    }

    private static List<Place> places(RecordedCall call) {
        return call.circumstances().loops().stream().map(Loop::place).toList();
    }

    /** An average of weights takes those before it from elsewhere; here they are those that the update was added to. */
    private static boolean isOfTrained(RecordedCall call) {
        return call.positional().size() > 1
                && call.positional().get(0).value() instanceof Value.Made updated
                && isUpdated(updated)
                && updated.call()
                        .argument("params", 0)
                        .filter(a -> a.value().equals(call.positional().get(1).value()))
                        .isPresent();
    }

    /** The same updates are added once. */
    private void twice(RecordedCall call) {
        Optional<Value> own = call.argument("updates", 1).map(RecordedCall.Argument::value);
        boolean isAgain = own.isPresent()
                && own.get().isSymbolic()
                && trace.calls().stream()
                        .anyMatch(other -> other.number() < call.number()
                                && other.name().equals(call.name())
                                && !other.place().equals(call.place())
                                && other.argument("updates", 1)
                                        .filter(a -> Keys.of(a.value()).equals(Keys.of(own.get())))
                                        .isPresent());
        if (isAgain) {
            changes.put(call.place(), "the same updates are added a second time");
        }
    }

    /** A number before the whole loss is one before the gradients. */
    private void losses(RecordedCall call) {
        Losses.derived(call).filter(FunctionValue.class::isInstance).ifPresent(loss -> {
            List<Value> unknown = new ArrayList<>();
            call.positional()
                    .forEach(a -> unknown.add(new Value.Unknown("what the loss is of", Optional.of(a.place()))));
            Value given = trace.call(loss, unknown);
            Value value = given instanceof Sequence pair && !pair.elements().isEmpty()
                    ? pair.elements().get(0)
                    : given;
            boolean isScaled = value instanceof Value.Computed product
                    && (product.operator().equals("*") || product.operator().equals("/"))
                    && product.operands().stream().anyMatch(Value.Number.class::isInstance);
            if (isScaled) {
                changes.put(((Value.Computed) value).place(), "the whole loss is multiplied by a number");
            }
        });
    }

    /** What is added to the weights must be what the chain gave. */
    private void updates(Value value, Place place) {
        boolean isOther =
                value instanceof Value.Made made && !made.call().lastName().equals("update")
                        || value instanceof Value.Computed;
        if (isOther) {
            changes.put(place, "what the chain gives is changed before it is added to the weights");
        }
    }

    private static boolean isUpdated(Value value) {
        return value instanceof Value.Made made && made.call().name().equals("optax.apply_updates");
    }

    /** The gradients that a call is given. */
    private static Optional<RecordedCall.Argument> gradients(RecordedCall call) {
        if (call.lastName().equals("apply_gradients")) {
            return call.argument("grads", -1);
        }
        boolean isUpdate = call.lastName().equals("update")
                && call.owner()
                        .filter(owner ->
                                OptaxNames.behind(owner) instanceof Value.Made made && isOptimizer(made.call()))
                        .isPresent();
        boolean isOfModel = isUpdate && call.name().contains("nnx.Optimizer");
        // It is given the model first, since Flax 0.11.
        int position = isOfModel ? Math.max(0, call.positional().size() - 1) : 0;
        return isUpdate ? call.argument(isOfModel ? "grads" : "updates", position) : Optional.empty();
    }

    private static boolean isOptimizer(RecordedCall call) {
        return OptaxNames.isTransform(call) || call.name().endsWith("nnx.Optimizer");
    }

    private void follow(Value value, Place place, int depth) {
        if (depth > DEEPEST) {
            changes.put(place, "where these gradients come from is not followed");
        } else if (value instanceof Value.Element element) {
            follow(element.owner(), place, depth + 1);
        } else if (value instanceof Value.OneOf oneOf) {
            oneOf.alternatives().forEach(a -> follow(a.value(), place, depth + 1));
        } else if (value instanceof Value.Made made) {
            followCall(made.call(), depth);
        } else if (value instanceof Value.Computed computed) {
            changes.put(computed.place(), "the gradients are changed");
        } else if (value instanceof Mapping || value instanceof Sequence) {
            changes.put(place, "the gradients are put together here");
        }
    }

    private void followCall(RecordedCall call, int depth) {
        boolean isMean = call.name().equals("jax.lax.pmean");
        if (isMean && !call.positional().isEmpty()) {
            follow(call.positional().get(0).value(), call.place(), depth + 1);
        } else if (Losses.derived(call).isEmpty()) {
            changes.put(call.place(), "the gradients are what " + call.name() + " gives");
        }
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        changes.forEach((place, what) -> findings.add(Finding.at(place, Code.SS043, what + "; this is not read")
                .detail("The update without it is shown; no verdict is exact.")));
        return findings;
    }

    List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        changes.forEach((place, what) -> stages.add(new UnknownStage(
                what + " at " + place, trace.source().text() + place.source().text())));
        return stages;
    }
}

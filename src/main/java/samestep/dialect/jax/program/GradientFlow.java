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
import samestep.program.value.RecordedCall;
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
            if (call.name().equals("optax.apply_updates")) {
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

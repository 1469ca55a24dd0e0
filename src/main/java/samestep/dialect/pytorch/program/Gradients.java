package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Signatures;
import samestep.dialect.pytorch.program.table.Arguments;
import samestep.dialect.pytorch.program.table.FabricClip;
import samestep.dialect.pytorch.program.table.Prepared;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.Trace;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.RecordedCall;
import samestep.program.value.Show;
import samestep.program.value.Value;
import samestep.recipe.Stage;

/** What the training loop does to gradients before the optimizer's step. */
final class Gradients {
    private final Trace trace;
    private final RecordedCall step;
    private final Losses losses;
    private final Groups groups;
    private final Unread unread;
    private final List<Finding> findings;

    /**
     * @param groups the parameters that the optimizer has
     */
    Gradients(Trace trace, RecordedCall step, Groups groups, Unread unread, List<Finding> findings) {
        this.trace = trace;
        this.step = step;
        this.losses = new Losses(trace, step);
        this.groups = groups;
        this.unread = unread;
        this.findings = findings;
    }

    /** The clips, in order. */
    List<BeforeStep> clips() {
        List<BeforeStep> stages = new ArrayList<>();
        List<RecordedCall> seen = new ArrayList<>();
        for (RecordedCall call : trace.calls()) {
            String last = call.lastName();
            boolean isOurs = call.name().startsWith(PythonDefinitions.OURS);
            boolean isClip = isOurs
                    ? GradientClips.isOurs(last)
                    : !GradientClips.isOurs(last)
                                    && (last.startsWith("clip_grad_norm") || last.startsWith("clip_grad_value"))
                            || FabricClip.is(call, step);
            boolean isNew = seen.stream().noneMatch(other -> other.place().equals(call.place()));
            if (isClip && isNew && !Steps.places(call).equals(Steps.places(step))) {
                seen.add(call);
                unread.add(call.place(), "gradients are clipped here, in another loop than the optimizer's step");
            } else if (isClip && isNew) {
                seen.add(call);
                inSomeTurns(call);
                ClipOrder.unread(call, step, trace, losses.backward(), unread);
                clip(call, last).ifPresent(stages::add);
            }
        }
        return stages;
    }

    /** A clip that not every step has, or that has another number later, in loops whose turns are known. */
    private void inSomeTurns(RecordedCall clip) {
        Set<List<Object>> turns = new HashSet<>();
        Set<String> shown = new HashSet<>();
        for (RecordedCall call : trace.calls()) {
            if (call.place().equals(clip.place())) {
                turns.add(Steps.turns(call, Integer.MAX_VALUE));
                call.positional().stream().skip(1).forEach(a -> shown.add(Show.value(a.value())));
            }
        }
        boolean isAlways = trace.isCutOff()
                || trace.calls().stream()
                        .filter(call -> call.place().equals(step.place()))
                        .allMatch(call -> turns.contains(Steps.turns(call, Integer.MAX_VALUE)));
        boolean isOne = shown.size() < Math.max(2, clip.positional().size());
        if (!isAlways || !isOne) {
            unread.add(clip.place(), "gradients are not clipped alike in all turns of the loop");
        }
    }

    private Optional<BeforeStep> clip(RecordedCall call, String last) {
        if (FabricClip.is(call, step)) {
            inStep(call);
            return FabricClip.object(call, findings)
                    .flatMap(object -> GradientClips.read(object, findings))
                    .map(BeforeStep::all);
        }
        if (!call.argument("parameters", 0)
                .map(a -> groups.areAll(a.value()) || Prepared.areParameters(a.value(), step))
                .orElse(true)) {
            unread.add(
                    call.place(), "gradients are clipped here, and not just those of all the optimizer's parameters");
            return Optional.empty();
        }
        String name = last.endsWith("_") || GradientClips.isOurs(last) ? last : last + "_";
        Map<String, PytorchValue> values = new LinkedHashMap<>();
        Signatures.arguments(call, name)
                .ifPresentOrElse(
                        given -> values.putAll(new Arguments(findings).values(name, given)),
                        () -> findings.add(
                                Finding.at(call.place(), Code.SS010, "not all arguments of " + name + " are known")));
        inStep(call);
        return GradientClips.read(
                        new PytorchObject("torch.nn.utils." + name, values, Optional.of(call.place())), findings)
                .map(BeforeStep::all);
    }

    /** Says where a clip has a condition that the step does not have. */
    private void inStep(RecordedCall clip) {
        clip.circumstances().conditions().stream()
                .filter(c -> step.circumstances().conditions().stream()
                        .noneMatch(s -> s.place().equals(c.place())))
                .findFirst()
                .ifPresent(other -> findings.add(
                        Finding.at(clip.place(), Code.SS010, "whether gradients are clipped is not known: " + other)));
    }

    /** How many batches make one update: of a loop that only the backward pass is in, or of a condition on the step. */
    Optional<BeforeStep> accumulation() {
        List<Loop> inside = losses.inside();
        if (inside.isEmpty()) {
            return counted();
        }
        Optional<Integer> turns = inside.size() == 1
                ? Steps.turns(inside.get(0)).map(n -> n.decimal().intValue())
                : Optional.empty();
        if (turns.isEmpty()
                || turns.get() > Stage.Accumulation.MOST
                || counted().isPresent()) {
            findings.add(Finding.at(
                    inside.get(0).place(),
                    Code.SS010,
                    "how many batches make one update is not known: the backward pass is in this loop, the"
                            + " step is not"));
            return Optional.empty();
        }
        return turns.filter(n -> n > 1).map(n -> BeforeStep.all(new Stage.Accumulation(n, isDivided(n))));
    }

    /** {@code if (i + 1) % n == 0: optimizer.step()}: so many batches make one update. */
    private Optional<BeforeStep> counted() {
        for (Condition condition : step.circumstances().conditions()) {
            Optional<Value.Number> every = every(condition.test());
            if (every.isEmpty() && isCounted(condition.test())) {
                findings.add(Finding.at(
                        condition.place(),
                        Code.SS010,
                        "how many batches make one update is not known: " + Values.why(condition.test())));
            }
            if (every.isPresent() && condition.holds() && every.get().small().isPresent()) {
                int microSteps = every.get().small().get();
                if (microSteps < 2) {
                    return Optional.empty();
                }
                if (microSteps > Stage.Accumulation.MOST) {
                    findings.add(Finding.at(
                            condition.place(), Code.SS010, microSteps + " batches in an update cannot be read"));
                    return Optional.empty();
                }
                return Optional.of(BeforeStep.all(new Stage.Accumulation(microSteps, isDivided(microSteps))));
            }
        }
        return Optional.empty();
    }

    static boolean isCounted(Value test) {
        return test instanceof Value.Computed computed
                && (computed.operator().equals("%")
                        || computed.operands().stream().anyMatch(Gradients::isCounted));
    }

    private static Optional<Value.Number> every(Value test) {
        Value inner = test;
        if (test instanceof Value.Computed computed
                && (computed.operator().equals("==") || computed.operator().equals("or"))) {
            inner = computed.operands().get(0);
            if (computed.operator().equals("or")) {
                return every(inner);
            }
        } else if (test instanceof Value.Computed computed
                && computed.operator().equals("not")) {
            inner = computed.operands().get(0);
        }
        return inner instanceof Value.Computed rest
                        && rest.operator().equals("%")
                        && rest.operands().get(1) instanceof Value.Number number
                ? Optional.of(number)
                : Optional.empty();
    }

    /** Whether the loss that is differentiated was divided by the number of batches. */
    private boolean isDivided(int microSteps) {
        return losses.data(microSteps, value -> false).map(Losses.Data::isMean).orElse(false);
    }

    /** What the data's loss is against the mean over a batch; empty where it is that. */
    Optional<BeforeStep> lossScale(int microSteps, Predicate<Value> isPenalty) {
        losses.unread(isPenalty, unread);
        return losses.data(microSteps, isPenalty).flatMap(Losses::scale).map(BeforeStep::all);
    }

    /** Whether a clip is between the backward pass and the step, once for each step, and of gradients that are not scaled. */
    private static final class ClipOrder {
        private ClipOrder() {}

        /** Says where it is not. */
        static void unread(
                RecordedCall clip, RecordedCall step, Trace trace, Optional<RecordedCall> backward, Unread unread) {
            if (clip.number() > step.number()) {
                unread.add(clip.place(), "gradients are clipped here, after the optimizer's step");
            } else if (backward.filter(b -> clip.number() < b.number()).isPresent()) {
                unread.add(clip.place(), "gradients are clipped here, before the backward pass");
            } else if (isOfEachBatch(clip, step)) {
                unread.add(
                        clip.place(),
                        "gradients are clipped here for each batch, and the optimizer steps after several");
            } else if (isScaled(clip, trace, backward)) {
                unread.add(
                        clip.place(),
                        "gradients are clipped here while they are scaled: unscale_ was not called before");
            }
        }

        private static boolean isOfEachBatch(RecordedCall clip, RecordedCall step) {
            return step.circumstances().conditions().stream()
                    .filter(c -> Gradients.isCounted(c.test()))
                    .anyMatch(c -> clip.circumstances().conditions().stream()
                            .noneMatch(d -> d.place().equals(c.place())));
        }

        /** Whether the loss was scaled by a scaler that did not unscale the gradients before the clip. */
        private static boolean isScaled(RecordedCall clip, Trace trace, Optional<RecordedCall> backward) {
            boolean isScaled = backward.flatMap(RecordedCall::owner)
                    .filter(owner -> owner instanceof Value.Made made
                            && made.call().name().endsWith("GradScaler().scale"))
                    .isPresent();
            return isScaled
                    && trace.calls().stream()
                            .noneMatch(call -> call.lastName().equals("unscale_") && call.number() < clip.number());
        }
    }
}

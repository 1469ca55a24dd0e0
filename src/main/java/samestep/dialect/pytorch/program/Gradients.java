package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.Trace;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Stage;

/** What the training loop does to gradients before the optimizer's step. */
final class Gradients {
    private final Trace trace;
    private final RecordedCall step;
    private final List<Finding> findings;

    Gradients(Trace trace, RecordedCall step, List<Finding> findings) {
        this.trace = trace;
        this.step = step;
        this.findings = findings;
    }

    /** The stages, in order: accumulation, then clips. */
    List<BeforeStep> stages() {
        List<BeforeStep> stages = new ArrayList<>();
        accumulation().ifPresent(stages::add);
        List<RecordedCall> seen = new ArrayList<>();
        for (RecordedCall call : trace.calls()) {
            String last = call.lastName();
            boolean isClip = last.startsWith("clip_grad_norm") || last.startsWith("clip_grad_value");
            boolean isNew = seen.stream().noneMatch(other -> other.place().equals(call.place()));
            if (isClip && isNew && !Steps.places(call).equals(Steps.places(step))) {
                seen.add(call);
                findings.add(
                        Beside.unread(call, "gradients are clipped here, in another loop than the optimizer's step"));
            } else if (isClip && isNew) {
                seen.add(call);
                clip(call, last).ifPresent(stages::add);
            }
        }
        return stages;
    }

    private Optional<BeforeStep> clip(RecordedCall call, String last) {
        String name = last.endsWith("_") ? last : last + "_";
        Map<String, PytorchValue> values = new LinkedHashMap<>();
        Signatures.arguments(call, name)
                .ifPresentOrElse(
                        given -> values.putAll(new Arguments(findings).values(name, given)),
                        () -> findings.add(
                                Finding.at(call.place(), Code.SS010, "not all arguments of " + name + " are known")));
        List<Condition> others = call.circumstances().conditions().stream()
                .filter(c -> step.circumstances().conditions().stream()
                        .noneMatch(s -> s.place().equals(c.place())))
                .toList();
        if (!others.isEmpty()) {
            findings.add(Finding.at(
                    call.place(), Code.SS010, "whether gradients are clipped is not known: " + others.get(0)));
        }
        return GradientClips.read(
                        new PytorchObject("torch.nn.utils." + name, values, Optional.of(call.place())), findings)
                .map(BeforeStep::all);
    }

    /** {@code if (i + 1) % n == 0: optimizer.step()}: so many batches make one update. */
    private Optional<BeforeStep> accumulation() {
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

    private static boolean isCounted(Value test) {
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
        return trace.calls().stream()
                .filter(call -> call.name().endsWith("backward"))
                .flatMap(call -> call.owner().stream())
                .anyMatch(loss -> loss instanceof Value.Computed quotient
                        && quotient.operator().equals("/")
                        && quotient.operands().get(1) instanceof Value.Number n
                        && n.value() == microSteps);
    }
}

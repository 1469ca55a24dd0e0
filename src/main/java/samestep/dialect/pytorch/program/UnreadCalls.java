package samestep.dialect.pytorch.program;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import samestep.dialect.CalledNames;
import samestep.dialect.pytorch.program.table.FabricClip;
import samestep.dialect.pytorch.program.table.Optimizers;
import samestep.dialect.pytorch.program.table.Prepared;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/**
 * Functions that are not in the program and are given its optimizer, or between the backward pass and the step its model: they
 * may change the rate, the gradients, or the update. Those whose names say that they do not are left out.
 */
final class UnreadCalls {
    private static final Set<String> TRAINER = Set.of(
            "accumulate_grad_batches",
            "gradient_clip_val",
            "gradient_accumulation_steps",
            "gradient_accumulation_plugin",
            "deepspeed_plugin",
            "megatron_lm_plugin",
            "max_grad_norm");
    private static final Set<String> OF_GRADIENTS = Set.of(
            "zero_grad",
            "no_grad",
            "enable_grad",
            "set_grad_enabled",
            "is_grad_enabled",
            "requires_grad_",
            "grad",
            "inference_mode");
    /** Methods of the optimizer's owner or of mixed precision that change no update. */
    private static final Set<String> PASSES = Set.of("unscale_", "step", "update");

    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final Steps steps;
    private final ModelWorld world;
    private final Unread unread;

    UnreadCalls(Trace trace, List<RecordedCall> optimizer, Steps steps, ModelWorld world, Unread unread) {
        this.trace = trace;
        this.optimizer = optimizer;
        this.steps = steps;
        this.world = world;
        this.unread = unread;
    }

    /** Adds each call; whether one of them sets the rate. */
    boolean find(List<Finding> findings) {
        int backward = steps.step()
                .flatMap(step -> new Losses(trace, step).backward())
                .map(RecordedCall::number)
                .orElse(Integer.MAX_VALUE);
        int step = steps.step().map(RecordedCall::number).orElse(-1);
        boolean setsRate = false;
        for (RecordedCall call : trace.calls()) {
            boolean isBetween = call.number() > backward && call.number() < step;
            String name = call.lastName();
            if (call.name().equals("exec") || call.name().equals("execfile")) {
                unread.add(call.place(), "text is executed here, which is not followed");
            } else if (call.keywords().entrySet().stream().anyMatch(UnreadCalls::isOfTrainer)) {
                unread.add(call.place(), "a trainer is given what changes the update");
            } else if (isPassed(call) || Schedulers.isScheduler(call)) {
                continue;
            } else if (values(call).anyMatch(this::isOptimizer)) {
                setsRate |= given(call, name, findings);
            } else if (isBetween && mayChangeGradients(call, name)) {
                unread.add(call.place(), call.lastName() + " may change gradients");
            }
        }
        return setsRate;
    }

    /** An argument that changes an update; one batch in an update is what there is without it. */
    private static boolean isOfTrainer(Map.Entry<String, RecordedCall.Argument> argument) {
        Value value = argument.getValue().value();
        boolean isOne = value instanceof Value.Number number && number.value() == 1;
        boolean isBatches = argument.getKey().equals("accumulate_grad_batches")
                || argument.getKey().equals("gradient_accumulation_steps");
        return TRAINER.contains(argument.getKey()) && !(value instanceof Value.None) && !(isBatches && isOne);
    }

    private boolean isPassed(RecordedCall call) {
        String last = call.lastName();
        boolean isClip = steps.step().filter(s -> FabricClip.is(call, s)).isPresent();
        return isClip
                || last.startsWith("clip_grad_")
                || PASSES.contains(last)
                || Prepared.result(call).isPresent()
                || last.endsWith("backward")
                || OF_GRADIENTS.contains(last)
                || call.name().equals("apex.amp.master_params")
                || call.name().startsWith("samestep.")
                || call.name().startsWith(PythonDefinitions.OURS);
    }

    /** Whether it sets the rate. */
    private boolean given(RecordedCall call, String name, List<Finding> findings) {
        boolean isClass = !name.isEmpty() && Character.isUpperCase(name.charAt(0));
        if (!isClass && CalledNames.isHarmless(name)) {
            return false;
        }
        // A scheduler of the program's own makes the one that it inherits from: super().__init__(optimizer, ...).
        if (CalledNames.maySetRate(name) || call.name().contains("lr_scheduler.")) {
            boolean isNew = findings.stream()
                    .noneMatch(f -> f.place().filter(call.place()::equals).isPresent());
            if (isNew) {
                String what = CalledNames.isScheduler(name)
                        ? "the scheduler " + call.name() + " is not known"
                        : call.name() + " may set the rate, and is not known";
                findings.add(Finding.at(call.place(), Code.SS441, what)
                        .detail("The rates of the updates are not known; lr is what the optimizer is made with."));
            }
            return true;
        }
        unread.add(call.place(), call.lastName() + " is given the optimizer and may change what it does");
        return false;
    }

    private boolean mayChangeGradients(RecordedCall call, String name) {
        boolean isTorch = call.name().startsWith("torch.") && call.owner().isEmpty();
        if (isTorch || CalledNames.isHarmless(name)) {
            return false;
        }
        return CalledNames.mayChangeGradients(name) || values(call).anyMatch(this::isModel);
    }

    private static Stream<Value> values(RecordedCall call) {
        return Stream.concat(call.positional().stream(), call.keywords().values().stream())
                .map(RecordedCall.Argument::value);
    }

    /** A model of which parameters are known, or a list of these. */
    private boolean isModel(Value value) {
        return world.isModel(value)
                || world.parameter(value).isPresent()
                || world.parametersOf(value).isPresent();
    }

    private boolean isOptimizer(Value value) {
        return Optimizers.isIn(value, optimizer);
    }
}

package samestep.dialect.pytorch.program;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** What a program does that may change the update and is not read: each is said at its place. */
final class Beside {
    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final Steps steps;
    private final ModelWorld world;
    private final Set<Object> used = new HashSet<>();
    private final Unread unread;
    private final List<Finding> findings;
    private final Set<Place> seen = new HashSet<>();

    /**
     * @param optimizer the calls that made it
     * @param groups its parameters
     */
    Beside(
            Trace trace,
            List<RecordedCall> optimizer,
            Steps steps,
            ModelWorld world,
            List<Groups.Group> groups,
            Unread unread,
            List<Finding> findings) {
        this.trace = trace;
        this.optimizer = optimizer;
        this.steps = steps;
        this.world = world;
        this.unread = unread;
        groups.forEach(group -> group.parameters().forEach(p -> used.add(p.id())));
        this.findings = findings;
    }

    /** Says all of it; whether the program sets the rate by itself. */
    boolean check() {
        new GradientChanges(trace, optimizer, steps, world, used, unread).find();
        new Zeroing(trace, optimizer, steps, world, used, unread).check();
        steps.unread(unread);
        forward();
        boolean setsRate = new UnreadCalls(trace, optimizer, steps, world, unread).find(findings);
        for (Event event : trace.events()) {
            if (event instanceof RecordedCall call) {
                call(call);
            } else if (event instanceof Event.AttributeSet set) {
                attribute(set);
            }
        }
        if (!world.assumed().isEmpty()) {
            findings.add(Finding.at(
                            optimizer.get(0).place(),
                            Code.SS342,
                            "the program sorts parameters by name, and the model is not in it")
                    .detail("Its normalisations are taken to have these words in their names, and nothing else: "
                            + String.join(", ", world.assumed()) + "."));
        }
        timm();
        if (steps.step().isEmpty()) {
            trace.calls().stream()
                    .filter(call -> call.name().contains("clip_grad_"))
                    .forEach(call -> unread.add(
                            call.place(), "gradients are clipped here, and the optimizer's step was not found"));
        }
        return setsRate;
    }

    /** timm's rule for a model that is not in the program. */
    private void timm() {
        trace.calls().stream()
                .filter(TimmWorld::isRule)
                .filter(call -> !call.positional().isEmpty()
                        && world.isModel(call.positional().get(0).value())
                        && world.ofModel(call.positional().get(0).value()).stream()
                                .anyMatch(ModelParameter::isStandIn))
                .findFirst()
                .ifPresent(call -> findings.add(Finding.at(
                                call.place(),
                                Code.SS342,
                                "timm leaves out of the decay parameters of one dimension, and those that the model"
                                        + " names in no_weight_decay(); the model is not in the program")
                        .detail("It is taken to name none.")));
    }

    private void forward() {
        steps.step()
                .flatMap(step -> new Losses(trace, step).backward())
                .ifPresent(backward -> Losses.of(backward)
                        .ifPresent(loss -> new Forward(world, used).check(loss, backward.place(), unread)));
        boolean isScaled = steps.step()
                .flatMap(step -> new Losses(trace, step).backward())
                .flatMap(RecordedCall::owner)
                .filter(owner ->
                        owner instanceof Value.Made made && made.call().name().endsWith("GradScaler().scale"))
                .isPresent();
        steps.step()
                .filter(step -> isScaled && step.positional().isEmpty())
                .ifPresent(
                        step -> unread.add(step.place(), "the scaled gradients are not scaled back before the step"));
    }

    private void call(RecordedCall call) {
        if (call.lastName().equals("requires_grad_")
                && call.argument("requires_grad", 0)
                        .filter(a -> !(a.value() instanceof Value.Bool b && b.value()))
                        .isPresent()) {
            unread.add(call.place(), "parameters are frozen here");
        }
    }

    private void attribute(Event.AttributeSet set) {
        boolean isInLoop = steps.step()
                .map(step -> step.circumstances().loops())
                .filter(loops -> !loops.isEmpty())
                .filter(loops -> set.circumstances().loops().stream()
                        .anyMatch(loop -> loop.place().equals(loops.get(0).place())))
                .isPresent();
        boolean isParameter = world.parameter(set.owner()).isPresent() || set.owner() instanceof Value.Each;
        if (set.name().equals("requires_grad") && isInLoop && isParameter) {
            unread.add(set.place(), "parameters are frozen or freed here, while they are trained");
        }
        if (set.name().equals("requires_grad")
                && world.parameter(set.owner()).map(ModelParameter::isStandIn).orElse(false)
                && seen.add(set.place())) {
            String what = "parameters of a model that is not in the program are frozen or freed here";
            boolean isUsed = world.parameter(set.owner())
                    .filter(p -> used.contains(p.id()))
                    .isPresent();
            if (isUsed) {
                unread.add(set.place(), what);
            } else {
                findings.add(Finding.at(set.place(), Code.SS043, what + "; this is not read")
                        .detail("The optimizer has others."));
            }
        }
    }
}

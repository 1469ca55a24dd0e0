package samestep.dialect.pytorch.program;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** What a program does that may change the update and is not read: each is said at its place. */
final class Beside {
    /** What changes a parameter or its gradient in the training loop, and is no part of the update. */
    private static final Set<String> HARMLESS = Set.of("requires_grad_", "zero_", "detach_");

    private static final Set<String> TRAINER =
            Set.of("accumulate_grad_batches", "gradient_clip_val", "gradient_accumulation_steps", "max_grad_norm");

    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final Steps steps;
    private final ModelWorld world;
    private final List<Finding> findings;
    private final Set<Place> seen = new HashSet<>();
    private boolean hasOwnScheduler;

    Beside(Trace trace, List<RecordedCall> optimizer, Steps steps, ModelWorld world, List<Finding> findings) {
        this.trace = trace;
        this.optimizer = optimizer;
        this.steps = steps;
        this.world = world;
        this.findings = findings;
    }

    /** A call that may change the update, and is not read. */
    static Finding unread(RecordedCall call, String what) {
        return Finding.at(call.place(), Code.SS043, what + "; this is not read");
    }

    /** Says all of it; whether a scheduler that is not known is given the optimizer. */
    boolean check() {
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
        if (steps.step().isEmpty()) {
            trace.calls().stream()
                    .filter(call -> call.name().contains("clip_grad_"))
                    .forEach(call -> add(call, "gradients are clipped here, and the optimizer's step was not found"));
        }
        return hasOwnScheduler;
    }

    private void add(RecordedCall call, String what) {
        if (seen.add(call.place())) {
            findings.add(unread(call, what));
        }
    }

    private void call(RecordedCall call) {
        String last = call.lastName();
        boolean isGiven = call.positional().stream().anyMatch(a -> isOptimizer(a.value()))
                || call.keyword("optimizer").filter(a -> isOptimizer(a.value())).isPresent();
        if (isGiven && !Schedulers.isScheduler(call)) {
            given(call, last);
        }
        if (call.keywords().keySet().stream().anyMatch(TRAINER::contains)) {
            add(call, "a trainer is given what changes the update");
        }
        Optional<Value> owner = call.owner();
        if (owner.isPresent() && isOfParameter(owner.get()) && last.endsWith("_") && !HARMLESS.contains(last)) {
            inTheLoop(call.circumstances().loops().stream().map(l -> l.place()).toList(), call.place(), last);
        }
        if (last.equals("requires_grad_")
                && call.positional().stream().anyMatch(a -> a.value() instanceof Value.Bool b && !b.value())) {
            add(call, "parameters are frozen here");
        }
    }

    private void given(RecordedCall call, String last) {
        String name = call.name().toLowerCase(Locale.ROOT);
        if (name.contains("sched") || name.contains("warm")) {
            hasOwnScheduler = true;
            if (seen.add(call.place())) {
                findings.add(Finding.at(call.place(), Code.SS441, "the scheduler " + call.name() + " is not known")
                        .detail("The rates of the updates are not known; lr is what the optimizer is made with."));
            }
        } else if (!last.isEmpty() && Character.isUpperCase(last.charAt(0))) {
            add(call, last + " is given the optimizer and may change what it does");
        }
    }

    private boolean isOptimizer(Value value) {
        return value instanceof Value.Made made && optimizer.contains(made.call());
    }

    private void attribute(Event.AttributeSet set) {
        boolean isValue = set.name().equals("data") || set.name().equals("grad");
        boolean isNone = set.value() instanceof Value.None;
        if (isValue && !isNone && isOfParameter(set.owner())) {
            inTheLoop(set.circumstances().loops().stream().map(l -> l.place()).toList(), set.place(), set.name());
        }
        if (set.name().equals("requires_grad")
                && world.parameter(set.owner()).map(ModelParameter::isStandIn).orElse(false)
                && seen.add(set.place())) {
            findings.add(Finding.at(
                    set.place(),
                    Code.SS043,
                    "parameters of a model that is not in the program are frozen or freed here; this is not read"));
        }
    }

    private boolean isOfParameter(Value value) {
        return world.parameter(value).isPresent()
                || value instanceof Value.Member member && isOfParameter(member.owner());
    }

    /** Before the training loop weights are made; in it they are changed. */
    private void inTheLoop(List<Place> loops, Place place, String what) {
        boolean isInside =
                steps.batches().map(loop -> loops.contains(loop.place())).orElse(false);
        if (isInside && seen.add(place)) {
            findings.add(Finding.at(
                    place,
                    Code.SS043,
                    "the training loop changes parameters or gradients by itself, with " + what
                            + "; this is not read"));
        }
    }
}

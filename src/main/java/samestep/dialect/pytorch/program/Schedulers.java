package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import samestep.dialect.curve.StepFunction;
import samestep.dialect.pytorch.ScheduleProducts;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.object.Signatures;
import samestep.dialect.pytorch.program.table.Arguments;
import samestep.dialect.pytorch.program.table.Lengths;
import samestep.dialect.pytorch.program.table.Optimizers;
import samestep.dialect.pytorch.program.table.Prepared;
import samestep.dialect.pytorch.program.table.ScheduleNames;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.schedule.LambdaShapes;
import samestep.dialect.pytorch.schedule.PytorchSchedules;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.FunctionValue;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Schedule;

/** The scheduler of an optimizer. */
final class Schedulers {
    private static final String TORCH = "torch.optim.lr_scheduler.";

    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final Steps steps;
    private final Lengths lengths;
    private final OptionalInt devices;
    private final List<Finding> findings;
    /** Whether a length of a scheduler is not known. */
    private boolean isOpen;
    /** Whether the first rate is not known either. */
    private boolean isNotFollowed;
    /** How many steps the scheduler takes, if known. */
    private OptionalLong run = OptionalLong.empty();

    /**
     * @param devices how many processes train together, if known
     */
    Schedulers(
            Trace trace,
            List<RecordedCall> optimizer,
            Steps steps,
            Lengths lengths,
            OptionalInt devices,
            List<Finding> findings) {
        this.lengths = lengths;
        this.devices = devices;
        this.trace = trace;
        this.optimizer = optimizer;
        this.steps = steps;
        this.findings = findings;
    }

    /** The scheduling; empty where the program makes no scheduler. */
    Optional<Scheduling> scheduling() {
        Map<List<Object>, List<RecordedCall>> byPlace = new LinkedHashMap<>();
        for (RecordedCall call : trace.calls()) {
            if (isScheduler(call) && isOurs(call)) {
                byPlace.computeIfAbsent(List.of(call.place(), call.name()), p -> new ArrayList<>())
                        .add(call);
            }
        }
        List<List<RecordedCall>> own =
                byPlace.values().stream().filter(calls -> !isPart(calls)).toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        RecordedCall first = own.get(0).get(0);
        own.forEach(this::changed);
        Optional<Scheduling> both = own.size() > 1 ? chained(own) : Optional.empty();
        if (both.isPresent()) {
            return both;
        }
        if (own.size() > 1) {
            findings.add(Finding.at(
                    own.get(1).get(0).place(),
                    Code.SS010,
                    "a second scheduler of one optimizer, beside the one at " + first.place()
                            + "; programs with more than one cannot be read yet"));
            return Optional.empty();
        }
        return Optional.of(scheduling(first, own.get(0)));
    }

    /** A scheduler whose numbers or state the program sets itself has other rates than its arguments say. */
    private void changed(List<RecordedCall> calls) {
        trace.events().stream()
                .filter(event -> isChange(event, calls))
                .findFirst()
                .ifPresent(event -> {
                    isNotFollowed = true;
                    findings.add(Finding.at(
                                    event.place(), Code.SS441, "the scheduler is changed here, which is not followed")
                            .detail("The rates of the updates are not known."));
                });
    }

    private static boolean isChange(Event event, List<RecordedCall> calls) {
        if (event instanceof Event.AttributeSet set) {
            return isOf(set.owner(), calls);
        }
        if (event instanceof Event.ElementSet set) {
            return set.owner() instanceof Value.Member member && isOf(member.owner(), calls);
        }
        return event instanceof RecordedCall call
                && call.lastName().equals("load_state_dict")
                && !call.circumstances().isConditional()
                && call.owner().filter(owner -> isOf(owner, calls)).isPresent();
    }

    private static boolean isOf(Value value, List<RecordedCall> calls) {
        return value instanceof Value.Made made && calls.contains(made.call());
    }

    /** Whether not even the first rate is known. To be asked after {@link #scheduling()}. */
    boolean isNotFollowed() {
        return isNotFollowed;
    }

    /** Several that are stepped at the same place are a chain, where each multiplies what the others leave. */
    private Optional<Scheduling> chained(List<List<RecordedCall>> own) {
        Schedule.Unit unit = steps.unit(own.get(0));
        boolean isChain = unit != Schedule.Unit.NOT_SAID
                && own.stream()
                        .allMatch(calls -> isTorch(calls.get(0))
                                && steps.unit(calls) == unit
                                && steps.before(calls).isEmpty()
                                && ScheduleProducts.isFactor(calls.get(0).lastName()));
        if (!isChain) {
            return Optional.empty();
        }
        run = lengths.run(unit);
        List<PytorchValue> parts = new ArrayList<>();
        own.forEach(calls -> parts.add(new PytorchValue.Call(object(calls.get(0)))));
        Optional<Place> place = Optional.of(own.get(0).get(0).place());
        PytorchObject chain = new PytorchObject(
                TORCH + "ChainedScheduler", Map.of("schedulers", new PytorchValue.Many(parts, place)), place);
        return Optional.of(new Scheduling(chain, isOpen ? Schedule.Unit.NOT_SAID : unit));
    }

    private Scheduling scheduling(RecordedCall call, List<RecordedCall> calls) {
        if (ScheduleNames.is(call) && ScheduleNames.named(call).isEmpty()) {
            isNotFollowed = true;
            findings.add(
                    Finding.at(call.place(), Code.SS441, "the schedule that " + call.name() + " makes is not known")
                            .detail(
                                    "Its name, or a number that it needs, is not known. The rates of the updates are not known."));
            return new Scheduling(PytorchObject.of(call.name()), Schedule.Unit.NOT_SAID);
        }
        run = lengths.run(steps.unit(calls));
        PytorchObject scheduler = object(call);
        if (scheduler.className().equals("ReduceLROnPlateau")) {
            findings.add(Finding.at(
                            call.place(),
                            Code.SS441,
                            "the rate drops when a measured value stops improving; no file can tell when")
                    .detail("Only the rate until the first drop is known."));
            return new Scheduling(scheduler, Schedule.Unit.NOT_SAID);
        }
        Optional<RecordedCall> counted = steps.counted(calls);
        Optional<Integer> shift =
                counted.isPresent() && isTorch(call) ? Counted.shift(trace, calls, steps) : Optional.empty();
        boolean isLate = shift.equals(Optional.of(-1)) && Counted.STARTS_AT_BASE.contains(scheduler.className());
        boolean isFollowed = isLate || shift.equals(Optional.of(0)) && Counted.CLOSED.contains(scheduler.className());
        if (counted.isPresent() && !isFollowed) {
            isNotFollowed = true;
            findings.add(Finding.at(
                            counted.get().place(),
                            Code.SS441,
                            "the step of " + scheduler.className() + " is given its count, which is not followed yet")
                    .detail("It sets the rate of that count, from here until the next step:"
                            + " after the updates of an epoch, scheduler.step(epoch) is one epoch late."));
        }
        if (isOpen) {
            isNotFollowed = isNotFollowed || !startsAtBase(scheduler);
            return new Scheduling(scheduler, Schedule.Unit.NOT_SAID);
        }
        Optional<RecordedCall> early = steps.before(calls);
        if (early.isPresent()) {
            isNotFollowed = true;
            findings.add(Finding.at(
                            early.get().place(),
                            Code.SS615,
                            scheduler.className() + " is stepped before the optimizer: the first rate is skipped")
                    .detail("Call scheduler.step() after optimizer.step()."
                            + " The rates of the updates are not known."));
            return new Scheduling(scheduler, Schedule.Unit.NOT_SAID);
        }
        Schedule.Unit unit = inProcesses(scheduler, calls);
        boolean startsAtBase = unit != Schedule.Unit.NOT_SAID || PytorchSchedules.startsAtBase(scheduler);
        isNotFollowed = isNotFollowed || !startsAtBase;
        if (unit == Schedule.Unit.NOT_SAID && steps.unit(calls) == Schedule.Unit.NOT_SAID) {
            findings.add(Finding.at(
                            call.place(),
                            Code.SS441,
                            "the program does not say whether " + scheduler.className()
                                    + " is stepped once an update or once an epoch")
                    .detail("Its step() and the optimizer's were not found in the same loops. "
                            + (startsAtBase
                                    ? "Only the named rate is known."
                                    : "Its first rate is another than the named one, and none is known.")));
        }
        return new Scheduling(isLate ? Counted.late(scheduler) : scheduler, unit);
    }

    /**
     * What a scheduler counts. One that accelerate prepared steps once for each process in an update, unless the processes split a
     * batch. Source: accelerate/scheduler.py, {@code AcceleratedScheduler.step}.
     */
    private Schedule.Unit inProcesses(PytorchObject scheduler, List<RecordedCall> calls) {
        Schedule.Unit unit = steps.unit(calls);
        Optional<RecordedCall> prepared = Prepared.ofScheduler(trace.calls(), calls)
                .filter(call -> call.owner().filter(Prepared::stepsOnce).isEmpty());
        boolean isOne = devices.isPresent() && devices.getAsInt() == 1;
        if (prepared.isEmpty() || isOne || scheduler.className().equals("get_constant_schedule")) {
            return unit;
        }
        String step = "accelerate steps " + scheduler.className();
        findings.add(Finding.at(
                        prepared.get().place(),
                        Code.SS441,
                        devices.isPresent()
                                ? step + " " + devices.getAsInt() + " times at each update, once for each process"
                                : step + " once for each process at each update, and how many there are is not known")
                .detail("The rates after the first are not known."
                        + (devices.isPresent() ? "" : " With one process, --gpus 1 says it.")));
        return Schedule.Unit.NOT_SAID;
    }

    /** Whether a scheduler of which a length is not known has the rate that is named at first: no warm-up goes before. */
    private static boolean startsAtBase(PytorchObject scheduler) {
        return scheduler.className().equals("CosineAnnealingLR")
                || scheduler
                        .number("num_warmup_steps")
                        .filter(n -> n.decimal().signum() == 0)
                        .isPresent();
    }

    private boolean isOurs(RecordedCall call) {
        if (call.name().endsWith("ChainedScheduler")) {
            return call.argument("schedulers", 0)
                    .filter(a -> a.value() instanceof Sequence list
                            && list.elements().stream()
                                    .anyMatch(part -> part instanceof Value.Made made
                                            && isScheduler(made.call())
                                            && isOurs(made.call())))
                    .isPresent();
        }
        return ScheduleNames.optimizer(call)
                .filter(a -> Optimizers.isIn(a.value(), optimizer))
                .isPresent();
    }

    /** Whether it is one of those that a SequentialLR, or another scheduler, is made of. */
    private boolean isPart(List<RecordedCall> calls) {
        return trace.calls().stream()
                .filter(Schedulers::isScheduler)
                .flatMap(call -> call.argument("schedulers", call.name().endsWith("ChainedScheduler") ? 0 : 1).stream())
                .map(Argument::value)
                .filter(Sequence.class::isInstance)
                .flatMap(list -> ((Sequence) list).elements().stream())
                .anyMatch(part -> part instanceof Value.Made made && calls.contains(made.call()));
    }

    static boolean isScheduler(RecordedCall call) {
        String name = call.name();
        String last = call.lastName();
        boolean isTorch = name.startsWith(TORCH) && name.indexOf('(') < 0 && Character.isUpperCase(last.charAt(0));
        boolean isTransformers = ScheduleNames.isLibrary(call) && last.startsWith("get_") && last.contains("schedule");
        return isTorch || isTransformers;
    }

    private PytorchObject object(RecordedCall call) {
        Optional<ScheduleNames.Named> named = ScheduleNames.named(call);
        String last = named.map(ScheduleNames.Named::function).orElse(call.lastName());
        Optional<Map<String, Argument>> arguments =
                named.map(ScheduleNames.Named::arguments).or(() -> Signatures.arguments(call, last));
        Map<String, PytorchValue> values = new LinkedHashMap<>();
        if (arguments.isEmpty() || call.isOpen()) {
            findings.add(Finding.at(call.place(), Code.SS010, "not all arguments of " + last + " are known"));
        }
        arguments.orElse(Map.of()).forEach((name, argument) -> {
            if (name.equals("optimizer") || name.equals("verbose")) {
                return;
            }
            if (Lengths.isLength(name)
                    && Values.of(argument.value(), argument.place()).isEmpty()) {
                Optional<PytorchValue> length = lengths.of(argument).map(PytorchValue.Num::new);
                length.ifPresent(v -> values.put(name, v));
                isOpen = isOpen || length.isEmpty();
                if (length.isEmpty()) {
                    findings.add(Lengths.unknown(last + "." + name, argument));
                }
                return;
            }
            Optional<PytorchValue> value = name.equals("schedulers")
                    ? Optional.of(parts(argument))
                    : name.equals("lr_lambda")
                            ? lambda(last, argument)
                            : new Arguments(findings).value(last, name, argument.value(), argument.place());
            value.ifPresent(v -> values.put(name, v));
        });
        return new PytorchObject((isTorch(call) ? TORCH : "transformers.") + last, values, Optional.of(call.place()));
    }

    private static boolean isTorch(RecordedCall call) {
        return call.name().startsWith(TORCH);
    }

    /** The function evaluated; what is not known of it leaves the rate as the one that is named. */
    private Optional<PytorchValue> lambda(String scheduler, Argument argument) {
        Optional<Value> function = one(argument.value());
        Place place = argument.place();
        if (function.isEmpty()) {
            isOpen = true;
            findings.add(unknown(scheduler + " has a function for each group, which cannot be read yet", place));
            return Optional.empty();
        }
        Value called = function.get();
        String text = called instanceof FunctionValue written ? written.place().text() : place.text();
        Optional<StepFunction.Found> found = new StepFunction(step -> trace.call(called, List.of(step))).find(run);
        if (found.isEmpty()) {
            if (LambdaShapes.isKnown(text)) {
                return Optional.of(new PytorchValue.Text(text, Optional.of(place)));
            }
            isOpen = true;
            findings.add(unknown(
                    "what the function of " + scheduler + " gives is not known: "
                            + Values.why(trace.call(called, List.of(Value.Number.of(1, Origin.NONE)))),
                    place));
            return Optional.empty();
        }
        if (found.get().isTable()) {
            findings.add(Finding.at(
                    place,
                    Code.SS433,
                    "the function of " + scheduler + " is read as a table of its values at "
                            + found.get().sampled()));
        }
        return Optional.of(new PytorchValue.Curve(text, found.get().form(), Optional.of(place)));
    }

    private static Finding unknown(String what, Place place) {
        return Finding.at(place, Code.SS441, what).detail("Only the named rate is known.");
    }

    /** The function of all groups: a list of them may have the same for each. */
    private static Optional<Value> one(Value value) {
        if (!(value instanceof Sequence list)) {
            return Optional.of(value);
        }
        List<Value> distinct = list.elements().stream().distinct().toList();
        return list.isComplete() && distinct.size() == 1 ? Optional.of(distinct.get(0)) : Optional.empty();
    }

    private PytorchValue parts(Argument argument) {
        List<PytorchValue> parts = new ArrayList<>();
        if (argument.value() instanceof Sequence list) {
            for (Value part : list.elements()) {
                if (part instanceof Value.Made made && isScheduler(made.call())) {
                    parts.add(new PytorchValue.Call(object(made.call())));
                }
            }
        }
        return new PytorchValue.Many(parts, Optional.of(argument.place()));
    }
}

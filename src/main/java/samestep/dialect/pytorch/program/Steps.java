package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.dialect.pytorch.program.table.Values;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;

/** Where the training loop steps: the optimizer, and its schedulers. */
final class Steps {
    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final Optional<RecordedCall> step;

    /**
     * @param optimizer the calls that made it
     */
    Steps(Trace trace, List<RecordedCall> optimizer) {
        this.trace = trace;
        this.optimizer = List.copyOf(optimizer);
        this.step =
                trace.calls().stream().filter(call -> steps(call, optimizer)).findFirst();
    }

    /** {@code optimizer.step()}, or {@code scaler.step(optimizer)} of a scaler. */
    private static boolean steps(RecordedCall call, List<RecordedCall> made) {
        if (!call.name().endsWith(".step")) {
            return false;
        }
        boolean isOwn = call.owner()
                .filter(owner -> owner instanceof Value.Made m && made.contains(m.call()))
                .isPresent();
        boolean isGiven =
                call.positional().stream().anyMatch(a -> a.value() instanceof Value.Made m && made.contains(m.call()));
        return isOwn || isGiven;
    }

    /** All steps of the optimizer in the program. */
    List<RecordedCall> all() {
        return trace.calls().stream().filter(call -> steps(call, optimizer)).toList();
    }

    /** The first step of the optimizer in the program. */
    Optional<RecordedCall> step() {
        return step;
    }

    /** Says what the first step does not tell: that there are others, or that a closure is called in it. */
    void unread(Unread unread) {
        if (step.isEmpty()) {
            return;
        }
        RecordedCall first = step.get();
        boolean isOwn = first.owner()
                .filter(owner -> owner instanceof Value.Made m && optimizer.contains(m.call()))
                .isPresent();
        boolean isGiven = Stream.concat(first.positional().stream(), first.keywords().values().stream())
                .anyMatch(a -> !(a.value() instanceof Value.None));
        if (isOwn && (isGiven || first.isOpen())) {
            unread.add(first.place(), "the step calls a function that it is given");
        }
        int depth = places(first).size();
        Set<List<Object>> stepped = new HashSet<>();
        all().forEach(call -> stepped.add(turns(call, depth)));
        if (!trace.isCutOff()) {
            trace.calls().stream()
                    .filter(call -> call.lastName().equals("backward")
                            && startsAlike(places(call), places(first))
                            && !stepped.contains(turns(call, depth)))
                    .findFirst()
                    .ifPresent(call -> unread.add(
                            first.place(), "the optimizer steps in some turns only of the loops that are known"));
        }
        all().stream()
                .filter(call -> !call.place().equals(first.place()) && !areExclusive(call, first))
                .findFirst()
                .ifPresent(call -> unread.add(call.place(), "the optimizer steps here too; its first step is read"));
    }

    private static boolean startsAlike(List<Place> longer, List<Place> start) {
        return longer.size() >= start.size() && longer.subList(0, start.size()).equals(start);
    }

    /** Whether they are in the same turns of the same loops. */
    static boolean areInOneTurn(RecordedCall one, RecordedCall other) {
        return turns(one, Integer.MAX_VALUE).equals(turns(other, Integer.MAX_VALUE));
    }

    /** Whether the two are on different sides of a condition. */
    static boolean areExclusive(RecordedCall one, RecordedCall other) {
        return one.circumstances().conditions().stream()
                .anyMatch(c -> other.circumstances().conditions().stream()
                        .anyMatch(d -> d.place().equals(c.place()) && d.holds() != c.holds()));
    }

    /** What a scheduler counts: decided by the loops around its step and around the optimizer's. */
    Schedule.Unit unit(List<RecordedCall> scheduler) {
        Optional<RecordedCall> own =
                trace.calls().stream().filter(call -> steps(call, scheduler)).findFirst();
        if (own.isEmpty() || step.isEmpty()) {
            return Schedule.Unit.NOT_SAID;
        }
        List<Place> loops = places(step.get());
        List<Place> around = places(own.get());
        if (loops.isEmpty() || !isSure(own.get(), step.get()) || !isOnceATurn(scheduler, around.size())) {
            return Schedule.Unit.NOT_SAID;
        }
        if (around.equals(loops)) {
            return isSure(step.get(), own.get()) || hasTwin() ? Schedule.Unit.UPDATES : Schedule.Unit.NOT_SAID;
        }
        boolean isOutside = around.size() == loops.size() - 1 && around.equals(loops.subList(0, around.size()));
        return isOutside && !around.isEmpty() ? Schedule.Unit.EPOCHS : Schedule.Unit.NOT_SAID;
    }

    /** Whether the scheduler steps exactly once in each turn of its loops in which the optimizer steps. */
    private boolean isOnceATurn(List<RecordedCall> scheduler, int depth) {
        List<RecordedCall> own =
                trace.calls().stream().filter(call -> steps(call, scheduler)).toList();
        if (own.stream().anyMatch(call -> !places(call).equals(places(own.get(0))))) {
            return false;
        }
        Map<List<Object>, RecordedCall> byTurn = new HashMap<>();
        for (RecordedCall call : own) {
            RecordedCall other = byTurn.putIfAbsent(turns(call, Integer.MAX_VALUE), call);
            if (other != null && !areExclusive(call, other)) {
                return false;
            }
        }
        return trace.isCutOff() || all().stream().allMatch(call -> byTurn.containsKey(turns(call, depth)));
    }

    /** The turns of the outermost loops in which a call is. */
    static List<Object> turns(RecordedCall call, int depth) {
        List<Object> turns = new ArrayList<>();
        call.circumstances().loops().stream().limit(depth).forEach(loop -> {
            turns.add(loop.place());
            turns.add(loop.turn());
        });
        return turns;
    }

    /** Whether there is a step on the other side of a condition of the first one. */
    private boolean hasTwin() {
        return all().stream().anyMatch(call -> areExclusive(call, step.orElseThrow()));
    }

    /**
     * The first step of a scheduler, if it is before the first one of the optimizer, in the same loop. One that is given an
     * epoch sets the rate by itself.
     */
    Optional<RecordedCall> before(List<RecordedCall> scheduler) {
        Optional<RecordedCall> own =
                trace.calls().stream().filter(call -> steps(call, scheduler)).findFirst();
        return own.filter(call -> step.isPresent()
                && call.number() < step.get().number()
                && call.positional().isEmpty()
                && call.keywords().isEmpty()
                && !call.circumstances().isConditional()
                && !places(call).isEmpty()
                && !places(step.get()).isEmpty()
                && places(call).get(0).equals(places(step.get()).get(0)));
    }

    /** A step of a scheduler that is given its count, as {@code scheduler.step(epoch)}: it sets the rate of that count. */
    Optional<RecordedCall> counted(List<RecordedCall> scheduler) {
        return trace.calls().stream()
                .filter(call -> steps(call, scheduler))
                .filter(call -> !call.positional().isEmpty() || !call.keywords().isEmpty())
                .findFirst();
    }

    /** No condition holds for the scheduler's step that does not hold for the optimizer's. */
    private static boolean isSure(RecordedCall scheduler, RecordedCall optimizer) {
        List<Place> known = optimizer.circumstances().conditions().stream()
                .map(Circumstances.Condition::place)
                .toList();
        return scheduler.circumstances().conditions().stream()
                .map(Circumstances.Condition::place)
                .allMatch(known::contains);
    }

    static List<Place> places(RecordedCall call) {
        return call.circumstances().loops().stream().map(Loop::place).toList();
    }

    /** The loop over epochs: the one around the loop in which the optimizer steps. */
    Optional<Loop> epochs() {
        List<Loop> loops = step.map(s -> s.circumstances().loops()).orElse(List.of());
        return loops.size() == 2 ? Optional.of(loops.get(0)) : Optional.empty();
    }

    /** The loop in which the optimizer steps. */
    Optional<Loop> batches() {
        List<Loop> loops = step.map(s -> s.circumstances().loops()).orElse(List.of());
        return loops.isEmpty() ? Optional.empty() : Optional.of(loops.get(loops.size() - 1));
    }

    /** What the loop of the batches goes over, without a counter or a progress bar around it. */
    Optional<Value> loader() {
        Optional<Value> iterable = batches().flatMap(Loop::iterable);
        while (iterable.isPresent()) {
            Value value = iterable.get();
            if (value instanceof Value.Computed computed && computed.operator().equals("enumerate")) {
                iterable = Optional.of(computed.operands().get(0));
            } else if (value instanceof Value.Made made
                    && made.call().name().contains("tqdm")
                    && !made.call().positional().isEmpty()) {
                iterable = Optional.of(made.call().positional().get(0).value());
            } else {
                return iterable;
            }
        }
        return iterable;
    }

    /** How many turns a loop over a range has. */
    static Optional<Quantity> turns(Loop loop) {
        if (loop.iterable().isEmpty() || !(loop.iterable().get() instanceof Value.Range range)) {
            return Optional.empty();
        }
        boolean isPlain = range.step().value() == 1
                && (range.start().value() == 0 || range.start().value() == 1);
        return isPlain
                ? Values.quantity(range.stop(), loop.place())
                        .map(stop -> range.start().value() == 0
                                ? stop
                                : stop.derived(
                                        stop.value().minus(samestep.equation.Expression.literal(1)),
                                        "turns of the loop"))
                        .filter(n -> n.decimal().signum() > 0)
                : Optional.empty();
    }
}

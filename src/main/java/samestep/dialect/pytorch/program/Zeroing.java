package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.dialect.pytorch.program.model.ModuleTree;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** Whether a training loop sets all gradients to zero once for each update, and not between the backward pass and the step. */
final class Zeroing {
    /** {@code zero_grad}, {@code grad.zero_}, and what others call such a function; not {@code torch.zeros}. */
    private static final Pattern ZEROES = Pattern.compile("zero_?|.*(zero|clear|reset).*grad.*");

    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final Steps steps;
    private final ModelWorld world;
    private final Set<Object> used;
    private final Unread unread;

    /** One place where gradients are set to zero; its number is that of the last call before it. */
    private record Zero(int number, Circumstances when, Place place, boolean isWhole) {}

    /**
     * @param optimizer the calls that made it
     * @param used the identities of its parameters
     */
    Zeroing(Trace trace, List<RecordedCall> optimizer, Steps steps, ModelWorld world, Set<Object> used, Unread unread) {
        this.trace = trace;
        this.optimizer = optimizer;
        this.steps = steps;
        this.world = world;
        this.used = used;
        this.unread = unread;
    }

    /** Says where it is otherwise. */
    void check() {
        Optional<RecordedCall> step =
                steps.step().filter(s -> !s.circumstances().loops().isEmpty());
        Optional<RecordedCall> backward = step.flatMap(s -> new Losses(trace, s).backward());
        if (step.isEmpty() || backward.isEmpty() || trace.isCutOff()) {
            return;
        }
        List<Zero> zeroes = zeroes();
        if (zeroes.isEmpty()) {
            unread.add(
                    step.get().place(),
                    "nothing sets gradients to zero, so each update has the sum of all gradients before it");
            return;
        }
        int from = backward.get().number();
        int to = step.get().number();
        zeroes.stream()
                .filter(zero -> from < zero.number && zero.number < to)
                .findFirst()
                .ifPresent(zero -> unread.add(
                        zero.place, "gradients are set to zero here, after the backward pass and before the step"));
        zeroes.stream()
                .filter(zero -> isOfEachBatch(zero, step.get()))
                .findFirst()
                .ifPresent(zero -> unread.add(
                        zero.place,
                        "gradients are set to zero here for each batch, and the optimizer steps after several"));
        if (!steps.all().stream().allMatch(s -> isZeroed(s, step.get(), zeroes))
                || zeroes.stream()
                        .filter(zero -> isIn(zero, step.get()))
                        .noneMatch(zero -> Phase.isOfUpdate(zero.when, zero.number, step.get(), from))) {
            unread.add(zeroes.get(0).place, "whether all gradients are set to zero once for each update is not known");
        }
    }

    private static boolean isZeroed(RecordedCall step, RecordedCall first, List<Zero> zeroes) {
        return !step.place().equals(first.place())
                || zeroes.stream().anyMatch(zero -> zero.isWhole && isOnceAnUpdate(zero, step));
    }

    /** In the loop of the step, or in one inside of it over parameters; under no other condition than the step. */
    private static boolean isOnceAnUpdate(Zero zero, RecordedCall step) {
        return isIn(zero, step) && zero.when.conditions().stream().allMatch(c -> isOf(c, step));
    }

    private static boolean isIn(Zero zero, RecordedCall step) {
        List<Loop> loops = zero.when.loops();
        List<Loop> around = step.circumstances().loops();
        boolean isIn = loops.size() >= around.size();
        for (int i = 0; isIn && i < around.size(); i++) {
            isIn = loops.get(i).place().equals(around.get(i).place())
                    && loops.get(i).turn() == around.get(i).turn();
        }
        return isIn;
    }

    /** The batches before the last one of an update do not count then. */
    private static boolean isOfEachBatch(Zero zero, RecordedCall step) {
        return step.circumstances().conditions().stream().anyMatch(c -> Gradients.isCounted(c.test()))
                && isIn(zero, step)
                && zero.when.conditions().stream().noneMatch(c -> Gradients.isCounted(c.test()));
    }

    /** A condition that the step has too, or one on a gradient itself, such as {@code if p.grad is not None}. */
    private static boolean isOf(Condition condition, RecordedCall step) {
        return Gradients.isCounted(condition.test())
                        && step.circumstances().conditions().stream().anyMatch(c -> Gradients.isCounted(c.test()))
                || samestep.program.value.Show.value(condition.test()).contains(".grad")
                || step.circumstances().conditions().stream()
                        .anyMatch(c -> c.place().equals(condition.place()) && c.holds() == condition.holds());
    }

    private List<Zero> zeroes() {
        List<Zero> zeroes = new ArrayList<>();
        int number = 0;
        for (Event event : trace.events()) {
            if (event instanceof RecordedCall call) {
                number = call.number();
                if (ZEROES.matcher(call.lastName()).matches()) {
                    zeroes.add(new Zero(number, call.circumstances(), call.place(), isWhole(call)));
                }
            } else if (event instanceof Event.AttributeSet set && set.name().equals("grad")) {
                zeroes.add(new Zero(number + 1, set.circumstances(), set.place(), isOfAll(set.owner())));
            }
        }
        return zeroes;
    }

    private boolean isWhole(RecordedCall call) {
        Optional<Value> owner = call.owner();
        if (owner.isEmpty() || owner.get() instanceof Value.Made made && optimizer.contains(made.call())) {
            return true;
        }
        if (call.lastName().equals("zero_")) {
            return owner.get() instanceof Value.Member gradient && isOfAll(gradient.owner());
        }
        if (!world.isModel(owner.get()) && !ModuleTree.isModule(owner.get()) && !world.isLayer(owner.get())) {
            return true;
        }
        Set<Object> own = new HashSet<>();
        world.ofModel(owner.get()).forEach(p -> own.add(p.id()));
        return own.containsAll(used);
    }

    /** Whether a parameter is one of a loop over all of them: one that is named by itself is not. */
    private boolean isOfAll(Value parameter) {
        return !(parameter instanceof Value.Member) || used.size() == 1;
    }

    /** Where several batches make one update: whether gradients are set to zero in the turns between two updates. */
    private static final class Phase {
        private Phase() {}

        /**
         * @param number of the call that sets gradients to zero
         * @param backward the number of the backward pass
         */
        static boolean isOfUpdate(Circumstances zeroed, int number, RecordedCall step, int backward) {
            List<Condition> ours = counted(zeroed);
            List<Condition> steps = counted(step.circumstances());
            if (ours.isEmpty() || steps.isEmpty()) {
                return true;
            }
            return steps.stream()
                    .anyMatch(s -> ours.stream().anyMatch(o -> {
                        boolean isFirst = number < backward && isTurn(o.test(), 0) && isTurn(s.test(), 1);
                        boolean isSame = o.place().equals(s.place())
                                || o.holds() == s.holds()
                                        && Show.value(o.test()).equals(Show.value(s.test()));
                        return isSame
                                ? number > step.number()
                                : isFirst && every(o.test()).equals(every(s.test()));
                    }));
        }

        private static List<Condition> counted(Circumstances when) {
            return when.conditions().stream()
                    .filter(c -> Gradients.isCounted(c.test()))
                    .toList();
        }

        /** {@code i % n == 0}, or {@code (i + 1) % n == 0}. */
        private static boolean isTurn(Value test, int more) {
            if (!(test instanceof Value.Computed zero)
                    || !zero.operator().equals("==")
                    || !isNumber(zero.operands().get(1), 0)
                    || !(zero.operands().get(0) instanceof Value.Computed rest)
                    || !rest.operator().equals("%")) {
                return false;
            }
            Value count = rest.operands().get(0);
            boolean isSum = count instanceof Value.Computed sum
                    && sum.operator().equals("+")
                    && sum.operands().stream().anyMatch(v -> isNumber(v, 1));
            return more == 1 ? isSum : !(count instanceof Value.Computed);
        }

        private static boolean isNumber(Value value, int number) {
            return value instanceof Value.Number n && n.value() == number;
        }

        private static String every(Value test) {
            return test instanceof Value.Computed zero && zero.operands().get(0) instanceof Value.Computed rest
                    ? Show.value(rest.operands().get(1))
                    : Show.value(test);
        }
    }
}

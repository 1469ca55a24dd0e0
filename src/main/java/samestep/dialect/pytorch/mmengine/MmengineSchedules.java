package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import samestep.dialect.pytorch.mmengine.Parts.Jump;
import samestep.dialect.pytorch.mmengine.Parts.Move;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.recipe.ConstantDisguise;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** The rate that several of MMEngine's schedulers make together. */
public final class MmengineSchedules {
    /** What stands for them among schedulers. */
    static final String CLASS = "mmengine.param_scheduler";

    private static final int MOST_PIECES = 4_000;

    private final Expression base;
    private final List<Jump> jumps = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();

    private MmengineSchedules(Expression base) {
        this.base = base;
    }

    /** The form; empty where it is not MMEngine's, or not read. */
    public static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        if (schedule.classPath().equals(WarmUps.CLASS)) {
            return WarmUps.form(schedule, base);
        }
        if (!schedule.classPath().equals(CLASS)
                || !(schedule.get("schedulers").orElse(null) instanceof Many schedulers)) {
            return Optional.empty();
        }
        MmengineSchedules all = new MmengineSchedules(base);
        OptionalLong last = schedule.number("last")
                .map(q -> OptionalLong.of(q.decimal().longValue()))
                .orElse(OptionalLong.empty());
        for (PytorchValue one : schedulers.values()) {
            Optional<Parts> parts = one instanceof Call call ? Parts.of(call.object(), base, last) : Optional.empty();
            if (parts.isEmpty()) {
                return Optional.empty();
            }
            all.jumps.addAll(parts.get().jumps());
            parts.get().move().ifPresent(all.moves::add);
        }
        return all.swept().map(form -> everyNth(form, schedule));
    }

    /** With accumulation the schedulers are stepped at every batch, and the update has the rate of its last. */
    static ScheduleForm everyNth(ScheduleForm form, PytorchObject schedule) {
        int every = schedule.number("every").map(q -> q.decimal().intValue()).orElse(1);
        if (every <= 1) {
            return form;
        }
        Expression step = ScheduleForm.T.times(Expression.literal(every)).plus(Expression.literal(every - 1));
        return form.everyNth(every, every - 1)
                .orElseGet(
                        () -> new ScheduleForm.Other(Expressions.substitute(form.formula(), Map.of(Builtin.T, step))));
    }

    /** From one step to the next at which something begins, ends or jumps. */
    private Optional<ScheduleForm> swept() {
        TreeSet<Long> starts = new TreeSet<>(List.of(0L));
        jumps.forEach(j -> starts.add(j.at()));
        moves.forEach(m -> starts.addAll(List.of(m.from(), m.to())));
        starts.removeIf(start -> start == Parts.NEVER);
        if (starts.size() > MOST_PIECES) {
            return Optional.empty();
        }
        List<Long> at = new ArrayList<>(starts);
        List<ScheduleForm> pieces = new ArrayList<>();
        Expression level = base;
        for (long start : at) {
            for (Move move : moves) {
                if (move.to() == start) {
                    level = last(move, level);
                }
            }
            for (Jump jump : jumps) {
                if (jump.at() == start) {
                    level = level.times(jump.factor());
                }
            }
            List<Move> active = moves.stream()
                    .filter(m -> m.from() <= start && start < m.to())
                    .toList();
            if (!areReadable(active)) {
                return Optional.empty();
            }
            pieces.add(piece(active, level, start));
        }
        return Optional.of(joined(at.subList(1, at.size()), pieces));
    }

    /** The rate at the last step of a span, which stays. */
    private static Expression last(Move move, Expression level) {
        ScheduleForm form = move.form().apply(level);
        Expression step = Expression.literal(move.to() - move.from() - 1);
        return form instanceof ScheduleForm.Polynomial p
                        && Exact.value(p.horizon()).compareTo(Exact.value(step)) == 0
                ? p.end()
                : Expression.literal(Exact.value(Expressions.substitute(form.formula(), Map.of(Builtin.T, step))));
    }

    /** What goes to a rate of its own may not be moved by another meanwhile. */
    private boolean areReadable(List<Move> active) {
        for (Move move : active) {
            boolean isAlone =
                    active.size() == 1 && jumps.stream().noneMatch(j -> move.from() < j.at() && j.at() < move.to());
            if (!move.multiplies() && !isAlone) {
                return false;
            }
        }
        return true;
    }

    private static ScheduleForm piece(List<Move> active, Expression level, long start) {
        if (active.isEmpty()) {
            return new ScheduleForm.Constant(level);
        }
        if (active.size() == 1 && active.get(0).from() == start) {
            return active.get(0).form().apply(level);
        }
        if (active.size() == 1) {
            return new ScheduleForm.Other(later(active.get(0), level, start));
        }
        Expression product = level;
        for (Move move : active) {
            product = product.times(later(move, ScheduleForm.ONE, start));
        }
        return new ScheduleForm.Other(product);
    }

    private static Expression later(Move move, Expression level, long start) {
        Expression since = ScheduleForm.T.plus(Expression.literal(start - move.from()));
        return Expressions.substitute(move.form().apply(level).formula(), Map.of(Builtin.T, since));
    }

    /** Constant pieces beside each other are one form. */
    static ScheduleForm joined(List<Long> starts, List<ScheduleForm> pieces) {
        List<Long> kept = new ArrayList<>();
        List<ScheduleForm> forms = new ArrayList<>();
        int i = 0;
        while (i < pieces.size()) {
            int next = i;
            while (next < pieces.size() && pieces.get(next) instanceof ScheduleForm.Constant) {
                next++;
            }
            long from = i == 0 ? 0 : starts.get(i - 1);
            if (i > 0) {
                kept.add(from);
            }
            if (next == i) {
                forms.add(pieces.get(i++));
                continue;
            }
            List<Long> drops =
                    starts.subList(i, next - 1).stream().map(s -> s - from).toList();
            List<Expression> rates = pieces.subList(i, next).stream()
                    .map(p -> ((ScheduleForm.Constant) p).base())
                    .toList();
            forms.add(ConstantDisguise.simplest(new ScheduleForm.Steps(drops, rates)));
            i = next;
        }
        return kept.isEmpty() ? forms.get(0) : new Sequence(kept, forms);
    }
}

package samestep.dialect.pytorch.mmengine;

import static samestep.recipe.ScheduleForm.ONE;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.schedule.EpochSchedule;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;

/**
 * What one of MMEngine's schedulers does to the rate: factors at some steps, and a span of steps in which the rate moves. Each is
 * computed from the rate of the step before, so that factors of several schedulers multiply. Source:
 * mmengine/optim/scheduler/param_scheduler.py of 0.10.7.
 *
 * @param jumps the factors
 * @param move where it moves, if it does
 */
record Parts(List<Jump> jumps, Optional<Move> move) {
    /** Steps that a scheduler never reaches. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Expression ZERO = Expression.literal(0);
    private static final Expression THIRD = ONE.over(Expression.literal(3));
    private static final int MOST_JUMPS = 2_000;

    /**
     * A factor.
     *
     * @param at the first step that has it
     */
    record Jump(long at, Expression factor) {}

    /**
     * A span in which the rate moves.
     *
     * @param from its first step
     * @param to the step after its last
     * @param multiplies whether it is a factor; else it goes to a rate of its own
     * @param form the rate, counted from the first step, from what the rate was before
     */
    record Move(long from, long to, boolean multiplies, Function<Expression, ScheduleForm> form) {}

    /**
     * The parts of a scheduler.
     *
     * @param scheduler with begin, end and lengths in steps; {@code per} says how many steps one of its own has
     * @param base the rate that the run begins with
     * @param last the end of the run, if known
     * @return empty where it is not read
     */
    static Optional<Parts> of(PytorchObject scheduler, Expression base, OptionalLong last) {
        Reader reader = new Reader(scheduler, base, last);
        return switch (scheduler.className()) {
            case "MultiStepLR" -> Optional.of(new Parts(reader.milestones(), Optional.empty()));
            case "StepLR" -> reader.steps();
            case "ExponentialLR" -> Optional.of(reader.moving(true, reader.own(), reader::exponential));
            case "ConstantLR" -> Optional.of(reader.constant());
            case "LinearLR" -> reader.linear();
            case "CosineAnnealingLR" -> reader.cosine();
            case "PolyLR" -> reader.poly();
            default -> Optional.empty();
        };
    }

    /** The arguments of a scheduler; its own steps are epochs where it is stepped once an epoch. */
    private static final class Reader {
        private final PytorchObject scheduler;
        private final Expression base;
        private final long per;
        private final long begin;
        private final long end;

        Reader(PytorchObject scheduler, Expression base, OptionalLong last) {
            this.scheduler = scheduler;
            this.base = base;
            this.per = Math.max(1, count("per", 1));
            this.begin = count("begin", 0);
            long run = last.isPresent() ? last.getAsLong() / per : NEVER;
            this.end = scheduler.number("end").isPresent() ? count("end", 0) : run;
        }

        private long count(String argument, long otherwise) {
            return scheduler
                    .number(argument)
                    .map(q -> q.decimal().min(BigDecimal.valueOf(NEVER / 4)).longValue())
                    .orElse(otherwise);
        }

        private Expression value(String argument, Expression otherwise) {
            return scheduler.number(argument).map(Quantity::value).orElse(otherwise);
        }

        private long at(long own) {
            return own >= NEVER / 4 / per ? NEVER : own * per;
        }

        /** Its last step less its first. */
        private Expression own() {
            return Expression.literal(Math.max(0, end - begin - 1));
        }

        private Parts moving(boolean multiplies, Expression length, Function<Expression, ScheduleForm> form) {
            Function<Expression, ScheduleForm> inSteps = v -> per == 1 ? form.apply(v) : spread(form.apply(v), length);
            return new Parts(List.of(), Optional.of(new Move(at(begin), at(end), multiplies, inSteps)));
        }

        private ScheduleForm spread(ScheduleForm form, Expression length) {
            return EpochSchedule.inUpdates(
                    form, per, end == NEVER ? OptionalLong.empty() : OptionalLong.of(end - begin));
        }

        ScheduleForm exponential(Expression from) {
            return new ScheduleForm.Exponential(from, value("gamma", ONE), ONE);
        }

        List<Jump> milestones() {
            Expression gamma = value("gamma", Expression.literal(new BigDecimal("0.1")));
            return scheduler.numbers("milestones").stream()
                    .map(m -> begin + m.decimal().longValue())
                    .filter(m -> m < end)
                    .map(m -> new Jump(at(m), gamma))
                    .toList();
        }

        Optional<Parts> steps() {
            long every = count("step_size", 0);
            boolean isListed = every > 0 && end != NEVER && (end - begin) / every <= MOST_JUMPS;
            if (!isListed) {
                return Optional.empty();
            }
            Expression gamma = value("gamma", Expression.literal(new BigDecimal("0.1")));
            List<Jump> jumps = new ArrayList<>();
            for (long step = begin + every; step < end; step += every) {
                jumps.add(new Jump(at(step), gamma));
            }
            return Optional.of(new Parts(jumps, Optional.empty()));
        }

        Parts constant() {
            Expression factor = value("factor", THIRD);
            List<Jump> jumps = new ArrayList<>(List.of(new Jump(at(begin), factor)));
            if (end != NEVER && end - begin > 1) {
                jumps.add(new Jump(at(end - 1), ONE.over(factor)));
            }
            return new Parts(jumps, Optional.empty());
        }

        Optional<Parts> linear() {
            Expression start = value("start_factor", THIRD);
            Expression finish = value("end_factor", ONE);
            // From a factor of 0 MMEngine divides by it.
            if (end == NEVER || Exact.value(start).signum() == 0) {
                return Optional.empty();
            }
            if (end - begin <= 1) {
                return Optional.of(new Parts(List.of(new Jump(at(begin), start)), Optional.empty()));
            }
            return Optional.of(moving(
                    true, own(), v -> new ScheduleForm.Polynomial(v.times(start), v.times(finish), own(), ONE, true)));
        }

        Optional<Parts> poly() {
            Expression least = value("eta_min", ZERO);
            if (end == NEVER || end - begin <= 1) {
                return Optional.empty();
            }
            return Optional.of(moving(
                    Exact.value(least).signum() == 0,
                    own(),
                    v -> new ScheduleForm.Polynomial(v, least, own(), value("power", ONE), true)));
        }

        Optional<Parts> cosine() {
            Expression least = scheduler
                    .number("eta_min_ratio")
                    .map(ratio -> base.times(ratio.value()))
                    .orElse(value("eta_min", ZERO));
            boolean isGiven = scheduler.number("T_max").isPresent();
            if (!isGiven && end == NEVER) {
                return Optional.empty();
            }
            long half = isGiven ? count("T_max", 1) : end - begin;
            // Where it rises again it does so from the first rate of the run, which is another one after other
            // schedulers.
            if (half < 1 || end - begin - 1 > half) {
                return end - begin - 1 > half && half >= 1 && begin == 0 ? rising(least, half) : Optional.empty();
            }
            return Optional.of(moving(
                    Exact.value(least).signum() == 0,
                    own(),
                    v -> new Cosine(v, least, Expression.literal(half), false)));
        }

        private Optional<Parts> rising(Expression least, long half) {
            return Optional.of(moving(false, own(), v -> new Cosine(base, least, Expression.literal(half), false)));
        }
    }
}

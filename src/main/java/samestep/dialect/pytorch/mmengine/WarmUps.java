package samestep.dialect.pytorch.mmengine;

import static samestep.recipe.ScheduleForm.ONE;
import static samestep.recipe.ScheduleForm.T;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.schedule.EpochSchedule;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Comparing;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;

/**
 * The rate of MMCV 1's {@code lr_config}: a policy, and in the first iterations a factor of it. Source: mmcv/runner/hooks/lr_updater.py
 * of 1.7.2.
 */
final class WarmUps {
    /** What stands for it among schedulers. */
    static final String CLASS = "mmcv.lr_config";

    private static final Expression ZERO = Expression.literal(0);
    private static final Expression TENTH = Expression.literal(new BigDecimal("0.1"));

    private final PytorchObject config;
    private final Expression base;
    private final long per;

    private WarmUps(PytorchObject config, Expression base) {
        this.config = config;
        this.base = base;
        this.per = config.number("per").map(q -> q.decimal().longValue()).orElse(1L);
    }

    /** The form; empty where the policy is not read. */
    static Optional<ScheduleForm> form(PytorchObject config, Expression base) {
        WarmUps own = new WarmUps(config, base);
        return own.policy()
                .map(form -> own.per == 1 ? form : EpochSchedule.inUpdates(form, own.per, own.length()))
                .map(own::warmed)
                .map(form -> MmengineSchedules.everyNth(form, config));
    }

    private OptionalLong length() {
        return config.number("last")
                .map(q -> OptionalLong.of(q.decimal().longValue()))
                .orElse(OptionalLong.empty());
    }

    private Expression value(String argument, Expression otherwise) {
        return config.number(argument).map(Quantity::value).orElse(otherwise);
    }

    private Optional<ScheduleForm> policy() {
        Expression power = value("power", ONE);
        Optional<Expression> last = config.number("last").map(Quantity::value);
        Expression least = config.number("min_lr_ratio")
                .map(ratio -> base.times(ratio.value()))
                .orElse(value("min_lr", ZERO));
        return switch (config.text("policy").orElse("")) {
            case "fixed" -> Optional.of(new ScheduleForm.Constant(base));
            case "step" -> steps();
            case "exp" -> Optional.of(new ScheduleForm.Exponential(base, value("gamma", ONE), ONE));
            case "inv" -> Optional.of(new ScheduleForm.InverseTime(base, value("gamma", ZERO), power));
            case "poly" -> last.map(end -> new ScheduleForm.Polynomial(base, least, end, power, false));
            case "cosineannealing" -> last.map(end -> new Cosine(base, least, end, false));
            default -> Optional.empty();
        };
    }

    private Optional<ScheduleForm> steps() {
        Expression gamma = value("gamma", TENTH);
        Optional<Quantity> every = config.number("step");
        boolean isCut = config.number("min_lr").isPresent();
        if (every.isPresent() && !isCut) {
            return Optional.of(
                    new ScheduleForm.Staircase(base, gamma, every.get().value()));
        }
        if (every.isPresent()) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> rates = new ArrayList<>(List.of(base));
        for (Quantity step : config.numbers("step")) {
            starts.add(step.decimal().longValue());
            rates.add(cut(base.times(gamma.power(Expression.literal(starts.size())))));
        }
        boolean rises = starts.equals(starts.stream().sorted().toList());
        return rises ? Optional.of(new ScheduleForm.Steps(starts, rates)) : Optional.empty();
    }

    private Expression cut(Expression rate) {
        return config.number("min_lr")
                .filter(least -> least.decimal().compareTo(Exact.value(rate)) > 0)
                .map(Quantity::value)
                .orElse(rate);
    }

    /** The policy's own rate times a factor that ends at 1, or jumps to it. */
    private ScheduleForm warmed(ScheduleForm then) {
        long steps =
                config.number("warmup_iters").map(q -> q.decimal().longValue()).orElse(0L);
        Optional<String> kind = config.text("warmup");
        if (kind.isEmpty() || steps <= 0) {
            return then;
        }
        Expression length = Expression.literal(steps);
        Expression ratio = value("warmup_ratio", TENTH);
        if (isConstantUntil(then, steps)) {
            ScheduleForm first = switch (kind.get()) {
                case "constant" -> new ScheduleForm.Constant(base.times(ratio));
                case "linear" -> new ScheduleForm.Polynomial(base.times(ratio), base, length, ONE, true);
                default ->
                    new ScheduleForm.Exponential(
                            base.times(ratio), ONE.over(ratio).power(ONE.over(length)), ONE);
            };
            return MmengineSchedules.joined(starts(then, steps), pieces(first, then, steps));
        }
        Expression share = ONE.minus(T.over(length));
        Expression factor = switch (kind.get()) {
            case "constant" -> ratio;
            case "linear" -> ONE.minus(share.times(ONE.minus(ratio)));
            default -> ratio.power(share);
        };
        Expression before = new Comparing(Comparison.LESS, T, length);
        return new ScheduleForm.Other(
                Expression.call(Function.WHERE, before, then.formula().times(factor), then.formula()));
    }

    private static boolean isConstantUntil(ScheduleForm form, long steps) {
        return form instanceof ScheduleForm.Constant
                || form instanceof ScheduleForm.Steps s
                        && (s.starts().isEmpty() || s.starts().get(0) >= steps);
    }

    private static List<Long> starts(ScheduleForm then, long steps) {
        List<Long> starts = new ArrayList<>(List.of(steps));
        if (then instanceof ScheduleForm.Steps s) {
            starts.addAll(s.starts());
        }
        return starts;
    }

    private static List<ScheduleForm> pieces(ScheduleForm first, ScheduleForm then, long steps) {
        List<ScheduleForm> pieces = new ArrayList<>(List.of(first));
        if (then instanceof ScheduleForm.Steps s) {
            s.values().forEach(v -> pieces.add(new ScheduleForm.Constant(v)));
        } else {
            pieces.add(then);
        }
        return pieces;
    }
}

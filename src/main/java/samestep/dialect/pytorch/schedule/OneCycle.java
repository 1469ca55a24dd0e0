package samestep.dialect.pytorch.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * {@code OneCycleLR}: the rate rises from {@code max_lr / div_factor} to {@code max_lr} and falls to a part of where it began,
 * for every group alike; the optimizer's own lr is not used. Source: torch/optim/lr_scheduler.py of 2.15; its rates, and what it
 * raises, are recorded (src/test/python/record_one_cycle.py).
 */
final class OneCycle {
    /** The class. */
    static final String NAME = "OneCycleLR";

    private static final Expression ONE = ScheduleForm.ONE;
    private static final Expression TWO = Expression.literal(2);
    /** A cycle that ends a few steps after the run is not treated as a cycle of another length. */
    private static final double NEAR = 0.9;

    private final PytorchObject scheduler;
    private final List<Finding> findings;

    OneCycle(PytorchObject scheduler, List<Finding> findings) {
        this.scheduler = scheduler;
        this.findings = findings;
    }

    /** A part of the cycle: from the rate at one step to another rate at another; the steps need not be whole. */
    private record Phase(Expression end, Expression from, Expression to) {}

    /**
     * The rates; empty, with a finding, where PyTorch refuses the numbers, or the momentum changes too.
     *
     * @param run how many steps are taken, where that is known
     */
    Optional<ScheduleForm> form(OptionalLong run) {
        Optional<Long> total = total();
        if (total.isEmpty() || !isAccepted(total.get()) || run.isPresent() && !isLongEnough(total.get(), run)) {
            return Optional.empty();
        }
        return movesMomentum(total.get(), run) ? Optional.empty() : Optional.of(form(total.get()));
    }

    /** The rate of the first step, whatever the cycle's length. */
    Expression first() {
        return number("max_lr", "0").value().over(number("div_factor", "25").value());
    }

    /** With what is said in words, and decides the rates too. */
    String words() {
        return NAME + (scheduler.isOn("three_phase") ? ", three phases" : "") + (isLinear() ? ", linear" : "");
    }

    private boolean isLinear() {
        return scheduler.text("anneal_strategy").orElse("cos").equals("linear");
    }

    /** The numbers that it is made of. The optimizer's lr does not count. */
    List<Schedule.NamedValue> values() {
        List<Schedule.NamedValue> values = new ArrayList<>();
        for (String length : List.of("max_lr", "total_steps", "epochs", "steps_per_epoch")) {
            boolean counts =
                    scheduler.number("total_steps").isEmpty() || length.endsWith("l_steps") || length.equals("max_lr");
            scheduler
                    .number(length)
                    .filter(q -> counts)
                    .ifPresent(value -> values.add(new Schedule.NamedValue(length, value)));
        }
        values.add(new Schedule.NamedValue("pct_start", number("pct_start", "0.3")));
        values.add(new Schedule.NamedValue("div_factor", number("div_factor", "25")));
        values.add(new Schedule.NamedValue("final_div_factor", number("final_div_factor", "10000")));
        return values;
    }

    private Quantity number(String argument, String byDefault) {
        return scheduler
                .number(argument)
                .orElseGet(() -> Quantity.byDefault(byDefault, "PyTorch's default of " + argument));
    }

    /** The steps of the cycle. */
    private Optional<Long> total() {
        Optional<Quantity> given = scheduler.number("total_steps");
        List<Quantity> factors = given.map(List::of)
                .orElseGet(() -> List.of("epochs", "steps_per_epoch").stream()
                        .flatMap(name -> scheduler.number(name).stream())
                        .toList());
        if (given.isEmpty() && factors.size() < 2) {
            refuse(Code.SS004, "expected total_steps, or epochs and steps_per_epoch");
            return Optional.empty();
        }
        long total = 1;
        for (Quantity factor : factors) {
            long steps = isWhole(factor) ? factor.decimal().longValue() : 0;
            if (steps <= 0 || steps > Integer.MAX_VALUE) {
                findings.add(Finding.of(
                                Code.SS004,
                                NAME + ": expected a positive whole number of steps, found " + factor.text())
                        .at(factor.place()));
                return Optional.empty();
            }
            total = total * steps;
        }
        return Optional.of(total);
    }

    private static boolean isWhole(Quantity number) {
        return number.decimal().stripTrailingZeros().scale() <= 0;
    }

    private boolean isAccepted(long total) {
        if (scheduler.number("max_lr").isEmpty()) {
            boolean many = scheduler.get("max_lr").orElse(null) instanceof Many;
            refuse(
                    many ? Code.SS010 : Code.SS004,
                    many ? "a max_lr for each group cannot be read yet" : "expected a number for max_lr");
            return false;
        }
        String strategy = scheduler.text("anneal_strategy").orElse("cos");
        if (!strategy.equals("cos") && !strategy.equals("linear")) {
            refuse(Code.SS004, "anneal_strategy: expected cos or linear, found " + strategy);
            return false;
        }
        for (String divisor : List.of("div_factor", "final_div_factor")) {
            if (number(divisor, "1").isZero()) {
                refuse(Code.SS004, divisor + ": PyTorch divides by it, and it is 0");
                return false;
            }
        }
        return isShare(total);
    }

    /** PyTorch refuses whole numbers here, and divides by the lengths of its phases. */
    private boolean isShare(long total) {
        Quantity share = number("pct_start", "0.3");
        double value = share.doubleValue();
        if (value < 0 || value > 1 || share.text().matches("[01]")) {
            refuse(Code.SS004, "pct_start: expected a number such as 0.3, from 0.0 to 1.0, found " + share.text());
            return false;
        }
        double rising = value * total - 1;
        double after = scheduler.isOn("three_phase") ? 2 * value * total - 2 : rising;
        if (rising == 0 || after == total - 1) {
            refuse(
                    Code.SS004,
                    "pct_start " + share.text() + " of " + total + " steps: one part of the cycle has no step, and"
                            + " PyTorch divides by its length");
            return false;
        }
        return true;
    }

    private boolean isLongEnough(long total, OptionalLong run) {
        if (run.getAsLong() > total) {
            refuse(
                    Code.SS004,
                    "the cycle has " + total + " steps, and the run has " + run.getAsLong() + ": PyTorch raises"
                            + " ValueError in step " + (total + 1));
        }
        return run.getAsLong() <= total;
    }

    /** By default the momentum, or the first beta, goes down while the rate goes up. */
    private boolean movesMomentum(long total, OptionalLong run) {
        boolean off = scheduler.get("cycle_momentum").orElse(null) instanceof Flag flag && !flag.on();
        if (off) {
            return false;
        }
        String most = number("max_momentum", "0.95").written();
        String least = number("base_momentum", "0.85").written();
        findings.add(Finding.of(
                        Code.SS010,
                        NAME + " moves the momentum (betas[0] of an Adam) from " + most + " to " + least
                                + " and back, and a momentum that" + " changes cannot be said yet")
                .at(scheduler.place())
                .detail("cycle_momentum is True by default; with False the momentum stays, and the"
                        + " rates are read."));
        if (run.isPresent() && run.getAsLong() < NEAR * total) {
            findings.add(Finding.of(
                            Code.SS609,
                            "the cycle has " + total + " steps, and the run takes " + run.getAsLong()
                                    + ": the rate does not come to its end")
                    .at(scheduler.place()));
        }
        return true;
    }

    private void refuse(Code code, String message) {
        findings.add(Finding.of(code, NAME + ": " + message).at(scheduler.place()));
    }

    private ScheduleForm form(long total) {
        Expression start = Expression.literal(0);
        long from = 0;
        List<Long> starts = new ArrayList<>();
        List<ScheduleForm> pieces = new ArrayList<>();
        List<Phase> phases = phases(Expression.literal(total));
        for (Phase phase : phases) {
            boolean last = phase.equals(phases.get(phases.size() - 1));
            if (from < total && (last || Exact.value(phase.end()).compareTo(BigDecimal.valueOf(from)) > 0)) {
                if (!pieces.isEmpty()) {
                    starts.add(from);
                }
                pieces.add(piece(phase, start, from));
                from = Exact.ceiling(phase.end());
            }
            start = phase.end();
        }
        return starts.isEmpty() ? pieces.get(0) : new Sequence(starts, pieces);
    }

    private List<Phase> phases(Expression total) {
        Expression high = number("max_lr", "0").value();
        Expression low = first();
        Expression end = low.over(number("final_div_factor", "10000").value());
        Expression rising = number("pct_start", "0.3").value().times(total);
        Phase up = new Phase(rising.minus(ONE), low, high);
        return scheduler.isOn("three_phase")
                ? List.of(up, new Phase(TWO.times(rising).minus(TWO), high, low), new Phase(total.minus(ONE), low, end))
                : List.of(up, new Phase(total.minus(ONE), high, end));
    }

    /** What a phase does from a whole step on; its own start may be a little before that. */
    private ScheduleForm piece(Phase phase, Expression start, long from) {
        Expression length = phase.end().minus(start);
        Expression over = Expression.literal(from).minus(start);
        if (!isLinear()) {
            return new Cosine(phase.from(), phase.to(), length, over, true);
        }
        Expression at = phase.from().plus(phase.to().minus(phase.from()).times(over.over(length)));
        boolean atStart = Exact.value(over).signum() == 0;
        return new ScheduleForm.Polynomial(
                atStart ? phase.from() : at, phase.to(), atStart ? length : length.minus(over), ONE, true);
    }

    /** Whether a scheduler is one. */
    static boolean isIt(PytorchObject scheduler) {
        return scheduler.className().equals(NAME);
    }
}

package samestep.dialect.write;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/**
 * What it comes to that the velocity carries the learning rate on one side only. With a constant rate nothing. Where the rate
 * goes from a to b, the velocity collected so far continues as {@code a * velocity} where it carries the rate and as
 * {@code b * velocity} where it does not, for {@code momentum + momentum^2 + ... = momentum / (1 - momentum)} updates'
 * worth.
 */
public final class RateInVelocity {
    private static final String INSIDE = "inside the velocity";
    private static final int MOST_CHANGES = 4;
    private static final MathContext DIGITS = new MathContext(6);

    private final Recipe recipe;
    private final String target;
    private final ScheduleForm form;
    private final Optional<Quantity> momentum;
    private final boolean insideHere;
    private final boolean insideThere;

    /**
     * @param target the framework that is written, as an owner: {@code PyTorch's}
     * @param equations of the optimizer that is written
     * @param form the schedule in updates
     */
    public RateInVelocity(
            Recipe recipe, Stage.Optimizer source, String target, Equations equations, ScheduleForm form) {
        this.recipe = recipe;
        this.target = target;
        this.form = form;
        // Without a momentum on both sides there is no velocity to compare.
        this.momentum = Optional.ofNullable(source.values().get("momentum"))
                .filter(m -> !m.isZero() && equations.hyper("momentum").isPresent());
        this.insideHere = isInside(source.equations());
        this.insideThere = isInside(equations);
    }

    private static boolean isInside(Equations equations) {
        return equations.traits().getOrDefault("learning rate", "").equals(INSIDE);
    }

    /** Whether it matters: a velocity, with the rate in it on one side, and a rate that changes. */
    public boolean matters() {
        return insideHere != insideThere && momentum.isPresent() && !(form instanceof ScheduleForm.Constant);
    }

    /** The condition, and the size of the difference where the rate changes; empty where it does not matter. */
    public Optional<Finding> finding() {
        if (!matters()) {
            return Optional.empty();
        }
        String carries = insideHere ? recipe.possessive() : target;
        String other = insideHere ? target : recipe.possessive();
        Finding finding = Finding.of(
                        Code.SS231,
                        carries + " velocity carries the learning rate, " + other
                                + " does not: the same while the rate is constant, and here it changes")
                .at(momentum.orElseThrow().place());
        BigDecimal left = BigDecimal.ONE.subtract(momentum.orElseThrow().decimal());
        if (left.signum() <= 0) {
            return Optional.of(finding);
        }
        BigDecimal worth = momentum.orElseThrow().decimal().divide(left, Exact.DIGITS);
        for (String change : changes(worth, carries, other)) {
            finding = finding.detail(change);
        }
        return Optional.of(finding);
    }

    private List<String> changes(BigDecimal worth, String carries, String other) {
        List<String> lines = new ArrayList<>();
        changes().forEach((update, rates) -> {
            String from = shortened(rates.get(0));
            String to = shortened(rates.get(1));
            BigDecimal jump = rates.get(0).subtract(rates.get(1)).multiply(worth);
            lines.add("At update " + update + " the rate goes from " + from + " to " + to + ": " + other
                    + " weights move by (" + from + " - " + to + ") * " + shortened(worth) + " = " + shortened(jump)
                    + " times the velocity of that update less than " + carries + ".");
        });
        return lines.isEmpty()
                ? List.of("The rate changes at every update: where it goes from a to b, " + other
                        + " weights move by (a - b) * " + shortened(worth) + " times the velocity less than " + carries
                        + ".")
                : lines;
    }

    private static String shortened(BigDecimal value) {
        return Numbers.plain(value.round(DIGITS));
    }

    /** Before and after the first changes of a schedule of constant pieces. */
    private Map<Long, List<BigDecimal>> changes() {
        Map<Long, List<BigDecimal>> changes = new LinkedHashMap<>();
        if (form instanceof ScheduleForm.Steps steps) {
            for (int i = 0; i < Math.min(MOST_CHANGES, steps.starts().size()); i++) {
                changes.put(
                        steps.starts().get(i),
                        List.of(
                                Exact.value(steps.values().get(i)),
                                Exact.value(steps.values().get(i + 1))));
            }
        } else if (form instanceof ScheduleForm.Staircase stairs) {
            BigDecimal every = Exact.value(stairs.every());
            boolean whole = every.stripTrailingZeros().scale() <= 0 && every.signum() > 0;
            long last = recipe.schedule().horizon().orElse(Long.MAX_VALUE);
            for (long i = 1; whole && i <= MOST_CHANGES; i++) {
                BigDecimal update = every.multiply(BigDecimal.valueOf(i));
                if (update.compareTo(BigDecimal.valueOf(last)) < 0) {
                    changes.put(update.longValue(), List.of(at(update.subtract(BigDecimal.ONE)), at(update)));
                }
            }
        }
        return changes;
    }

    private BigDecimal at(BigDecimal update) {
        return Exact.value(Expressions.substitute(form.formula(), Map.of(Builtin.T, Expression.literal(update))));
    }
}

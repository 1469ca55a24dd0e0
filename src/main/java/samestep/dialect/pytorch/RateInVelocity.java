package samestep.dialect.pytorch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Exact;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/**
 * What it comes to that a velocity of PyTorch has no learning rate in it, where the source's has. With a constant rate nothing.
 * Where the rate falls from a to b, the velocity collected so far goes on as {@code a * b_k} in the source and as {@code b *
 * b_k} in PyTorch, for {@code momentum + momentum^2 + ... = momentum / (1 - momentum)} updates' worth.
 */
final class RateInVelocity {
    private static final int MOST_DROPS = 4;
    private static final MathContext DIGITS = new MathContext(6);

    private final Recipe recipe;
    private final ScheduleForm form;
    private final Optional<Quantity> momentum;
    private final boolean inside;

    /**
     * @param form the schedule in updates
     */
    RateInVelocity(Recipe recipe, Stage.Optimizer source, ScheduleForm form) {
        this.recipe = recipe;
        this.form = form;
        this.momentum = Optional.ofNullable(source.values().get("momentum")).filter(m -> !m.isZero());
        this.inside = List.of("momentum", "nesterov")
                        .contains(source.equations().family())
                && source.equations().traits().getOrDefault("learning rate", "").equals("inside the velocity");
    }

    /** Whether the difference matters: a velocity, with the rate in it, and a rate that changes. */
    boolean matters() {
        return inside && momentum.isPresent() && !(form instanceof ScheduleForm.Constant);
    }

    /** The condition, the size of the difference where the rate changes, and the remedy. */
    Optional<Finding> finding() {
        if (!matters()) {
            return Optional.empty();
        }
        BigDecimal mu = momentum.orElseThrow().decimal();
        BigDecimal worth = mu.divide(BigDecimal.ONE.subtract(mu), Exact.DIGITS);
        Finding finding = Finding.of(
                        Code.SS231,
                        recipe.possessive()
                                + " velocity carries the learning rate, PyTorch's does not: the same while the rate is"
                                + " constant, and here it changes")
                .at(momentum.orElseThrow().place());
        List<String> drops = drops(worth);
        for (String drop : drops) {
            finding = finding.detail(drop);
        }
        if (drops.isEmpty()) {
            finding =
                    finding.detail("The rate changes at every update: a change from a to b moves the weights (a - b) * "
                            + Numbers.plain(worth.round(DIGITS)) + " times the velocity less.");
        }
        return Optional.of(
                finding.detail(
                        "Exact form: --as python, which feeds SGD(lr=1, weight_decay=0) with rate * (gradient + decay * weight)."));
    }

    private List<String> drops(BigDecimal worth) {
        List<String> lines = new ArrayList<>();
        changes().forEach((update, rates) -> {
            if (lines.size() < MOST_DROPS) {
                BigDecimal jump = rates.get(0).subtract(rates.get(1)).multiply(worth);
                lines.add("At update " + update + " the rate goes from " + shortened(rates.get(0)) + " to "
                        + shortened(rates.get(1)) + ": PyTorch's weights move by (" + shortened(rates.get(0)) + " - "
                        + shortened(rates.get(1)) + ") * " + shortened(worth) + " = " + shortened(jump)
                        + " times the velocity of that update less than " + recipe.possessive() + ".");
            }
        });
        return lines;
    }

    private static String shortened(BigDecimal value) {
        return Numbers.plain(value.round(DIGITS));
    }

    /** Before and after each change of a schedule of constant pieces. */
    private Map<Long, List<BigDecimal>> changes() {
        Map<Long, List<BigDecimal>> changes = new LinkedHashMap<>();
        if (form instanceof ScheduleForm.Steps steps) {
            for (int i = 0; i < steps.starts().size(); i++) {
                changes.put(
                        steps.starts().get(i),
                        List.of(
                                Exact.value(steps.values().get(i)),
                                Exact.value(steps.values().get(i + 1))));
            }
        } else if (form instanceof ScheduleForm.Staircase stairs && PytorchScheduleWriter.isWhole(stairs.every())) {
            long every = Exact.value(stairs.every()).longValue();
            long last = recipe.schedule().horizon().orElse(every * MOST_DROPS + 1);
            for (long update = every; update < last && changes.size() < MOST_DROPS; update += every) {
                changes.put(update, List.of(at(update - 1), at(update)));
            }
        }
        return changes;
    }

    private BigDecimal at(long update) {
        return Exact.value(Expressions.substitute(form.formula(), Map.of("t", Expression.literal(update))));
    }
}

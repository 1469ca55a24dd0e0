package samestep.dialect.pytorch.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.ScheduleForm;

/**
 * The rates that a copy of a live scheduler had, step for step.
 *
 * @param starts the first step of each piece but the first, rising
 * @param rates the rate of each piece; one more than starts
 * @param steps how many steps the copy took
 * @param complete whether these are all steps of the run
 */
public record RateTable(List<Long> starts, List<Expression> rates, long steps, boolean complete) {
    /** The argument that has the pieces, as a list of a step and a rate each. */
    public static final String RATES = "rates";
    /** The argument that says how many steps they are of. */
    public static final String STEPS = "steps";

    /** PyTorch computes most schedules step from step, and every step rounds. */
    private static final double ROUNDED = 1e-9;
    /** What a rate is compared with at most, so that a long run costs no more than a short one. */
    private static final int LOOKED_AT = 10_000;

    /** Copies the lists. */
    public RateTable {
        starts = List.copyOf(starts);
        rates = List.copyOf(rates);
    }

    /** The table of a scheduler; empty where there is no scheduler, or it is not a table. */
    public static Optional<RateTable> of(PytorchObject scheduler) {
        if (!(scheduler.get(RATES).orElse(null) instanceof Many many)) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> rates = new ArrayList<>();
        for (PytorchValue piece : many.values()) {
            if (!(piece instanceof Many pair)
                    || pair.values().size() != 2
                    || !(pair.values().get(0) instanceof Num start)
                    || !(pair.values().get(1) instanceof Num rate)) {
                return Optional.empty();
            }
            starts.add(start.quantity().decimal().longValue());
            rates.add(rate.quantity().value());
        }
        boolean rising = !starts.isEmpty() && starts.get(0) == 0;
        for (int i = 1; i < starts.size(); i++) {
            rising &= starts.get(i - 1) < starts.get(i);
        }
        if (!rising) {
            return Optional.empty();
        }
        long steps =
                scheduler.number(STEPS).map(n -> n.decimal().longValue()).orElse(starts.get(starts.size() - 1) + 1);
        boolean complete = scheduler.get("complete").orElse(null) instanceof Flag flag && flag.on();
        return Optional.of(new RateTable(starts.subList(1, starts.size()), rates, steps, complete));
    }

    /** The pieces as a schedule. After the last step the last rate stays. */
    public ScheduleForm form() {
        return starts.isEmpty() ? new ScheduleForm.Constant(rates.get(0)) : new ScheduleForm.Steps(starts, rates);
    }

    /** Whether a closed form has the table's rates, at every step of a short table and at many of a long one. */
    public boolean confirms(ScheduleForm closed) {
        Formula<double[]> expected = Formula.compile(form().formula(), new DoubleAlgebra(false));
        Formula<double[]> actual = Formula.compile(closed.formula(), new DoubleAlgebra(false));
        double largest = 0;
        long stride = Math.max(1, steps / LOOKED_AT);
        for (long step = 0; step < steps; step += stride) {
            largest = Math.max(largest, Math.abs(expected.at(new double[] {step})[0]));
        }
        for (long step = 0; step < steps; step += stride) {
            double difference = Math.abs(expected.at(new double[] {step})[0] - actual.at(new double[] {step})[0]);
            if (!(difference <= ROUNDED * largest)) {
                return false;
            }
        }
        return true;
    }
}

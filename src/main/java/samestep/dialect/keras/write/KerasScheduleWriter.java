package samestep.dialect.keras.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Many;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Sequence;

/** Writes a schedule in micro-steps as one of Keras' own. */
public final class KerasScheduleWriter {
    /** The rate times {@code (1 + gamma * step) ** -power}. */
    public static final String INVERSE = "InverseDecay";
    /** The rate over {@code 1 + exp(-gamma * (step - center))}. */
    public static final String SIGMOID = "SigmoidDecay";

    private static final String MODULE = "keras.optimizers.schedules";

    private final KerasNumbers numbers;

    KerasScheduleWriter(KerasNumbers numbers) {
        this.numbers = numbers;
    }

    /**
     * The schedule as Keras says it.
     *
     * @param boundaryShift what is taken from a piece's first step to give the boundary: 1, as Keras keeps the old rate
     *     at the boundary itself
     * @return empty when Keras has nothing of that form
     */
    Optional<KerasValue> write(ScheduleForm form, int boundaryShift) {
        if (form instanceof ScheduleForm.Constant constant) {
            return Optional.of(numbers.number(constant.base()));
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return Optional.of(piecewise(steps, boundaryShift));
        }
        if (form instanceof ScheduleForm.Staircase staircase) {
            return Optional.of(exponential(staircase.base(), staircase.factor(), staircase.every(), true));
        }
        if (form instanceof ScheduleForm.Exponential exponential) {
            return Optional.of(exponential(exponential.base(), exponential.factor(), exponential.per(), false));
        }
        if (form instanceof ScheduleForm.InverseTime inverse
                && new Quantity(inverse.power(), "", new Origin.Default("")).isOne()) {
            return Optional.of(inverseTime(inverse.base(), inverse.slope()));
        }
        if (form instanceof Cosine cosine) {
            return cosine(cosine, cosine.base()).map(KerasValue.class::cast);
        }
        if (form instanceof Sequence sequence) {
            return warmed(sequence);
        }
        return form instanceof ScheduleForm.Polynomial polynomial
                ? Optional.of(polynomial(polynomial))
                : Optional.empty();
    }

    /** One that starts at step 0; its end is given as a share of its first rate. */
    private Optional<Instance> cosine(Cosine cosine, Expression first) {
        boolean plain = isZero(cosine.phase()) && !isZero(cosine.base());
        return plain
                ? Optional.of(Instance.of(MODULE, "CosineDecay")
                        .with("initial_learning_rate", numbers.number(first))
                        .with("decay_steps", numbers.count(cosine.horizon()))
                        .with(
                                "alpha",
                                isZero(cosine.end())
                                        ? new Num("0.0")
                                        : numbers.number(cosine.end().over(cosine.base()))))
                : Optional.empty();
    }

    /** A line up to where a cosine begins. */
    private Optional<KerasValue> warmed(Sequence sequence) {
        List<ScheduleForm> pieces = sequence.pieces();
        boolean rising = pieces.size() == 2
                && pieces.get(0) instanceof ScheduleForm.Polynomial line
                && isZero(line.power().minus(ScheduleForm.ONE))
                && isZero(line.horizon()
                        .minus(Expression.literal(sequence.starts().get(0))))
                && pieces.get(1) instanceof Cosine after
                && isZero(line.end().minus(after.base()));
        if (!rising) {
            return Optional.empty();
        }
        Cosine falling = (Cosine) pieces.get(1);
        return cosine(falling, ((ScheduleForm.Polynomial) pieces.get(0)).base())
                .map(c -> c.with("warmup_target", numbers.number(falling.base()))
                        .with(
                                "warmup_steps",
                                new Num(Long.toString(sequence.starts().get(0)))));
    }

    /** Whether it is a line, then a cosine that counts from the start of the line, as in the Model Garden. */
    static boolean isWarmUp(Sequence sequence) {
        return sequence.pieces().size() == 2
                && sequence.pieces().get(0) instanceof ScheduleForm.Polynomial line
                && isZero(line.power().minus(ScheduleForm.ONE))
                && sequence.pieces().get(1) instanceof Cosine after
                && !isZero(line.end())
                && Exact.value(after.horizon().minus(after.phase())).signum() > 0;
    }

    /** Keras' cosine begins at its top after the warm-up: it has the same two ends, and another curve between them. */
    private Instance nearestWarmUp(Sequence sequence) {
        ScheduleForm.Polynomial line =
                (ScheduleForm.Polynomial) sequence.pieces().get(0);
        Cosine after = (Cosine) sequence.pieces().get(1);
        return Instance.of(MODULE, "CosineDecay")
                .with("initial_learning_rate", numbers.number(line.base()))
                .with("decay_steps", numbers.count(after.horizon().minus(after.phase())))
                .with(
                        "alpha",
                        isZero(after.end())
                                ? new Num("0.0")
                                : numbers.number(after.end().over(line.end())))
                .with("warmup_target", numbers.number(line.end()))
                .with("warmup_steps", new Num(Long.toString(sequence.starts().get(0))));
    }

    private static boolean isZero(Expression expression) {
        return Exact.value(expression).signum() == 0;
    }

    /**
     * What is nearest to a form that Keras does not have: the same rate and slope at the start, or a constant.
     *
     * @param start the rate at the start, where the form itself names none
     */
    KerasValue nearest(ScheduleForm form, Expression start) {
        if (form instanceof ScheduleForm.InverseTime inverse) {
            return inverseTime(inverse.base(), inverse.slope().times(inverse.power()));
        }
        if (form instanceof Sequence sequence && isWarmUp(sequence)) {
            return nearestWarmUp(sequence);
        }
        return numbers.number(ScheduleForms.base(form, start));
    }

    /** One that the Python text defines itself. */
    Optional<KerasValue> subclass(ScheduleForm form) {
        if (form instanceof ScheduleForm.InverseTime inverse) {
            return Optional.of(Instance.of("", INVERSE)
                    .with("initial_learning_rate", numbers.number(inverse.base()))
                    .with("gamma", numbers.number(inverse.slope()))
                    .with("power", numbers.number(inverse.power())));
        }
        return form instanceof ScheduleForm.Sigmoid sigmoid
                ? Optional.of(Instance.of("", SIGMOID)
                        .with("initial_learning_rate", numbers.number(sigmoid.base()))
                        .with("gamma", numbers.number(sigmoid.slope()))
                        .with("center", numbers.number(sigmoid.centre())))
                : Optional.empty();
    }

    private Instance exponential(Expression base, Expression factor, Expression steps, boolean staircase) {
        return Instance.of(MODULE, "ExponentialDecay")
                .with("initial_learning_rate", numbers.number(base))
                .with("decay_steps", numbers.count(steps))
                .with("decay_rate", numbers.number(factor))
                .with("staircase", new Flag(staircase));
    }

    private Instance inverseTime(Expression base, Expression slope) {
        return Instance.of(MODULE, "InverseTimeDecay")
                .with("initial_learning_rate", numbers.number(base))
                .with("decay_steps", new Num("1"))
                .with("decay_rate", numbers.number(slope));
    }

    private KerasValue piecewise(ScheduleForm.Steps steps, int shift) {
        List<KerasValue> boundaries = new ArrayList<>();
        List<KerasValue> values = new ArrayList<>();
        List<Expression> rates = steps.values();
        int first = 0;
        // A piece that starts at the first step leaves nothing before it.
        while (first < steps.starts().size() && steps.starts().get(first) <= 0) {
            first++;
        }
        for (int i = first; i < steps.starts().size(); i++) {
            boundaries.add(new Num(Long.toString(steps.starts().get(i) - shift)));
        }
        for (int i = first; i < rates.size(); i++) {
            values.add(numbers.number(rates.get(i)));
        }
        return boundaries.isEmpty()
                ? values.get(0)
                : Instance.of(MODULE, "PiecewiseConstantDecay")
                        .with("boundaries", new Many(boundaries))
                        .with("values", new Many(values));
    }

    private Instance polynomial(ScheduleForm.Polynomial polynomial) {
        return Instance.of(MODULE, "PolynomialDecay")
                .with("initial_learning_rate", numbers.number(polynomial.base()))
                .with("decay_steps", numbers.count(polynomial.horizon()))
                .with("end_learning_rate", numbers.number(polynomial.end()))
                .with("power", numbers.number(polynomial.power()))
                .with("cycle", new Flag(false));
    }
}

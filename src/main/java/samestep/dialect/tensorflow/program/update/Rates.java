package samestep.dialect.tensorflow.program.update;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.Products;
import samestep.dialect.tensorflow.program.call.Scalars;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.tensorflow.program.graph.Variables;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Keys;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;
import samestep.recipe.Quantity;

/** The learning rate of an optimizer: a number or a schedule, times a number. */
public final class Rates {
    private static final List<String> KNOWN = List.of(
            "exponential_decay",
            "natural_exp_decay",
            "inverse_time_decay",
            "polynomial_decay",
            "cosine_decay",
            "piecewise_constant");
    private static final Set<String> CASTS =
            Set.of("tf.cast", "tf.to_int32", "tf.to_int64", "tf.to_float", "tf.to_double", "tf.identity");
    private static final Set<String> CALCULATED = Set.of(
            "tf.placeholder",
            "tf.placeholder_with_default",
            "tf.multiply",
            "tf.add",
            "tf.subtract",
            "tf.divide",
            "tf.div",
            "tf.floordiv",
            "tf.constant");
    private static final int DEEPEST = 10;

    /**
     * A rate.
     *
     * @param base a number, or the call of a schedule
     * @param factor what that is multiplied by
     * @param isKnown whether this is the rate of every update
     */
    public record Rate(Value base, Quantity factor, boolean isKnown) {
        /** Whether both have the same rate but for the factor. */
        boolean isLike(Rate other) {
            return Keys.of(base).equals(Keys.of(other.base));
        }
    }

    private final Problems problems;
    private final Variables variables;

    Rates(Problems problems, Variables variables) {
        this.variables = variables;
        this.problems = problems;
    }

    /** What an argument says; empty, with a finding, where no number is in it. */
    public Optional<Rate> of(Argument argument) {
        return of(argument.value(), one(), argument.place(), 0);
    }

    /** The rate that a value is, if it is a schedule, times a number; nothing is said of anything else. */
    static Optional<Rate> scheduled(Value value, Place place, Variables variables) {
        boolean isSymbolic = value instanceof Value.Made || value instanceof Value.Computed;
        return isSymbolic
                ? new Rates(new Problems(), variables)
                        .of(value, one(), place, 0)
                        .filter(r -> r.isKnown() && r.base() instanceof Value.Made)
                : Optional.empty();
    }

    private static Quantity one() {
        return Quantity.byDefault("1", "TensorFlow, which has no multipliers");
    }

    private Optional<Rate> of(Value value, Quantity factor, Place place, int depth) {
        Value peeled = Scalars.peeled(value);
        if (peeled instanceof Value.Number number && number.formula().isPresent()) {
            return Optional.of(new Rate(number, factor, true));
        }
        if (depth > DEEPEST) {
            return named(value, factor, place);
        }
        List<Value> factors = Products.factors(peeled);
        for (int i = 0; i < factors.size() && factors.size() == 2; i++) {
            if (Scalars.peeled(factors.get(i)) instanceof Value.Number n
                    && n.formula().isPresent()) {
                Quantity by = Births.quantity(n, place);
                Quantity product = by.derived(factor.value().times(by.value()), "times " + by.written());
                return of(factors.get(1 - i), factor.isOne() ? by : product, place, depth + 1);
            }
        }
        boolean isSchedule = peeled instanceof Value.Made made
                && Names.of(made.call())
                        .filter(n -> n.startsWith("tf.train.") && KNOWN.contains(Names.last(n)))
                        .isPresent();
        return isSchedule && countsUpdates(((Value.Made) peeled).call())
                ? Optional.of(new Rate(peeled, factor, true))
                : named(peeled, factor, place);
    }

    /** Whether a schedule is a function of a variable, and not of something that is calculated: samples, epochs, a placeholder. */
    private boolean countsUpdates(RecordedCall schedule) {
        return step(schedule).filter(Rates::isCalculated).isEmpty();
    }

    /** What a schedule is a function of, whatever type of number it is made to be. */
    public static Optional<Value> step(RecordedCall schedule) {
        Map<String, Argument> arguments =
                Signatures.arguments(Names.of(schedule).orElseThrow(), schedule);
        return Optional.ofNullable(arguments.get("global_step"))
                .or(() -> Optional.ofNullable(arguments.get("x")))
                .map(Argument::value)
                .map(Rates::uncast);
    }

    /** A step that is counted as another type of number is the same step. */
    private static Value uncast(Value value) {
        Value at = Scalars.peeled(value);
        for (int i = 0; i < DEEPEST && at instanceof Value.Made made; i++) {
            boolean cast = Names.of(made.call()).filter(CASTS::contains).isPresent()
                    && !made.call().positional().isEmpty();
            if (!cast) {
                break;
            }
            at = Scalars.peeled(made.call().positional().get(0).value());
        }
        return at;
    }

    private static boolean isCalculated(Value step) {
        boolean made = step instanceof Value.Made call
                && Names.of(call.call()).filter(CALCULATED::contains).isPresent();
        return made || step instanceof Value.Computed || step instanceof Value.Number;
    }

    /** A variable's first value, or the first value of another schedule: the program changes the rate while it runs. */
    private Optional<Rate> named(Value value, Quantity factor, Place place) {
        Optional<Value.Number> number = start(value);
        boolean isScaled = number.isEmpty() && !factor.isOne();
        String taken = number.map(n -> "the one that is named, " + n.text())
                .orElseGet(() -> isScaled ? "the factor that is named, " + factor.written() : Births.STAND_IN);
        problems.add(Finding.at(place, Code.SS441, "the learning rate is not known: " + Reasons.of(value))
                .detail("The rate is " + Births.taken(taken) + "."));
        problems.open("the learning rate at " + place);
        Origin origin = factor.place()
                .filter(p -> isScaled)
                .map(Origin::written)
                .orElse(Origin.NONE)
                .noted(Births.taken(taken));
        Value base = number.<Value>map(n -> n)
                .orElseGet(() -> new Value.Number(
                        factor.doubleValue(), Optional.empty(), Optional.of(factor.value()), false, origin));
        return Optional.of(new Rate(base, isScaled ? one() : factor, false));
    }

    private Optional<Value.Number> start(Value value) {
        Optional<RecordedCall> call = variables
                .of(value)
                .map(Variable::call)
                .or(() -> value instanceof Value.Made made ? Optional.of(made.call()) : Optional.empty());
        Optional<String> name = call.flatMap(Names::of);
        if (call.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        return List.of("initial_value", "initializer", "learning_rate", "input").stream()
                .flatMap(argument ->
                        Optional.ofNullable(
                                Signatures.arguments(name.get(), call.get()).get(argument))
                                .stream())
                .map(a -> Scalars.peeled(a.value()))
                .flatMap(v -> v instanceof Value.Number n && n.formula().isPresent()
                        ? Optional.of(n).stream()
                        : Optional.<Value.Number>empty().stream())
                .findFirst();
    }
}

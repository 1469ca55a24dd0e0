package samestep.dialect.pytorch.program.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;

/** Lengths that a program computes from its data, {@code len(loader) * epochs}, where the run's epochs are known. */
public final class Lengths {
    private static final Set<String> LENGTHS = Set.of("num_training_steps", "num_warmup_steps", "T_max", "total_iters");

    private final Optional<BigDecimal> batches;
    private final Optional<Object> loader;
    private final Epochs epochs;

    /**
     * @param epochs of the run
     * @param microSteps batches in an update
     * @param loader what an epoch goes over, if known
     */
    public Lengths(Epochs epochs, long microSteps, Optional<Value> loader) {
        this.epochs = epochs;
        this.loader = loader.map(Keys::of);
        this.batches = epochs.length().map(e -> e.decimal().multiply(BigDecimal.valueOf(microSteps)));
    }

    /** How many steps a scheduler takes that counts these, if known. */
    public OptionalLong run(Schedule.Unit unit) {
        return switch (unit) {
            case UPDATES -> epochs.updates();
            case EPOCHS -> epochs.whole();
            case EPOCH_SHARES, NOT_SAID, NOT_FOLLOWED -> OptionalLong.empty();
        };
    }

    /** Whether an argument of a scheduler is a length. */
    public static boolean isLength(String argument) {
        return LENGTHS.contains(argument);
    }

    /** The length; empty where it needs more than the batches of an epoch. */
    public Optional<Quantity> of(Argument argument) {
        String how = "computed at " + argument.place() + " with the length of an epoch";
        return value(argument.value())
                .map(v -> new Quantity(
                        Expression.literal(v), "", new Origin.Derived(how, Optional.of(argument.place()))));
    }

    private Optional<BigDecimal> value(Value value) {
        if (value instanceof Value.Number number && number.formula().isPresent()) {
            return Optional.of(number.decimal());
        }
        if (!(value instanceof Value.Computed computed)) {
            return Optional.empty();
        }
        if (computed.operator().equals("len")) {
            return batches.filter(
                    b -> loader.equals(Optional.of(Keys.of(computed.operands().get(0)))));
        }
        if (computed.operands().size() != 2) {
            return Optional.empty();
        }
        Optional<BigDecimal> left = value(computed.operands().get(0));
        Optional<BigDecimal> right = value(computed.operands().get(1));
        return left.flatMap(a -> right.flatMap(b -> switch (computed.operator()) {
            case "+" -> Optional.of(a.add(b));
            case "-" -> Optional.of(a.subtract(b));
            case "*" -> Optional.of(a.multiply(b));
            case "//" ->
                b.signum() > 0 ? Optional.of(a.divide(b, 0, RoundingMode.FLOOR)) : Optional.<BigDecimal>empty();
            default -> Optional.<BigDecimal>empty();
        }));
    }

    /** That a length is not known. */
    public static Finding unknown(String what, Argument argument) {
        return Finding.at(
                        argument.place(),
                        Code.SS441,
                        what + " is not known: " + Values.why(argument.value()) + "; --updates-per-epoch may say it")
                .detail("Where the rate needs this number it is not known.");
    }
}

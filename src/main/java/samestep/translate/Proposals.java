package samestep.translate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.compare.ValueRow;
import samestep.equation.run.Exact;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Recipe;

/** Numbers that may make a value the same; whether one does is found by trying it. */
final class Proposals {
    private static final MathContext WRITTEN_DIGITS = new MathContext(17);

    private final Map<List<Object>, Proposed> all = new LinkedHashMap<>();

    /**
     * A number to try.
     *
     * @param rows which values it is to make the same
     */
    record Proposed(Remedy remedy, List<ValueRow> rows) {}

    private Proposals() {}

    /** For rows that differ: first what to write in the target, then what in the source. */
    static List<Proposed> of(List<ValueRow> different, Recipe here, Recipe there) {
        Proposals proposals = new Proposals();
        // One number can be many parameters' value: it is proposed, and tried, once.
        different.forEach(row ->
                row.ratio().ifPresent(ratio -> proposals.add(row, row.target(), row.source(), ratio, List.of(row))));
        different.forEach(row -> row.ratio()
                .map(ratio -> BigDecimal.ONE.divide(ratio, Exact.DIGITS))
                .ifPresent(ratio -> proposals.add(row, row.source(), row.target(), ratio, List.of(row))));
        proposals.decaysOfOtherKinds(different, rate(here), rate(there));
        return List.copyOf(proposals.all.values());
    }

    /** One of a schedule that starts at zero has no proportion to anything. */
    private static Optional<BigDecimal> rate(Recipe recipe) {
        try {
            return Optional.of(recipe.schedule().rateAtStart()).filter(rate -> rate.signum() != 0);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A decay in the gradient and one beside it may be the same step with another number: times the rate, or over it. */
    private void decaysOfOtherKinds(List<ValueRow> different, Optional<BigDecimal> here, Optional<BigDecimal> there) {
        for (ValueRow one : different) {
            for (ValueRow other : different) {
                boolean apart = isDecay(one)
                        && isDecay(other)
                        && one.source().place().isPresent()
                        && one.target().quantity().isEmpty()
                        && other.target().place().isPresent()
                        && other.source().quantity().isEmpty();
                if (apart) {
                    ValueRow both = new ValueRow(
                            one.name() + " and " + other.name(),
                            other.parameters(),
                            one.source(),
                            other.target(),
                            false);
                    List<ValueRow> rows = List.of(one, other);
                    factors(there).forEach(f -> add(both, both.target(), both.source(), f, rows));
                    factors(here).forEach(f -> add(both, both.source(), both.target(), f, rows));
                }
            }
        }
    }

    private static List<BigDecimal> factors(Optional<BigDecimal> rate) {
        List<BigDecimal> factors = new ArrayList<>(List.of(BigDecimal.ONE));
        rate.ifPresent(r -> {
            factors.add(r);
            factors.add(BigDecimal.ONE.divide(r, Exact.DIGITS));
        });
        return factors;
    }

    private static boolean isDecay(ValueRow row) {
        return row.name().contains("decay") || row.name().contains("in the gradient");
    }

    /** The written number times what its meaning must be multiplied by. */
    private void add(ValueRow row, ValueRow.Side wrong, ValueRow.Side right, BigDecimal factor, List<ValueRow> rows) {
        if (wrong.place().isEmpty()
                || wrong.quantity().isEmpty()
                || right.quantity().isEmpty()) {
            return;
        }
        Place place = wrong.place().get();
        try {
            BigDecimal written = new BigDecimal(place.text());
            BigDecimal wanted = right.quantity().get().decimal().multiply(factor, Exact.DIGITS);
            BigDecimal number = written.multiply(wanted, Exact.DIGITS)
                    .divide(wrong.quantity().get().decimal(), Exact.DIGITS)
                    .round(WRITTEN_DIGITS);
            Remedy remedy = new Remedy(row, place, spelled(number, place.text()), rows.size() > 1);
            all.putIfAbsent(List.of(place, remedy.text()), new Proposed(remedy, rows));
        } catch (ArithmeticException | NumberFormatException e) {
            // Zero has no proportion, and what is written is not always a number.
            return;
        }
    }

    /** A whole number stays one: a count with a fraction is another type to many readers. */
    private static String spelled(BigDecimal number, String before) {
        boolean whole = number.stripTrailingZeros().scale() <= 0 && number.precision() - number.scale() <= 15;
        return whole && before.chars().allMatch(c -> c >= '0' && c <= '9')
                ? number.toBigInteger().toString()
                : Numbers.plain(number);
    }
}

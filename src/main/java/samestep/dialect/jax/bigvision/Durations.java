package samestep.dialect.jax.bigvision;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Entries;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;

/**
 * Durations in updates, which a configuration may give as {@code X_steps}, {@code X_examples}, {@code X_epochs} or
 * {@code X_percent}. Source: big_vision/utils.py, steps.
 *
 * @param batch samples of an update, if known
 * @param data samples of the training data, if known
 * @param total updates of the run, if known
 */
record Durations(Optional<Quantity> batch, OptionalLong data, Optional<Long> total) {
    private static final List<String> UNITS = List.of("steps", "examples", "epochs", "percent");

    Durations with(Optional<Long> otherTotal) {
        return new Durations(batch, data, otherTotal);
    }

    /**
     * A duration.
     *
     * @param otherwise what it is where nothing says it; empty where something must
     * @return empty, with a finding, where it is not known
     */
    Optional<Long> of(String name, Entries entries, Optional<Long> otherwise, List<Finding> findings) {
        List<String> given = new ArrayList<>();
        UNITS.forEach(unit -> {
            if (entries.get(name + "_" + unit).isPresent()) {
                given.add(unit);
            }
        });
        if (given.size() > 1) {
            findings.add(Finding.at(
                    entries.at(name + "_" + given.get(1)),
                    Code.SS004,
                    "only one of " + name + "_" + String.join(", " + name + "_", given) + " may be given"));
            return Optional.empty();
        }
        if (given.isEmpty()) {
            return otherwise;
        }
        String field = name + "_" + given.get(0);
        Optional<Quantity> number = entries.number(field);
        return number.flatMap(n -> updates(given.get(0), n).or(() -> {
            findings.add(Finding.at(
                            entries.at(field),
                            Code.SS441,
                            entries.name(field) + " is not known in updates: "
                                    + (given.get(0).equals("epochs")
                                            ? "--dataset-size says how many samples there are"
                                            : "input.batch_size or the length of the run is not known"))
                    .detail("Only the named rate is known."));
            return Optional.empty();
        }));
    }

    private Optional<Long> updates(String unit, Quantity number) {
        return switch (unit) {
            case "steps" ->
                Optional.of(number.decimal())
                        .filter(n -> n.stripTrailingZeros().scale() <= 0)
                        .map(BigDecimal::longValue);
            case "examples" ->
                batch.filter(b -> b.decimal().signum() > 0)
                        .map(b -> rounded(number.decimal().divide(b.decimal(), MathContext.DECIMAL64)));
            case "epochs" ->
                batch.filter(b -> data.isPresent() && b.decimal().signum() > 0)
                        .map(b -> rounded(number.decimal()
                                .multiply(BigDecimal.valueOf(data.getAsLong())
                                        .divide(b.decimal(), MathContext.DECIMAL64))));
            default -> total.map(all -> rounded(number.decimal().multiply(BigDecimal.valueOf(all))));
        };
    }

    /** To the nearest, and at least one unless it is nothing. */
    private static long rounded(BigDecimal updates) {
        return updates.signum() == 0
                ? 0
                : Math.max(1, updates.setScale(0, RoundingMode.HALF_EVEN).longValue());
    }
}

package samestep.check.rules;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.recipe.Schedule;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/**
 * How long a run is, in the unit of its schedule.
 *
 * @param steps how many updates, or epochs
 * @param word what one of them is called
 */
record RunLength(long steps, String word) {
    /** The length, where the file says it. */
    static Optional<RunLength> of(Schedule schedule, SourceText source) {
        if (schedule.unit() == Schedule.Unit.EPOCHS) {
            return epochs(source).map(count -> new RunLength(count, "epoch"));
        }
        if (schedule.unit() != Schedule.Unit.UPDATES || schedule.microSteps() != 1) {
            return Optional.empty();
        }
        OptionalLong horizon = schedule.horizon();
        return horizon.isPresent()
                ? Optional.of(new RunLength(horizon.getAsLong(), "update"))
                : schedule.values().stream()
                        .filter(value -> value.field().equals("max_iter"))
                        .map(value -> value.value().decimal())
                        .filter(RunLength::isCount)
                        .map(count -> new RunLength(count.longValueExact(), "update"))
                        .findFirst();
    }

    private static boolean isCount(BigDecimal number) {
        return number.signum() > 0
                && number.stripTrailingZeros().scale() <= 0
                && number.precision() - number.scale() < 18;
    }

    /** Lightning's trainer counts epochs. */
    private static Optional<Long> epochs(SourceText source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            return Optional.empty();
        }
        return Yaml.parse(source)
                .value()
                .flatMap(root -> member(root, "trainer"))
                .flatMap(trainer -> member(trainer, "max_epochs"))
                .filter(YamlScalar.class::isInstance)
                .map(scalar -> ((YamlScalar) scalar).text())
                .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                .map(Long::valueOf);
    }

    private static Optional<YamlValue> member(YamlValue value, String name) {
        return value.resolved() instanceof YamlMapping mapping
                ? mapping.get(name).map(YamlValue::resolved)
                : Optional.empty();
    }

    /** Such as "1 update" or "15 updates". */
    String words() {
        return words(steps);
    }

    /** A number of the same unit. */
    String words(long count) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}

package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Births;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;

/**
 * What the calls of {@code fit} say.
 *
 * @param batch samples in a batch
 * @param epochs how many
 */
record Fit(Optional<Quantity> batch, Optional<Quantity> epochs) {

    /** What they say, where all say the same. */
    static Fit of(Trace trace) {
        return new Fit(same(trace, List.of("batch_size")), same(trace, List.of("epochs", "nb_epoch")));
    }

    private static Optional<Quantity> same(Trace trace, List<String> names) {
        List<Quantity> all = new ArrayList<>();
        for (RecordedCall call : trace.calls()) {
            boolean isFit = call.owner().isPresent()
                    && (call.name().endsWith(".fit") || call.name().endsWith(".fit_generator"));
            Optional<Argument> given = isFit
                    ? names.stream().flatMap(n -> call.keyword(n).stream()).findFirst()
                    : Optional.empty();
            if (given.isPresent() && !(given.get().value() instanceof Value.Number)) {
                return Optional.empty();
            }
            given.ifPresent(a -> all.add(quantity((Value.Number) a.value(), a.place())));
        }
        boolean isOne = all.stream()
                        .map(q -> q.decimal().stripTrailingZeros())
                        .distinct()
                        .count()
                == 1;
        return isOne ? Optional.of(all.get(0)) : Optional.empty();
    }

    private static Quantity quantity(Value.Number number, Place place) {
        return Births.quantity(number, place);
    }

    /** A recipe with it. */
    Recipe addedTo(Recipe recipe) {
        Recipe with = recipe.withBatchSize(batch.or(recipe::batchSize));
        if (epochs.isEmpty()) {
            return with;
        }
        Quantity number = epochs.get();
        Setting setting = Setting.ofRun(
                SettingKind.EPOCHS,
                new SettingValue.Number(number),
                new Setting.Spelling("epochs " + number.decimal().toPlainString(), number.origin(), Convention.AS_IS));
        return with.withSettings(with.settings().and(List.of(setting)));
    }
}

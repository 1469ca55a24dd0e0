package samestep.recipe.setting;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import samestep.equation.Expression;
import samestep.recipe.Numbers;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/**
 * All settings that a configuration says, or that its framework gives it by default. A kind that is missing is not in
 * this file: nothing follows for the training.
 *
 * @param all the settings, in order
 * @param unjudged what changes the training beside them, and is only named where two files differ
 */
public record Settings(List<Setting> all, Unjudged unjudged) {
    /** A configuration that says none. */
    public static final Settings NONE = new Settings(List.of());

    /** Copies the list. */
    public Settings {
        all = List.copyOf(all);
    }

    /** Settings of a configuration without other fields. */
    public Settings(List<Setting> all) {
        this(all, Unjudged.NONE);
    }

    /** The same beside other fields. */
    public Settings with(Unjudged others) {
        return new Settings(all, others);
    }

    /** Those of a kind, in order. */
    public List<Setting> of(SettingKind kind) {
        return all.stream().filter(s -> s.kind() == kind).toList();
    }

    /** The whole run's setting of a kind. */
    public Optional<Setting> ofRun(SettingKind kind) {
        return of(kind).stream().findFirst();
    }

    /** These and others. Of a kind that the whole run has, the first is kept. */
    public Settings and(List<Setting> others) {
        List<Setting> both = new ArrayList<>(all);
        for (Setting other : others) {
            if (other.kind().scope() != SettingKind.Scope.RUN
                    || ofRun(other.kind()).isEmpty()) {
                both.add(other);
            }
        }
        return new Settings(both, unjudged);
    }

    /** These with every number and every place as they are called in another document. */
    public Settings traced(UnaryOperator<Quantity> quantity, UnaryOperator<Origin> origin) {
        List<Setting> traced = all.stream()
                .map(s -> new Setting(
                        s.kind(),
                        s.layer(),
                        s.part(),
                        s.value() instanceof SettingValue.Number n
                                ? new SettingValue.Number(quantity.apply(n.quantity()))
                                : s.value(),
                        new Setting.Spelling(
                                s.spelling().words(),
                                origin.apply(s.spelling().origin()),
                                s.spelling().convention())))
                .toList();
        return new Settings(traced, unjudged);
    }

    /** These, with other names for layers; layers that are not named keep their name. */
    public Settings renamed(Map<String, String> names) {
        return new Settings(
                all.stream()
                        .map(s -> s.in(names.getOrDefault(s.layer(), s.layer())))
                        .toList(),
                unjudged);
    }

    /**
     * The settings that follow from what a recipe knows anyway.
     *
     * @param batchSize of one device in one micro-step
     * @param microSteps in an update
     * @param updates of the run
     */
    public static List<Setting> ofRun(Optional<Quantity> batchSize, int microSteps, OptionalLong updates) {
        return ofRun(batchSize, microSteps, 1, updates);
    }

    /**
     * The same.
     *
     * @param devices that each take a batch of their own
     */
    public static List<Setting> ofRun(
            Optional<Quantity> batchSize, int microSteps, long devices, OptionalLong updates) {
        List<Setting> settings = new ArrayList<>();
        batchSize.ifPresent(batch -> settings.add(samples(batch, microSteps, devices)));
        updates.ifPresent(n -> settings.add(updates(n)));
        return List.copyOf(settings);
    }

    /**
     * So many devices that each take a batch of their own.
     *
     * @param how where the number is from
     */
    public static Setting devices(long number, String how) {
        Quantity quantity = new Quantity(
                Expression.Literal.of(number), Long.toString(number), new Origin.Derived(how, Optional.empty()));
        return Setting.ofRun(
                SettingKind.DEVICES,
                new SettingValue.Number(quantity),
                new Setting.Spelling(how, quantity.origin(), Convention.AS_IS));
    }

    /** Devices that each take a batch of their own, as far as the settings say; else one. */
    public long devices() {
        return ofRun(SettingKind.DEVICES)
                .map(Setting::value)
                .filter(SettingValue.Number.class::isInstance)
                .map(value -> ((SettingValue.Number) value).quantity().decimal().stripTrailingZeros())
                .filter(number ->
                        number.scale() <= 0 && number.signum() > 0 && number.precision() - number.scale() < 10)
                .map(BigDecimal::longValue)
                .orElse(1L);
    }

    private static Setting samples(Quantity batch, int microSteps, long devices) {
        String written =
                batch.text().isEmpty() ? Numbers.rounded(batch.doubleValue(), SettingValue.DIGITS) : batch.text();
        if (microSteps == 1 && devices == 1) {
            return Setting.ofRun(
                    SettingKind.SAMPLES_PER_UPDATE,
                    new SettingValue.Number(batch),
                    new Setting.Spelling(written, batch.origin(), Convention.AS_IS));
        }
        String how = "batches of " + written + (microSteps == 1 ? "" : " x " + microSteps)
                + (devices == 1 ? "" : " on " + devices + " devices");
        Expression times = Expression.Literal.of(microSteps).times(Expression.Literal.of(devices));
        Quantity samples = batch.derived(batch.value().times(times), how);
        // Two numbers make it: no place, for neither is to be changed alone.
        return Setting.ofRun(
                SettingKind.SAMPLES_PER_UPDATE,
                new SettingValue.Number(samples),
                new Setting.Spelling(how, new Origin.Derived(how, Optional.empty()), Convention.AS_IS));
    }

    private static Setting updates(long updates) {
        Origin origin = new Origin.Derived("length of the run", Optional.empty());
        Quantity quantity = new Quantity(Expression.Literal.of(updates), Long.toString(updates), origin);
        return Setting.ofRun(
                SettingKind.UPDATES,
                new SettingValue.Number(quantity),
                new Setting.Spelling(Long.toString(updates), origin, Convention.AS_IS));
    }
}

package samestep.recipe.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.syntax.Decimals;

/** The settings that the fields of a file say, by the rows of its form's ledger: as they are written, or by default. */
public final class LedgerSettings {
    private final Ledger ledger;
    private final Source fields;
    private final String layer;

    private LedgerSettings(Ledger ledger, Source fields, String layer) {
        this.ledger = ledger;
        this.fields = fields;
        this.layer = layer;
    }

    /** What a file says. */
    public interface Source {
        /** A field that is written; empty where it is not, or is null. */
        Optional<Written> written(String path);
    }

    /**
     * A field that is written.
     *
     * @param text a scalar as it means; booleans as {@code true} and {@code false}
     * @param place where
     */
    public record Written(String text, Place place) {}

    /** The settings of a file; what is given for layers holds for every layer. */
    public static List<Setting> of(Ledger ledger, Source fields) {
        return of(ledger, fields, ParameterName.ANY_LAYER);
    }

    /** The settings of a file, or of a part of it that is about one layer. */
    public static List<Setting> of(Ledger ledger, Source fields, String layer) {
        LedgerSettings reading = new LedgerSettings(ledger, fields, layer);
        List<Setting> settings = new ArrayList<>();
        for (LedgerRow row : ledger.rows()) {
            Optional<SettingRule> rule = row.setting().filter(r -> !r.companion());
            for (String field : rule.isPresent() ? row.fields() : List.<String>of()) {
                // Asked even where another field has said it: it is known.
                Optional<Setting> setting = reading.setting(field, rule.get());
                setting.filter(s -> settings.stream().noneMatch(t -> isSame(s, t)))
                        .ifPresent(settings::add);
            }
        }
        return List.copyOf(settings);
    }

    private static boolean isSame(Setting one, Setting other) {
        return one.kind() == other.kind() && one.owner().equals(other.owner());
    }

    private Optional<Setting> setting(String field, SettingRule rule) {
        Optional<Written> written = fields.written(field);
        String name = field.substring(field.lastIndexOf('.') + 1);
        Optional<Written> deciding = rule.condition().flatMap(c -> fields.written(c.field()));
        if (rule.condition().isPresent() && !holds(rule.condition().get())) {
            String words = rule.condition().get().field() + " "
                    + valueOf(rule.condition().get().field());
            return Optional.of(rule.otherwise())
                    .filter(text -> !text.isEmpty())
                    .map(text -> made(
                            field,
                            rule.kind(),
                            value(text, Convention.AS_IS, words, origin(Optional.empty(), deciding, field)),
                            new Setting.Spelling(words, origin(Optional.empty(), deciding, field), Convention.AS_IS)));
        }
        String text = written.map(Written::text).orElse(ledger.fallback(field));
        Optional<String> meant = meaning(rule, text);
        String words = written.isPresent() ? name + " " + text : "default of " + name + ", " + text;
        Origin origin = origin(written, deciding, field);
        return meant.filter(m -> !m.isEmpty())
                .map(m -> made(
                        field,
                        rule.kind(),
                        value(m, rule.convention(), text, origin),
                        new Setting.Spelling(words, origin, rule.convention())));
    }

    /** A word that stands for a value, or the text itself. */
    private static Optional<String> meaning(SettingRule rule, String text) {
        if (rule.words().isEmpty() || text.isEmpty()) {
            return Optional.of(text);
        }
        return Optional.ofNullable(rule.words().get(text))
                .or(() -> Optional.ofNullable(rule.words().get("*")).map(word -> word.equals("*") ? text : word));
    }

    private boolean holds(SettingRule.Condition condition) {
        return LedgerRow.matches(condition.value(), valueOf(condition.field()));
    }

    private String valueOf(String field) {
        return fields.written(field).map(Written::text).orElse(ledger.fallback(field));
    }

    /** Written, or the default; where another field that is written decides, it is not a default. */
    private Origin origin(Optional<Written> written, Optional<Written> deciding, String field) {
        return written.<Origin>map(w -> new Origin.Written(w.place()))
                .or(() -> deciding.map(w -> new Origin.Derived("by another field", Optional.of(w.place()))))
                .orElseGet(() -> new Origin.Default(ledger.defaultOf(field)));
    }

    private static SettingValue value(String meant, Convention convention, String text, Origin origin) {
        Optional<BigDecimal> number = Decimals.parse(meant);
        return number.<SettingValue>map(n ->
                        new SettingValue.Number(convention.turned(new Quantity(Expression.literal(n), text, origin))))
                .orElseGet(() -> new SettingValue.Word(meant));
    }

    private Setting made(String field, SettingKind kind, SettingValue value, Setting.Spelling spelling) {
        return switch (kind.scope()) {
            case RUN -> Setting.ofRun(kind, value, spelling);
            case LAYER, PARAMETER -> Setting.ofLayer(kind, layer, value, spelling);
            case FIELD -> new Setting(kind, "", field, value, spelling);
        };
    }
}

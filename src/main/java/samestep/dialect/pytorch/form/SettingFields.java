package samestep.dialect.pytorch.form;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.ledger.SettingRule;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;
import samestep.syntax.Decimals;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.Edits;
import samestep.text.SourceText;

/**
 * The fields of a form that say a recipe's settings: the rows of its ledger, read the other way round. A setting for which no
 * row has a value is not written; the comparison with what is read back names it.
 */
public final class SettingFields {
    private final Ledger ledger;
    private final Settings settings;
    private final int microSteps;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private SettingFields(Ledger ledger, Recipe recipe) {
        this.ledger = ledger;
        this.settings = recipe.allSettings();
        this.microSteps = recipe.microSteps();
    }

    /** A document with the fields that it does not say yet. */
    public static String into(String document, Ledger ledger, Recipe recipe) {
        SourceText source = new SourceText("written", document);
        Optional<YamlMapping> root = ConfigurationText.mapping(source);
        Map<String, String> fields = of(ledger, recipe);
        root.ifPresent(mapping -> fields.keySet().removeIf(path -> says(mapping, path)));
        Optional<YamlMapping> wanted = ConfigurationText.mapping(new SourceText("fields", text(fields)));
        if (root.isEmpty() || wanted.isEmpty() || fields.isEmpty()) {
            return document;
        }
        YamlMerge merge = new YamlMerge(source);
        merge.merge(root.get(), wanted.get());
        return Edits.apply(source, merge.edits()).text();
    }

    private static boolean says(YamlMapping root, String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? root.get(path).isPresent()
                : root.get(path.substring(0, dot)).orElse(null) instanceof YamlMapping section
                        && says(section, path.substring(dot + 1));
    }

    /** Sections one below the other, each field at its place. */
    private static String text(Map<String, String> fields) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        fields.forEach((path, value) -> {
            int dot = path.indexOf('.');
            sections.computeIfAbsent(dot < 0 ? "" : path.substring(0, dot), s -> new LinkedHashMap<>())
                    .put(path.substring(dot + 1), value);
        });
        YamlText text = new YamlText();
        sections.forEach((section, values) -> {
            if (section.isEmpty()) {
                values.forEach(text::line);
            } else {
                text.open(section);
                values.forEach(text::line);
                text.close();
            }
        });
        return text.toString();
    }

    /** By path, as a file says them. */
    static Map<String, String> of(Ledger ledger, Recipe recipe) {
        SettingFields fields = new SettingFields(ledger, recipe);
        for (SettingKind kind : SettingKind.values()) {
            fields.setting(kind).ifPresent(fields::write);
        }
        return fields.fields;
    }

    /** That of the run; of layers the one that all of them have. */
    private Optional<Setting> setting(SettingKind kind) {
        List<Setting> all = settings.of(kind);
        boolean one = !all.isEmpty()
                && all.stream().allMatch(s -> s.value().means(all.get(0).value()));
        return switch (kind.scope()) {
            case RUN -> settings.ofRun(kind);
            case LAYER -> one ? Optional.of(all.get(0)) : Optional.empty();
            case PARAMETER, FIELD -> Optional.empty();
        };
    }

    private void write(Setting setting) {
        List<LedgerRow> rows = ledger.rows().stream()
                .filter(LedgerRow::isOneField)
                .filter(row ->
                        row.setting().filter(r -> r.kind() == setting.kind()).isPresent())
                // A field without a default is the older one, or another name.
                .sorted(Comparator.comparing(row -> row.fallback().isEmpty()))
                .toList();
        switch (setting.kind()) {
            case SAMPLES_PER_UPDATE -> batch(setting, rows);
            case EPOCHS -> epochs(setting, rows);
            case UPDATES -> {
                // The schedule's writer does, because the schedule may end with the run.
            }
            default ->
                rows.stream()
                        .filter(row -> !rule(row).companion())
                        .map(row -> fields(row, setting))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .ifPresent(fields::putAll);
        }
    }

    private static SettingRule rule(LedgerRow row) {
        return row.setting().orElseThrow();
    }

    /** detectron2's IMS_PER_BATCH and Ultralytics' batch are those of all devices; others say that of one. */
    static boolean isOfAllDevices(Ledger ledger) {
        return List.of("detectron2", "ultralytics").contains(ledger.library());
    }

    /** detectron2 has no accumulation: a batch as large as those of an update together. */
    private long share() {
        return ledger.library().equals("detectron2")
                ? 1
                : microSteps * (isOfAllDevices(ledger) ? 1 : settings.devices());
    }

    /** Of one device in one micro-step; the data of a module that is not known have no field for it. */
    private void batch(Setting setting, List<LedgerRow> rows) {
        Optional<String> field = rows.stream()
                .map(row -> row.fields().get(0))
                .filter(path -> !path.startsWith("data."))
                .findFirst();
        if (field.isEmpty() || !(setting.value() instanceof SettingValue.Number samples)) {
            return;
        }
        Expression batch = samples.quantity().value().over(Expression.Literal.of(share()));
        Exact.decimal(batch)
                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                .ifPresent(
                        number -> fields.put(field.get(), number.toBigInteger().toString()));
    }

    /** Where the updates are known, epochs decide nothing. */
    private void epochs(Setting setting, List<LedgerRow> rows) {
        boolean counted = settings.ofRun(SettingKind.UPDATES).isPresent();
        if (!counted && !rows.isEmpty() && setting.value() instanceof SettingValue.Number epochs) {
            text(rows.get(0), epochs.quantity())
                    .ifPresent(text -> fields.put(rows.get(0).fields().get(0), text));
        }
    }

    /** What a row needs to say a setting: nothing where the default does; empty where it cannot. */
    private Optional<Map<String, String>> fields(LedgerRow row, Setting setting) {
        SettingRule rule = rule(row);
        if (rule.condition().isPresent()) {
            SettingRule.Condition condition = rule.condition().get();
            boolean offByDefault = !LedgerRow.matches(condition.value(), ledger.fallback(condition.field()));
            if (offByDefault && !rule.otherwise().isEmpty() && means(rule.otherwise(), rule, setting.value())) {
                return Optional.of(Map.of());
            }
            if (condition.value().indexOf('*') >= 0) {
                return Optional.empty();
            }
        }
        boolean byDefault = rule.condition().isEmpty() && !row.fallback().isEmpty() && meansAsText(row, setting);
        if (byDefault && !setting.isWritten()) {
            return Optional.of(Map.of());
        }
        return text(row, setting.value()).map(text -> {
            Map<String, String> written = new LinkedHashMap<>();
            rule.condition().ifPresent(c -> written.put(c.field(), c.value()));
            written.put(row.fields().get(0), text);
            return written;
        });
    }

    private static boolean means(String meant, SettingRule rule, SettingValue value) {
        return value instanceof SettingValue.Number number
                ? Decimals.parse(meant)
                        .filter(d -> rule.convention()
                                        .turned(new Quantity(
                                                Expression.literal(d),
                                                meant,
                                                number.quantity().origin()))
                                        .decimal()
                                        .compareTo(number.quantity().decimal())
                                == 0)
                        .isPresent()
                : value instanceof SettingValue.Word word && word.word().equals(meant);
    }

    /** Whether the default of a row means a setting. */
    private static boolean meansAsText(LedgerRow row, Setting setting) {
        SettingRule rule = rule(row);
        String meant = rule.words().getOrDefault(row.fallback(), rule.words().isEmpty() ? row.fallback() : "");
        return !meant.isEmpty() && means(meant, rule, setting.value());
    }

    /** What is written for a value; empty where the row has nothing for it. */
    private static Optional<String> text(LedgerRow row, SettingValue value) {
        SettingRule rule = rule(row);
        Optional<String> word = rule.words().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("*") && means(entry.getValue(), rule, value))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(String::length).reversed())
                .findFirst();
        boolean any = rule.words().isEmpty() || "*".equals(rule.words().get("*"));
        if (word.isPresent() || !any) {
            return word;
        }
        return value instanceof SettingValue.Number number
                ? text(row, rule.convention().turned(number.quantity()))
                : value instanceof SettingValue.Word one
                                && List.of(row.type().split(" ")).contains(one.word())
                        ? Optional.of(one.word())
                        : Optional.empty();
    }

    private static Optional<String> text(LedgerRow row, Quantity number) {
        boolean whole = number.decimal().stripTrailingZeros().scale() <= 0;
        return switch (row.type()) {
            case "integer" ->
                whole ? Optional.of(number.decimal().toBigInteger().toString()) : Optional.empty();
            case "number" -> Optional.of(Yaml.number(number.written()));
            default -> Optional.empty();
        };
    }
}

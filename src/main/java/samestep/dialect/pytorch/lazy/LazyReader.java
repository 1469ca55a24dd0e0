package samestep.dialect.pytorch.lazy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Entries;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.mmengine.MmengineLeaves;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.write.Reasons;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Mapping;
import samestep.program.value.Show;
import samestep.program.value.Value;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;
import samestep.recipe.setting.Unjudged;

/**
 * From the values of a LazyConfig to what detectron2's trainer does with them. Source: {@code do_train} in
 * tools/lazyconfig_train_net.py.
 */
final class LazyReader {
    private static final String LIBRARY = "LazyConfig of detectron2";
    private static final String BATCH = "total_batch_size";
    /** What each field decides. */
    private static final Ledger LEDGER = Ledgers.of("lazyconfig");

    private final Input input;
    private final Entries all;
    private final List<Finding> findings;
    private final List<String> unknown = new ArrayList<>();

    LazyReader(Input input, Entries all, List<Finding> findings) {
        this.input = input;
        this.all = all;
        this.findings = findings;
    }

    PytorchConfiguration read() {
        Optional<Entries> config = all.inner("optimizer");
        PytorchObject optimizer = config.map(this::optimizer).orElse(PytorchObject.of("detectron2.none"));
        PytorchConfiguration whole = PytorchConfiguration.of(LIBRARY, optimizer);
        if (config.isPresent()) {
            whole = new LazyParams(config.get(), optimizer, findings).with(whole);
        }
        Optional<Entries> train = needed("train");
        Optional<Long> length = train.flatMap(t -> t.whole("max_iter"));
        Optional<Quantity> run = train.flatMap(t -> t.number("max_iter"));
        if (train.isPresent() && !train.get().has("max_iter")) {
            findings.add(
                    Finding.at(train.get().place(), Code.SS004, "train.max_iter is missing: how long is the run?"));
        }
        Optional<Entries> multiplier = needed("lr_multiplier");
        if (multiplier.isPresent() && run.isPresent()) {
            whole = whole.withScheduling(new LazySchedule(findings).of(multiplier.get(), run.get()));
        }
        List<Setting> settings = new ArrayList<>(FormSettings.devices(input.run()));
        train.ifPresent(t -> settings.addAll(precision(t)));
        train.ifPresent(this::others);
        return whole.withUpdates(length.map(OptionalLong::of).orElse(OptionalLong.empty()))
                .withBatchSize(batch())
                .withSettings(new Settings(settings).with(Unjudged.of(LIBRARY, this::outside)))
                .withUnknown(unknown);
    }

    private Optional<Entries> needed(String name) {
        if (!all.has(name)) {
            findings.add(Finding.at(
                    all.place(),
                    Code.SS004,
                    "the configuration has no " + name + ", which detectron2's trainer needs"));
            return Optional.empty();
        }
        return all.inner(name);
    }

    private PytorchObject optimizer(Entries config) {
        Optional<String> target = target(config);
        if (target.isEmpty()) {
            config.given(LazyWorld.TARGET)
                    .ifPresentOrElse(
                            value -> config.unknown(LazyWorld.TARGET, value),
                            () -> findings.add(Finding.at(
                                    config.place(), Code.SS010, "optimizer is not made by LazyCall: which is it?")));
        }
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        for (String field : config.fields()) {
            if (field.equals(LazyWorld.TARGET) || field.equals(LazyParams.FIELD)) {
                continue;
            }
            Value value = config.given(field).orElseThrow();
            Values.of(value, config.at(field))
                    .ifPresentOrElse(v -> arguments.put(field, v), () -> config.unknown(field, value));
        }
        config.mapping().rest().ifPresent(rest -> config.unknown("*", rest));
        String path = target.orElse("detectron2.none");
        // torch.optim.adamw.AdamW is torch.optim.AdamW.
        String plain =
                path.startsWith("torch.optim.") ? "torch.optim." + path.substring(path.lastIndexOf('.') + 1) : path;
        return new PytorchObject(plain, arguments, Optional.of(config.place()));
    }

    /** The path of what a dict calls. */
    static Optional<String> target(Entries config) {
        Value target = config.mapping().get(LazyWorld.TARGET).orElse(null);
        if (target instanceof Value.Text text) {
            return Optional.of(text.value());
        }
        return target instanceof Value.Library library && library.others().isEmpty()
                ? Optional.of(library.name())
                : Optional.empty();
    }

    /** AMPTrainer casts to half precision, and scales the loss; the scale is taken out before the update. */
    private List<Setting> precision(Entries train) {
        boolean isHalf = train.get("amp").isPresent()
                && train.inner("amp").map(amp -> amp.isOn("enabled", false)).orElse(false);
        Origin origin = train.get("amp").isPresent() && isHalf
                ? new Origin.Written(train.inner("amp").orElseThrow().at("enabled"))
                : new Origin.Default("detectron2, without train.amp.enabled");
        Setting format = word(SettingKind.NUMBER_FORMAT, isHalf ? "float16" : "float32", "train.amp.enabled", origin);
        return isHalf
                ? List.of(format, word(SettingKind.LOSS_SCALING, "dynamic", "AMPTrainer's GradScaler", origin))
                : List.of(format);
    }

    private static Setting word(SettingKind kind, String word, String written, Origin origin) {
        return Setting.ofRun(
                kind, new SettingValue.Word(word), new Setting.Spelling(written, origin, Convention.AS_IS));
    }

    /** Other trainers clip or average by fields that detectron2's own does not have. */
    private void others(Entries train) {
        for (String field : train.unasked()) {
            String name = train.name(field);
            if (LEDGER.row(name, "")
                    .filter(row -> row.decides() == Decides.NOTHING)
                    .isPresent()) {
                continue;
            }
            boolean clips = field.contains("clip");
            String shown = Show.value(train.mapping().get(field).orElseThrow());
            unknown.add(name + " " + shown);
            findings.add(Finding.at(
                    train.at(field),
                    clips ? Code.SS010 : Code.SS044,
                    clips
                            ? name + " is of another trainer than detectron2's, and its clip cannot be read yet"
                            : "not known here, and not checked: " + name));
        }
        train.mapping().rest().ifPresent(rest -> train.unknown("*", rest));
    }

    /** The batch of all devices is shared among them. */
    private Optional<Quantity> batch() {
        Optional<Value> data = all.get("dataloader");
        Optional<Value> loader = data.flatMap(value -> part(value, "train"));
        Optional<Value> size = loader.flatMap(value -> part(value, BATCH));
        if (size.orElse(null) instanceof Value.Number number && number.formula().isPresent()) {
            Entries train =
                    all.inner("dataloader").flatMap(d -> d.inner("train")).orElseThrow();
            int devices = input.run().devicesOrOne();
            return train.number(BATCH)
                    .map(batch -> devices == 1
                            ? batch
                            : batch.derived(batch.value().over(Expression.literal(devices)), BATCH + " / devices"));
        }
        Value last = size.or(() -> loader).or(() -> data).orElse(null);
        if (last != null && !(last instanceof Mapping known && known.rest().isEmpty())) {
            unknown.add("dataloader.train." + BATCH);
            findings.add(Finding.at(
                    Reasons.place(last).orElse(all.at("dataloader")),
                    Code.SS044,
                    "dataloader.train." + BATCH + " is not known, and not checked"
                            + (last instanceof Value.Unknown why ? ": " + why.reason() : "")));
        }
        return Optional.empty();
    }

    private static Optional<Value> part(Value value, String name) {
        return value instanceof Mapping mapping ? mapping.get(name) : Optional.empty();
    }

    /** The net and the data are held against those of another file. */
    private List<Unjudged.Field> outside() {
        return MmengineLeaves.of(all).stream()
                .filter(leaf -> LEDGER.rowWithin(leaf.path(), leaf.text())
                        .filter(row -> row.decides() == Decides.OUTSIDE)
                        .isPresent())
                .map(leaf -> new Unjudged.Field(leaf.path(), leaf.text(), ""))
                .toList();
    }
}

package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.Births;
import samestep.dialect.Entries;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.mmengine.MmengineLeaves.Leaf;
import samestep.program.value.Value;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.ledger.SettingRule;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;
import samestep.recipe.setting.Unjudged;

/**
 * What a configuration of MMEngine or MMCV 1 says beside the update, by its ledger. Sources:
 * mmengine/optim/optimizer/amp_optimizer_wrapper.py, hooks/ema_hook.py and model/averaged_model.py of mmengine 0.10.7;
 * mmcv/runner/hooks/optimizer.py of mmcv 1.7.
 */
final class MmengineSettings {
    private static final Ledger LEDGER = Ledgers.of("mmengine");
    private static final String WRAPPER = "optim_wrapper.";

    private final List<Leaf> leaves;
    private final List<Setting> settings = new ArrayList<>();

    private MmengineSettings(List<Leaf> leaves) {
        this.leaves = leaves;
    }

    /** All of a configuration, with the fields of the net and the data. */
    static Settings of(Entries all, List<Setting> more) {
        MmengineSettings found = new MmengineSettings(MmengineLeaves.of(all));
        found.settings.addAll(more);
        found.format();
        found.average();
        found.frozen();
        found.layers();
        found.smoothing();
        return new Settings(found.settings).with(Unjudged.of(LEDGER.library(), found::outside));
    }

    private Optional<Leaf> leaf(String path) {
        return leaves.stream().filter(l -> l.path().equals(path)).findFirst();
    }

    private boolean hasSection(String path) {
        return leaves.stream().anyMatch(l -> l.path().equals(path) || l.path().startsWith(path + "."));
    }

    /** Autocast in half precision, with a scaled loss; MMCV 1 has a dict for it. */
    private void format() {
        Optional<Leaf> type = leaf(WRAPPER + "type").filter(l -> !l.text().equals("OptimWrapper"));
        boolean old = hasSection("fp16");
        if (type.isEmpty() && !old) {
            said(SettingKind.NUMBER_FORMAT, new SettingValue.Word("float32"), "no AmpOptimWrapper", byDefault("type"));
            return;
        }
        Optional<Leaf> format = leaf(WRAPPER + "dtype");
        String word = format.map(Leaf::text).orElse("float16");
        Origin origin = format.or(() -> type)
                .<Origin>map(l -> new Origin.Written(l.place()))
                .orElseGet(() -> byDefault("fp16"));
        said(
                SettingKind.NUMBER_FORMAT,
                new SettingValue.Word(word),
                type.map(Leaf::text).orElse("fp16"),
                origin);
        Optional<Leaf> scale = leaf(WRAPPER + "loss_scale").or(() -> leaf("fp16.loss_scale"));
        if (scale.isEmpty()) {
            said(SettingKind.LOSS_SCALING, new SettingValue.Word("dynamic"), "dynamic", byDefault("loss_scale"));
        }
        scale.ifPresent(l -> said(
                SettingKind.LOSS_SCALING,
                number(l).<SettingValue>map(SettingValue.Number::new).orElseGet(() -> new SettingValue.Word(l.text())),
                "loss_scale " + l.text(),
                new Origin.Written(l.place())));
    }

    /** EMAHook's momentum is the share of the new weights; other averages have a share that moves. */
    private void average() {
        Optional<Leaf> hook = leaves.stream()
                .filter(l -> l.path().startsWith("custom_hooks.") && l.name().equals("type"))
                .filter(l -> Around.AVERAGES.contains(l.text()))
                .findFirst();
        if (hook.isEmpty()) {
            Quantity none = Quantity.byDefault("0", "MMEngine, without EMAHook");
            said(SettingKind.WEIGHT_AVERAGE, new SettingValue.Number(none), "no EMAHook", none.origin());
            return;
        }
        String section = hook.get().section();
        String kind = leaf(section + ".ema_type").map(Leaf::text).orElse("ExponentialMovingAverage");
        Quantity momentum = leaf(section + ".momentum")
                .flatMap(MmengineSettings::number)
                .orElseGet(() -> Quantity.byDefault("0.0002", "MMEngine's default of momentum"));
        boolean plain = hook.get().text().equals("EMAHook") && kind.equals("ExponentialMovingAverage");
        SettingValue value = plain
                ? new SettingValue.Number(Convention.COMPLEMENT.turned(momentum))
                : new SettingValue.Word(
                        (hook.get().text().equals("EMAHook") ? kind : hook.get().text()) + ", momentum "
                                + momentum.written());
        settings.add(Setting.ofRun(
                SettingKind.WEIGHT_AVERAGE,
                value,
                new Setting.Spelling(
                        "momentum " + momentum.written(),
                        momentum.origin(),
                        plain ? Convention.COMPLEMENT : Convention.AS_IS)));
    }

    /** Which parameters a stage has, the model's own code says: the fields are held against each other. */
    private void frozen() {
        List<Leaf> frozen = leaves.stream()
                .filter(l -> kind(l).filter(k -> k == SettingKind.FROZEN_PART).isPresent())
                .filter(l -> l.name().endsWith("frozen_stages")
                        ? !l.text().startsWith("-")
                        : l.text().equals("false"))
                .toList();
        String parts = frozen.stream().map(l -> l.path() + " " + l.text()).collect(Collectors.joining(", "));
        said(
                SettingKind.FROZEN_PART,
                parts.isEmpty() ? SettingValue.NO_PART : new SettingValue.Word(parts),
                parts.isEmpty() ? SettingValue.NO_PART.word() : parts,
                frozen.stream()
                        .<Origin>map(l -> new Origin.Written(l.place()))
                        .findFirst()
                        .orElseGet(() -> byDefault("frozen_stages")));
    }

    private void layers() {
        for (Leaf leaf : leaves) {
            Optional<SettingRule> rule = rule(leaf).filter(r -> r.kind().scope() == SettingKind.Scope.LAYER);
            Optional<Quantity> written = number(leaf);
            if (rule.isEmpty() || written.isEmpty()) {
                continue;
            }
            Convention convention = rule.get().convention();
            settings.add(new Setting(
                    rule.get().kind(),
                    leaf.section(),
                    leaf.name().startsWith("attn") ? leaf.name() : "",
                    new SettingValue.Number(convention.turned(written.get())),
                    new Setting.Spelling(
                            leaf.name() + " " + leaf.text(), written.get().origin(), convention)));
        }
    }

    /** Of several losses: each, where they are not alike. */
    private void smoothing() {
        List<Leaf> found = leaves.stream()
                .filter(l ->
                        kind(l).filter(k -> k == SettingKind.LABEL_SMOOTHING).isPresent())
                .filter(l -> number(l).isPresent())
                .toList();
        if (found.stream().map(Leaf::text).distinct().count() == 1) {
            Quantity value = number(found.get(0)).orElseThrow();
            said(
                    SettingKind.LABEL_SMOOTHING,
                    new SettingValue.Number(value),
                    found.get(0).name() + " " + value.written(),
                    value.origin());
        } else if (!found.isEmpty()) {
            String words =
                    found.stream().map(l -> l.text() + " in " + l.section()).collect(Collectors.joining(", "));
            said(
                    SettingKind.LABEL_SMOOTHING,
                    new SettingValue.Word(words),
                    words,
                    new Origin.Written(found.get(0).place()));
        }
    }

    private static Optional<SettingRule> rule(Leaf leaf) {
        return LEDGER.row(leaf.path(), leaf.text()).flatMap(LedgerRow::setting);
    }

    private static Optional<SettingKind> kind(Leaf leaf) {
        return rule(leaf).map(SettingRule::kind);
    }

    private static Optional<Quantity> number(Leaf leaf) {
        return leaf.value() instanceof Value.Number number && number.formula().isPresent()
                ? Optional.of(Births.quantity(number, leaf.place()))
                : Optional.empty();
    }

    private void said(SettingKind kind, SettingValue value, String words, Origin origin) {
        settings.add(Setting.ofRun(kind, value, new Setting.Spelling(words, origin, Convention.AS_IS)));
    }

    private static Origin byDefault(String field) {
        return new Origin.Default("MMEngine's default of " + field);
    }

    private List<Unjudged.Field> outside() {
        return leaves.stream()
                .filter(l -> LEDGER.row(l.path(), l.text())
                                .or(() -> LEDGER.rowWithin(l.path(), l.text()))
                                .map(LedgerRow::decides)
                                .orElse(Decides.OUTSIDE)
                        == Decides.OUTSIDE)
                .map(l -> new Unjudged.Field(l.path(), l.text(), ""))
                .toList();
    }
}

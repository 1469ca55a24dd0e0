package samestep.dialect.pytorch.timm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FlatChange;
import samestep.dialect.pytorch.form.FormChange;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/** The arguments of timm's train.py, as it writes them to args.yaml and reads them with --config. */
public final class TimmForm implements PytorchForm {
    static final String STYLE = "timm";

    /** What timm's training script has beside an optimizer; the schedule may be the usual one, and not be named. */
    private static final List<String> MARKS =
            List.of("warmup_epochs", "warmup_lr", "cooldown_epochs", "decay_epochs", "smoothing", "reprob", "min_lr");

    /** What decides an update, and is not always written. */
    private static final List<String> OTHERS = List.of(
            "opt_eps",
            "opt_betas",
            "opt_kwargs",
            "clip_grad",
            "clip_mode",
            "grad_accum_steps",
            "layer_decay",
            "lr_noise",
            "lr_cycle_limit",
            "lr_cycle_mul",
            "lr_k_decay",
            "sched_on_updates");

    @Override
    public String describes() {
        return "timm args.yaml";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, "opt", "lr")
                && ConfigurationText.mapping(source).map(TimmForm::isOne).orElse(false);
    }

    private static boolean isOne(YamlMapping root) {
        boolean rate = root.get("lr").isPresent() || root.get("lr_base").isPresent();
        boolean marked = YamlValues.text(root, "sched").isPresent()
                || MARKS.stream().filter(name -> root.get(name).isPresent()).count() >= 3;
        return rate && marked && YamlValues.text(root, "opt").isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields = new Fields(List.of(new Fields.Layer(source, root)), FormDefaults.of("timm"), findings);
            PytorchConfiguration configuration = new TimmReader(input, fields, findings).configuration();
            return Outcome.of(configuration, findings);
        });
    }

    @Override
    public Optional<String> style() {
        return Optional.of(STYLE);
    }

    @Override
    public PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) {
        return TimmWriter.sayable(configuration, findings);
    }

    @Override
    public String print(PytorchConfiguration sayable) {
        return TimmWriter.print(sayable);
    }

    @Override
    public Optional<FormChange> change() {
        return Optional.of((edits, here, wanted) ->
                FlatChange.make(edits, here, wanted, FormDefaults.of("timm"), "", false, OTHERS));
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of("timm"));
    }
}

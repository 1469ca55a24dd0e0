package samestep.dialect.pytorch.hydra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.json.JsonForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Schedule;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/**
 * Hydra's configurations: an object's class is its {@code _target_}, and its arguments are beside it. Hydra makes the
 * objects; the training script says how often a scheduler is stepped, or a key {@code interval}, as in Lightning, if
 * there is one.
 */
public final class HydraForm implements ObjectForm {
    static final String KEY = "_target_";
    /** Lightning's word for how often a scheduler is stepped. */
    static final String INTERVAL = "interval";

    private static final String DEFAULTS = "defaults";

    @Override
    public String describes() {
        return "Hydra YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, KEY, "optim")
                && !source.text().contains(JsonForm.MARK)
                && ConfigurationText.mapping(source)
                        .filter(root -> ObjectForm.hasOptimizer(source, root, KEY))
                        .isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        return ConfigurationText.read(input, HydraForm::read);
    }

    private static Outcome<PytorchConfiguration> read(Input input, YamlMapping root) {
        SourceText source = input.source();
        List<Finding> findings = new ArrayList<>();
        ObjectReader reader = new ObjectReader("hydra", source, root, findings);
        ObjectDocument document = new ObjectDocument(root, KEY);
        Optional<String> interval = YamlValues.text(root, INTERVAL);
        boolean lightning = root.get("trainer").isPresent()
                || YamlValues.text(root, KEY)
                        .filter(path -> path.endsWith("Module"))
                        .isPresent();
        Schedule.Unit unit = interval.map(word -> word.equals("step") ? Schedule.Unit.UPDATES : Schedule.Unit.EPOCHS)
                .orElse(lightning ? Schedule.Unit.EPOCHS : Schedule.Unit.NOT_SAID);
        Outcome<PytorchConfiguration> read = reader.read("PyTorch", document, unit);
        if (read.value().isEmpty()) {
            return read;
        }
        boolean unsaid = unit == Schedule.Unit.NOT_SAID
                && read.value().get().scheduling().isPresent()
                && findings.stream().noneMatch(f -> f.code() == Code.SS441);
        if (unsaid) {
            findings.add(Finding.of(Code.SS441, "how often the scheduler is stepped is not in this file")
                    .at(read.value().get().scheduling().get().scheduler().place())
                    .detail("Only the named rate is known. Beside the optimizer, \"" + INTERVAL + ": step\" or \""
                            + INTERVAL + ": epoch\" says it."));
        }
        PytorchConfiguration configuration = reader.withTrainer(read.value().get(), input.run());
        for (String own : List.of("optimizer", "scheduler", "lr_scheduler", KEY, INTERVAL)) {
            reader.fields().has(own);
        }
        if (isAlone(root)) {
            reader.fields().has(DEFAULTS);
        }
        PytorchConfiguration whole = Outside.note(configuration, reader.fields(), Place.start(source), findings);
        return Outcome.of(whole, findings);
    }

    /** Whether no file but those of Hydra itself is put together with this one. */
    private static boolean isAlone(YamlMapping root) {
        return root.get(DEFAULTS).orElse(null) instanceof YamlSequence list
                && list.values().stream().allMatch(HydraForm::isOfHydra);
    }

    private static boolean isOfHydra(YamlValue entry) {
        if (entry.resolved() instanceof YamlMapping group) {
            return group.visible().stream()
                    .allMatch(e -> e.name().replaceFirst("^override +", "").matches("/?hydra/.*"));
        }
        return entry.resolved() instanceof YamlScalar scalar && scalar.text().equals("_self_");
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of("hydra"));
    }

    @Override
    public ObjectWriter writer() {
        return ObjectWriter.HYDRA;
    }

    @Override
    public String key() {
        return KEY;
    }
}

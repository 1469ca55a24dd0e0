package samestep.dialect.pytorch.hydra;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.json.JsonForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Schedule;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/**
 * The configuration of Lightning's CLI: classes by {@code class_path}, arguments by {@code init_args}. Source:
 * lightning/pytorch/cli.py: one optimizer for all parameters, and one scheduler, which is stepped after every epoch.
 */
public final class LightningForm implements ObjectForm {
    static final String KEY = "class_path";

    @Override
    public String describes() {
        return "Lightning CLI YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        if (!ConfigurationText.mayBe(source, KEY, "ptimizer")
                || source.text().contains(JsonForm.MARK)
                || source.text().contains("param_groups")) {
            return false;
        }
        return ConfigurationText.mapping(source)
                .filter(root -> !ConfigurationText.isJson(source)
                        || root.get("trainer").isPresent()
                        || root.get("model").isPresent())
                .filter(root -> ObjectForm.hasOptimizer(source, root, KEY))
                .isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        return ConfigurationText.read(input, LightningForm::read);
    }

    private static Outcome<PytorchConfiguration> read(Input input, YamlMapping root) {
        SourceText source = input.source();
        List<Finding> findings = new ArrayList<>();
        ObjectReader reader = new ObjectReader("lightning", source, root, findings);
        Outcome<PytorchConfiguration> read =
                reader.read("Lightning", new ObjectDocument(root, KEY), Schedule.Unit.EPOCHS);
        if (read.value().isEmpty()) {
            return read;
        }
        PytorchConfiguration configuration = reader.withTrainer(read.value().get(), input.run());
        reader.fields().has("optimizer");
        reader.fields().has("lr_scheduler");
        PytorchConfiguration whole = Outside.note(configuration, reader.fields(), Place.start(source), findings);
        return Outcome.of(whole, findings);
    }

    @Override
    public ObjectWriter writer() {
        return ObjectWriter.LIGHTNING;
    }

    @Override
    public String key() {
        return KEY;
    }
}

package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Rewrite;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/**
 * The configuration of Lightning's CLI: classes by {@code class_path}, arguments by {@code init_args}. Source:
 * lightning/pytorch/cli.py: one optimizer for all parameters, and one scheduler, which is stepped after every epoch.
 */
final class LightningForm implements PytorchForm {
    static final String STYLE = "lightning";
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
                .filter(root -> {
                    ObjectDocument document = new ObjectDocument(root, KEY);
                    return !document.optimizers().isEmpty() && ObjectReader.isWhole(source, root, document);
                })
                .isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(SourceText source) {
        return ConfigurationText.parse(source).then(root -> read(source, root));
    }

    private static Outcome<PytorchConfiguration> read(SourceText source, YamlMapping root) {
        List<Finding> findings = new ArrayList<>();
        ObjectReader reader = new ObjectReader(source, root, findings);
        Outcome<PytorchConfiguration> read =
                reader.read("Lightning", new ObjectDocument(root, KEY), Schedule.Unit.EPOCHS);
        if (read.value().isEmpty()) {
            return read;
        }
        PytorchConfiguration configuration = reader.withTrainer(read.value().get());
        reader.fields().has("optimizer");
        reader.fields().has("lr_scheduler");
        Outside.note(reader.fields(), Place.start(source), findings);
        return Outcome.of(configuration, findings);
    }

    @Override
    public Optional<String> style() {
        return Optional.of(STYLE);
    }

    @Override
    public PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) {
        return ObjectWriter.LIGHTNING.sayable(configuration, findings);
    }

    @Override
    public String print(PytorchConfiguration sayable) {
        return ObjectWriter.LIGHTNING.print(sayable);
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        return new FormRewriter(recipe, existing)
                .rewrites(STYLE, (edits, here, wanted) -> new ObjectMerge(edits, here, KEY).merge(wanted));
    }
}

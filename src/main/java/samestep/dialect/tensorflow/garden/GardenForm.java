package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Input;
import samestep.dialect.tensorflow.TensorflowForm;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/** The YAML of an experiment of TensorFlow's Model Garden, and of its older image classification. */
public final class GardenForm implements TensorflowForm {
    private static final List<String> WORDS = List.of(
            "optimizer_config:",
            "l2_weight_decay:",
            "train_data:",
            "validation_data:",
            "train_steps:",
            "validation_steps:",
            "steps_per_loop:",
            "  model:");

    @Override
    public String describes() {
        return "a Model Garden experiment's YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml") || !name.contains(".");
        if (!yaml) {
            return false;
        }
        String text = "\n" + source.text();
        boolean experiment = text.contains("\ntask:") || text.contains("\ntrainer:") || text.contains("\r\ntask:");
        boolean classifier = text.contains("\ntrain_dataset:") && text.contains("\nmodel:");
        boolean garden = WORDS.stream().anyMatch(text::contains);
        return experiment && garden || classifier;
    }

    @Override
    public Set<String> styles() {
        return Set.of(GardenWriter.GARDEN);
    }

    @Override
    public List<Proposal> write(Recipe recipe, String style) {
        return GardenWriter.solutions(recipe, "").stream()
                .map(GardenWriter.Solution::proposal)
                .toList();
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        return mapping(existing).then(mapping -> {
            boolean older = mapping.get("train_dataset").isPresent();
            return older
                    ? Outcome.failed(Finding.at(
                            Place.start(existing),
                            Code.SS010,
                            "files of the Model Garden's older image classification cannot be changed yet"))
                    : Outcome.of(GardenRewriter.rewrites(recipe, existing, mapping), List.of());
        });
    }

    @Override
    public Optional<Proposal> copyVerbatim(Recipe recipe, String style) {
        return GardenWriter.verbatim(recipe);
    }

    /** Its top; findings where it is not a mapping. */
    static Outcome<YamlMapping> mapping(SourceText source) {
        Outcome<YamlValue> parsed = Yaml.parse(source);
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(value -> value.resolved() instanceof YamlMapping mapping
                ? Outcome.of(mapping, List.of())
                : Outcome.failed(Finding.at(Place.start(source), Code.SS008, "expected names with values")));
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return mapping(input.source()).then(mapping -> {
            List<Finding> findings = new ArrayList<>();
            YamlSection root = YamlSection.root(input.source(), mapping, findings);
            Optional<Recipe> recipe;
            if (root.section("train_dataset").given() && root.section("model").given()) {
                recipe = GardenClassifier.read(root);
            } else if (root.section("trainer").section("optimizer_config").given()) {
                recipe = GardenReader.read(root);
            } else {
                recipe = Optional.empty();
                findings.add(Finding.at(
                                Place.start(input.source()),
                                Code.SS008,
                                "this experiment has no trainer.optimizer_config: it does not say how weights move")
                        .detail("What is not here is in the experiment's code."));
            }
            return new Outcome<>(recipe, findings);
        });
    }
}

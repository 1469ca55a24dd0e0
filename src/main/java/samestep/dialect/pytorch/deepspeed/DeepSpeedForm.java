package samestep.dialect.pytorch.deepspeed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/** DeepSpeed's configuration, {@code ds_config.json}, where it names an optimizer: in others the program makes it. */
public final class DeepSpeedForm implements PytorchForm {
    /** One of these is in every such file, and in no other. */
    private static final Pattern MARK =
            Pattern.compile("\"(train_batch_size|train_micro_batch_size_per_gpu|zero_optimization)\"\\s*:");

    @Override
    public String describes() {
        return "DeepSpeed JSON";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source)
                && ConfigurationText.isJson(source)
                && (MARK.matcher(source.text()).find() || isNamed(source))
                && ConfigurationText.mapping(source)
                        .filter(root -> hasOptimizer(root) && (isMarked(root) || isNamed(source)))
                        .isPresent();
    }

    private static boolean isMarked(YamlMapping root) {
        return root.get("train_batch_size").isPresent()
                || root.get("train_micro_batch_size_per_gpu").isPresent()
                || root.get("zero_optimization").isPresent();
    }

    private static boolean isNamed(SourceText source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        return name.contains("deepspeed") || name.contains("ds_config");
    }

    private static boolean hasOptimizer(YamlMapping root) {
        return root.get("optimizer").orElse(null) instanceof YamlMapping optimizer
                && optimizer.get("type").isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(SourceText source) {
        return read(Input.of(source));
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields = new Fields(
                    List.of(new Fields.Layer(source, root)),
                    FormDefaults.of("deepspeed", input.version("deepspeed")),
                    findings);
            return new DeepSpeedReader(input, fields, findings).read();
        });
    }
}

package samestep.dialect.pytorch.transformers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.text.SourceText;

/** The arguments of Hugging Face's Trainer, as YAML or JSON. */
public final class TransformersForm extends TrainerForm {
    static final String STYLE = "hf";

    /** What the file of a Trainer has, and hardly any other: one is not enough to know it. */
    private static final List<String> MARKS = List.of(
            "per_device_train_batch_size",
            "num_train_epochs",
            "lr_scheduler_type",
            "max_grad_norm",
            "adam_beta1",
            "adam_epsilon",
            "warmup_ratio",
            "warmup_steps",
            "max_steps",
            "gradient_accumulation_steps",
            "weight_decay",
            "optim");

    private static final List<String> OTHERS_WORDS =
            List.of("optimizer", "lr_scheduler", "scheduler", "micro_batch_size", "opt", "sched");

    /** The form. */
    public TransformersForm() {
        super("Transformers", "transformers", Map.of());
    }

    @Override
    public String describes() {
        return "Hugging Face TrainingArguments";
    }

    @Override
    public boolean recognises(SourceText source) {
        if (!ConfigurationText.mayBe(source, "learning_rate") || source.text().contains("\"training_args\"")) {
            return false;
        }
        long words = MARKS.stream().filter(source.text()::contains).count();
        return words >= 2
                && ConfigurationText.mapping(source)
                        .map(TransformersForm::isOne)
                        .orElse(false);
    }

    private static boolean isOne(YamlMapping root) {
        long marks = MARKS.stream().filter(name -> root.get(name).isPresent()).count();
        // Others name an optimizer or a schedule in words of their own, and mean more by it.
        boolean others = OTHERS_WORDS.stream().anyMatch(name -> root.get(name).isPresent());
        boolean own = root.get("per_device_train_batch_size").isPresent()
                || root.get("num_train_epochs").isPresent()
                || root.get("lr_scheduler_type").isPresent()
                || root.get("warmup_steps").isPresent()
                || root.get("optim").isPresent() && root.get("max_steps").isPresent();
        return root.get("learning_rate").filter(YamlScalar.class::isInstance).isPresent()
                && marks >= 2
                && own
                && !others;
    }

    @Override
    public Optional<String> style() {
        return Optional.of(STYLE);
    }
}

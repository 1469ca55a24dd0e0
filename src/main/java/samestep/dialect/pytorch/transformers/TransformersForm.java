package samestep.dialect.pytorch.transformers;

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
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.text.SourceText;

/** The arguments of Hugging Face's Trainer, as YAML or JSON. */
public final class TransformersForm implements PytorchForm {
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

    /** What decides an update, and is not always written. */
    private static final List<String> OTHERS = List.of(
            "warmup_ratio",
            "warmup_steps",
            "lr_scheduler_kwargs",
            "optim_args",
            "adafactor",
            "gradient_accumulation_steps");

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
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields = new Fields(
                    List.of(new Fields.Layer(source, root)),
                    FormDefaults.of("transformers", input.version("transformers")),
                    findings);
            PytorchConfiguration configuration = new TransformersReader(input, fields, findings).configuration();
            return Outcome.of(configuration, findings);
        });
    }

    @Override
    public Optional<String> style() {
        return Optional.of(STYLE);
    }

    @Override
    public PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) {
        return TransformersWriter.sayable(configuration, findings);
    }

    @Override
    public String print(PytorchConfiguration sayable) {
        return TransformersWriter.print(sayable);
    }

    @Override
    public Optional<FormChange> change() {
        return Optional.of((edits, here, wanted) ->
                FlatChange.make(edits, here, wanted, FormDefaults.of("transformers"), "", false, OTHERS));
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of("transformers"));
    }
}

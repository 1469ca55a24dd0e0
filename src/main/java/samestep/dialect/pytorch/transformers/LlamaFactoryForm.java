package samestep.dialect.pytorch.transformers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/**
 * LLaMA-Factory's arguments: all of the Trainer's, and its own. Source: llamafactory/hparams and train/trainer_utils.py,
 * create_custom_optimizer, of ff6d4d12 (August 2026).
 */
public final class LlamaFactoryForm extends TrainerForm {
    private static final List<String> OWN = List.of("template", "cutoff_len", "dataset_dir");
    /** What a training has; its files for inference and export have none of them. */
    private static final List<String> TRAINS =
            List.of("do_train", "learning_rate", "per_device_train_batch_size", "num_train_epochs", "max_steps");

    /** The form. */
    public LlamaFactoryForm() {
        super("LLaMA-Factory", "llama-factory", Map.of());
    }

    @Override
    public String describes() {
        return "LLaMA-Factory arguments";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source)
                && (source.text().contains("finetuning_type") || source.text().contains("cutoff_len"))
                && ConfigurationText.mapping(source)
                        .filter(LlamaFactoryForm::isOne)
                        .isPresent();
    }

    private static boolean isOne(YamlMapping root) {
        boolean stage =
                root.get("stage").isPresent() && root.get("finetuning_type").isPresent();
        long own = OWN.stream().filter(name -> root.get(name).isPresent()).count();
        return (stage || own >= 2 || own == 1 && root.get("finetuning_type").isPresent())
                && root.get("optim_config").isEmpty()
                && TRAINS.stream().anyMatch(name -> root.get(name).isPresent());
    }

    @Override
    public Optional<String> style() {
        return Optional.of("llama-factory");
    }

    /** Without finetuning_type it trains adapters. */
    @Override
    Map<String, String> head() {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("stage", "sft");
        head.put("finetuning_type", "full");
        return head;
    }

    @Override
    List<String> unsaid(Fields fields, List<Finding> findings) {
        if (fields.where("finetuning_type").isPresent()) {
            return List.of();
        }
        findings.add(Finding.of(
                        Code.SS043,
                        "finetuning_type is not given, and is lora: adapters are trained, and the weights stay as they"
                                + " are")
                .at(fields.where("stage").or(() -> fields.where("learning_rate"))));
        return List.of("finetuning_type: lora");
    }
}

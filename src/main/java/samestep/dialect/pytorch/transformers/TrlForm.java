package samestep.dialect.pytorch.transformers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Quantity;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.text.SourceText;

/**
 * Arguments of TRL's trainers: the Trainer's, with other defaults. Which trainer has a file is not in it, but some fields are of one alone.
 * Source: trl/trainer/*_config.py of the tags v0.7.0 to v1.9.0.
 */
public final class TrlForm extends TrainerForm {
    /**
     * A trainer whose fields no other has.
     *
     * @param config its class
     * @param rate its default rate
     * @param since which version has that
     * @param fields that it alone has
     */
    private record Trainer(String config, String rate, String since, List<String> fields) {}

    private static final List<Trainer> TRAINERS = List.of(
            new Trainer(
                    "SFTConfig",
                    "2e-5",
                    "0.12 (the Trainer's 5e-5 before)",
                    List.of(
                            "dataset_text_field",
                            "packing",
                            "packing_strategy",
                            "eval_packing",
                            "completion_only_loss",
                            "assistant_only_loss")),
            new Trainer(
                    "GRPOConfig",
                    "1e-6",
                    "0.14, its first; RLOOConfig has the same",
                    List.of("num_generations", "max_completion_length", "steps_per_generation", "scale_rewards")),
            new Trainer(
                    "RewardConfig", "1e-4", "0.24 (the Trainer's 5e-5 before)", List.of("center_rewards_coefficient")),
            new Trainer("KTOConfig", "1e-6", "0.12 (5e-7 in 0.11)", List.of("desirable_weight", "undesirable_weight")));
    /** Of more than one trainer. */
    private static final List<String> SHARED =
            List.of("max_prompt_length", "precompute_ref_log_probs", "dataset_mixer", "dataset_mixture");

    private static final List<String> RUNS =
            List.of("per_device_train_batch_size", "num_train_epochs", "max_steps", "lr_scheduler_type");
    private static final List<String> OTHERS = List.of("optimizer", "lr_scheduler", "micro_batch_size");

    /** The form. */
    public TrlForm() {
        super("TRL", "trl", Map.of());
    }

    @Override
    public String describes() {
        return "TRL arguments";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source)
                && marks().anyMatch(source.text()::contains)
                && RUNS.stream().anyMatch(source.text()::contains)
                && ConfigurationText.mapping(source).filter(TrlForm::isOne).isPresent();
    }

    private static Stream<String> marks() {
        return Stream.concat(SHARED.stream(), TRAINERS.stream().flatMap(trainer -> trainer.fields().stream()));
    }

    private static boolean isOne(YamlMapping root) {
        boolean rated =
                root.get("learning_rate").filter(YamlScalar.class::isInstance).isPresent();
        boolean known = TRAINERS.stream()
                        .filter(t -> t.fields().stream()
                                .anyMatch(name -> root.get(name).isPresent()))
                        .count()
                == 1;
        return (rated || known)
                && marks().anyMatch(name -> root.get(name).isPresent())
                && RUNS.stream().anyMatch(name -> root.get(name).isPresent())
                && OTHERS.stream().noneMatch(name -> root.get(name).isPresent());
    }

    /** Written as the Trainer's are, for they are its arguments. */
    @Override
    public Optional<String> style() {
        return Optional.of(TransformersForm.STYLE);
    }

    private static Optional<Trainer> trainer(Fields fields) {
        return TRAINERS.stream()
                .filter(t ->
                        t.fields().stream().anyMatch(name -> fields.where(name).isPresent()))
                .findFirst();
    }

    @Override
    Quantity rate(Fields fields, List<Finding> findings) {
        Optional<Quantity> given = fields.given("learning_rate");
        Optional<Trainer> trainer = trainer(fields);
        if (given.isPresent() || trainer.isEmpty()) {
            return given.orElseGet(() -> fields.number("learning_rate"));
        }
        Trainer of = trainer.get();
        findings.add(Finding.of(
                        Code.SS432,
                        "learning_rate is not given: that of " + of.config() + " is " + of.rate() + " since TRL "
                                + of.since())
                .as(Severity.WARNING)
                .at(of.fields().stream()
                        .flatMap(name -> fields.where(name).stream())
                        .findFirst()));
        return Quantity.byDefault(of.rate(), of.config() + "'s default of learning_rate");
    }

    @Override
    void explain(Fields fields, List<Finding> findings) {
        super.explain(fields, findings);
        if (!fields.has("bf16") && !fields.has("fp16")) {
            findings.add(Finding.of(
                            Code.SS432,
                            "neither bf16 nor fp16 is given: TRL trains in bfloat16 since 0.19, which is taken here, and in"
                                    + " float32 before")
                    .as(Severity.WARNING)
                    .at(marks().flatMap(name -> fields.where(name).stream()).findFirst()));
        }
    }
}

package samestep.dialect.pytorch.transformers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.TransformersVersions;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.text.SourceText;

/**
 * axolotl's YAML. It makes the Trainer's arguments of it, with a warm-up and schedules of its own. Source: axolotl/core/builders/base.py,
 * core/trainers/mixins/scheduler.py and utils/trainer.py of 067b021c (July 2026).
 */
public final class AxolotlForm extends TrainerForm {
    private static final List<String> OWN = List.of(
            "micro_batch_size",
            "num_epochs",
            "sequence_len",
            "sample_packing",
            "gradient_accumulation_steps",
            "base_model");
    private static final BigDecimal USUAL_SHARE = new BigDecimal("0.03");
    private static final BigDecimal MOST = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    /** The form. */
    public AxolotlForm() {
        super(
                "axolotl",
                "axolotl",
                Map.of(
                        "optim", "optimizer",
                        "lr_scheduler_type", "lr_scheduler",
                        "per_device_train_batch_size", "micro_batch_size",
                        "num_train_epochs", "num_epochs"));
    }

    @Override
    public String describes() {
        return "axolotl YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, "learning_rate")
                && (source.text().contains("micro_batch_size") || source.text().contains("lr_scheduler"))
                && ConfigurationText.mapping(source).filter(AxolotlForm::isOne).isPresent();
    }

    private static boolean isOne(YamlMapping root) {
        boolean named = isWord(root, "optimizer") && isWord(root, "lr_scheduler");
        long own = OWN.stream().filter(name -> root.get(name).isPresent()).count();
        boolean model = root.get("base_model").isPresent()
                && root.get("micro_batch_size").isPresent();
        return isWord(root, "learning_rate")
                && (model
                        || named
                                && (own >= 2
                                        || root.get("adam_beta2").isPresent()
                                        || root.get("max_grad_norm").isPresent()));
    }

    private static boolean isWord(YamlMapping root, String name) {
        return root.get(name).filter(YamlScalar.class::isInstance).isPresent();
    }

    @Override
    public Optional<String> style() {
        return Optional.of("axolotl");
    }

    /** The data decide, once they are packed: only the number of updates says it then. */
    @Override
    Optional<Quantity> updates(Input input, Fields fields, List<Finding> findings) {
        Run run = input.run();
        Quantity most = fields.number("max_steps");
        if (most.decimal().signum() > 0) {
            return Optional.of(most);
        }
        double epochs = fields.count("num_train_epochs").doubleValue();
        Optional<Quantity> updates = Optional.empty();
        if (run.updatesPerEpoch().isPresent()) {
            long all = (long) Math.floor(run.updatesPerEpoch().getAsLong() * epochs);
            updates = Optional.of(EpochLength.known(all, "num_epochs x --updates-per-epoch"));
        } else if (run.dataSet().isPresent() && !fields.isOn("sample_packing")) {
            double batch = fields.count("per_device_train_batch_size").doubleValue()
                    * Math.max(1, fields.count("gradient_accumulation_steps").doubleValue())
                    * run.devicesOrOne();
            long all = (long) Math.ceil(run.dataSet().getAsLong() * epochs / Math.max(1, batch));
            updates = Optional.of(EpochLength.known(all, "num_epochs x --dataset-size / batch"));
        }
        updates.ifPresent(n ->
                findings.add(Finding.of(Code.SS431, "the run has " + EpochLength.words(n) + ", as axolotl counts them")
                        .at(fields.place("num_train_epochs"))));
        return updates;
    }

    /** A count, or a share, or 3 % of the run and not more than 100; 1 becomes 2. */
    @Override
    Optional<BigDecimal> rise(Fields fields, Optional<BigDecimal> updates) {
        Optional<BigDecimal> count = fields.given("warmup_steps").map(Quantity::decimal);
        Optional<BigDecimal> share = fields.given("warmup_ratio").map(Quantity::decimal);
        Optional<BigDecimal> rise = count.isPresent()
                        || share.filter(s -> s.signum() == 0).isPresent()
                ? Optional.of(count.orElse(BigDecimal.ZERO).setScale(0, RoundingMode.DOWN))
                : updates.map(n -> {
                    BigDecimal part = TransformersLength.product(share.orElse(USUAL_SHARE), n, RoundingMode.DOWN);
                    return share.isPresent() ? part : part.min(MOST);
                });
        return rise.map(n -> n.compareTo(BigDecimal.ONE) == 0 ? TWO : n);
    }

    @Override
    Optional<Quantity> share(Fields fields) {
        return fields.given("warmup_steps").isPresent() ? Optional.empty() : fields.given("warmup_ratio");
    }

    @Override
    String warmUp(Fields fields) {
        return fields.given("warmup_steps")
                .map(n -> n.decimal().toPlainString() + " updates")
                .orElse("3 % of the run, and not more than 100 updates");
    }

    @Override
    Optional<PytorchObject> schedule(String type, Fields fields) {
        Optional<Quantity> least = fields.given("cosine_min_lr_ratio");
        boolean cosine = type.equals("cosine");
        PytorchObject own = new PytorchObject(
                "axolotl." + type, Map.of(), fields.place("lr_scheduler_type").or(() -> fields.place("learning_rate")));
        PytorchObject lowest =
                least.map(r -> own.with("min_lr_ratio", new Num(r))).orElse(own);
        if (type.equals("rex")) {
            return Optional.of(lowest);
        }
        if (type.equals("one_cycle")) {
            return Optional.of(own.with(fields.mapping("lr_scheduler_kwargs")));
        }
        if (cosine && fields.isOn("lr_quadratic_warmup")) {
            return Optional.of(called(own, "quadratic_warmup"));
        }
        Optional<Quantity> constant = fields.given("cosine_constant_lr_ratio");
        boolean lower = cosine && least.filter(r -> !r.isZero()).isPresent();
        if (lower && constant.filter(r -> !r.isZero()).isPresent()) {
            return constant.map(c -> called(lowest, "constant_end").with("constant_lr_ratio", new Num(c)));
        }
        return lower ? Optional.of(called(lowest, "cosine_min_lr")) : Optional.empty();
    }

    private static PytorchObject called(PytorchObject schedule, String name) {
        return new PytorchObject("axolotl." + name, schedule.arguments(), schedule.place());
    }

    /** warmup_ratio is a field of its own, in every version. */
    @Override
    void explain(Fields fields, List<Finding> findings) {
        TransformersVersions.accumulation(fields, findings);
        boolean counted = fields.has("warmup_steps");
        if (!counted && fields.count("max_steps").signum() > 0) {
            findings.add(Finding.of(
                            Code.SS431,
                            "the warm-up is "
                                    + (fields.has("warmup_ratio") ? "a share" : "3 %, and at most 100 updates,")
                                    + " of max_steps; axolotl takes the data's own number of updates where that is"
                                    + " smaller")
                    .at(fields.place("max_steps")));
        }
    }
}

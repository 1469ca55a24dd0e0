package samestep.dialect.pytorch.transformers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FlatChange;
import samestep.dialect.pytorch.form.FormChange;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.form.TransformersVersions;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.EpochShares;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/**
 * A file with the arguments of Hugging Face's Trainer: its own, or that of a program on top of it. A program is a ledger with other
 * defaults, names of its own for some arguments, and what it makes of them before the Trainer has them.
 */
abstract class TrainerForm implements PytorchForm {
    /** What decides an update, and is not always written. */
    private static final List<String> OTHERS = List.of(
            "warmup_ratio",
            "warmup_steps",
            "lr_scheduler_kwargs",
            "optim_args",
            "adafactor",
            "gradient_accumulation_steps");

    private final String framework;
    private final String library;
    private final Map<String, String> names;

    /**
     * @param framework what explanations call it
     * @param library the name of its ledger
     * @param names what it calls arguments of the Trainer
     */
    TrainerForm(String framework, String library, Map<String, String> names) {
        this.framework = framework;
        this.library = library;
        this.names = names;
    }

    /** What explanations call it. */
    String framework() {
        return framework;
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields = new Fields(
                    List.of(new Fields.Layer(source, root)),
                    FormDefaults.of(library, input.version("transformers")),
                    findings,
                    names);
            return Outcome.of(new TransformersReader(input, this, fields, findings).configuration(), findings);
        });
    }

    /** Updates of the run; empty where that does not follow from what is known. */
    Optional<Quantity> updates(Input input, Fields fields, List<Finding> findings) {
        return new TransformersLength(input.run(), fields).updates(findings);
    }

    /**
     * Updates of the warm-up.
     *
     * @param updates of the run, if they are known
     * @return empty where it is a share of a run of unknown length
     */
    Optional<BigDecimal> rise(Fields fields, Optional<BigDecimal> updates) {
        BigDecimal warmup = fields.count(TransformersVersions.warmUpField(fields));
        if (warmup.compareTo(BigDecimal.ONE) >= 0) {
            return Optional.of(warmup.setScale(0, RoundingMode.DOWN));
        }
        BigDecimal share = share(fields).map(Quantity::decimal).orElse(BigDecimal.ZERO);
        return share.signum() == 0
                ? Optional.of(BigDecimal.ZERO)
                : updates.map(n -> TransformersLength.product(share, n, RoundingMode.CEILING));
    }

    /** The share of the run that is the warm-up; empty where it is a number of updates. */
    Optional<Quantity> share(Fields fields) {
        String decisive = TransformersVersions.warmUpField(fields);
        BigDecimal warmup = fields.count(decisive);
        return warmup.compareTo(BigDecimal.ONE) >= 0
                ? Optional.empty()
                : Optional.of(fields.number(warmup.signum() > 0 ? decisive : "warmup_ratio"));
    }

    /** A warm-up that is a number of updates, in words. */
    String warmUp(Fields fields) {
        return fields.count("warmup_steps").toPlainString() + " updates";
    }

    /** The schedule that is made in the place of one of the Trainer's. */
    Optional<PytorchObject> schedule(String type, Fields fields) {
        return Optional.empty();
    }

    /** The rate. */
    Quantity rate(Fields fields, List<Finding> findings) {
        return fields.number("learning_rate");
    }

    /** What the fields mean in which versions. */
    void explain(Fields fields, List<Finding> findings) {
        TransformersVersions.explain(fields, findings);
    }

    /** What the program does to the weights besides, where the file does not say it. */
    List<String> unsaid(Fields fields, List<Finding> findings) {
        return List.of();
    }

    @Override
    public PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) {
        return TransformersWriter.sayable(configuration, findings);
    }

    @Override
    public Optional<PytorchObject> scheduler(EpochShares schedule) {
        return TransformersWriter.scheduler(schedule);
    }

    /** Fields that a written file begins with, by which it is known. */
    Map<String, String> head() {
        return Map.of();
    }

    @Override
    public String print(PytorchConfiguration sayable) {
        return TransformersWriter.print(sayable, head(), names);
    }

    /** What it says besides is the user's own, and stays. */
    @Override
    public Optional<FormChange> change() {
        return Optional.of((edits, here, wanted) ->
                FlatChange.make(edits, here, without(wanted), FormDefaults.of(library), "", false, others(wanted)));
    }

    /** A number of updates comes before a number of epochs, so it cannot stay beside one that is written. */
    private List<String> others(YamlMapping wanted) {
        boolean inEpochs = wanted.get(name("num_train_epochs")).isPresent();
        return Stream.concat(OTHERS.stream(), Stream.of("max_steps").filter(field -> inEpochs))
                .map(this::name)
                .toList();
    }

    private String name(String argument) {
        return names.getOrDefault(argument, argument);
    }

    private YamlMapping without(YamlMapping wanted) {
        return new YamlMapping(
                wanted.entries().stream()
                        .filter(entry -> !head().containsKey(entry.name()))
                        .toList(),
                wanted.flow(),
                wanted.tag(),
                wanted.span());
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of(library));
    }
}

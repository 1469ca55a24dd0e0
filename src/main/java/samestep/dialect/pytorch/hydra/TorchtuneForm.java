package samestep.dialect.pytorch.hydra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.dialect.pytorch.schedule.EpochLength.Remainder;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.setting.Settings;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/**
 * torchtune's configurations: an object's class is its {@code _component_}. Source: recipes/full_finetune_single_device.py,
 * torchtune/training/lr_schedulers.py: the schedule ends with the run, whose length the data decides.
 */
public final class TorchtuneForm implements PytorchForm {
    private static final String KEY = "_component_";
    private static final String COSINE = "get_cosine_schedule_with_warmup";

    @Override
    public String describes() {
        return "torchtune YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, KEY, "optim")
                && ConfigurationText.mapping(source)
                        .filter(root -> ObjectForm.hasOptimizer(source, root, KEY))
                        .isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        return ConfigurationText.read(input, TorchtuneForm::read);
    }

    private static Outcome<PytorchConfiguration> read(Input input, YamlMapping root) {
        SourceText source = input.source();
        List<Finding> findings = new ArrayList<>();
        ObjectReader reader = new ObjectReader("torchtune", source, root, findings);
        Outcome<PytorchConfiguration> read =
                reader.read("torchtune", new ObjectDocument(root, KEY), Schedule.Unit.NOT_SAID);
        if (read.value().isEmpty()) {
            return read;
        }
        Fields fields = reader.fields();
        List<BeforeStep> before = new ArrayList<>();
        reader.accumulation("gradient_accumulation_steps", before);
        if (!fields.text("clip_grad_norm").equals("inf")) {
            fields.given("clip_grad_norm")
                    .filter(norm -> !norm.isZero())
                    .ifPresent(norm -> before.add(BeforeStep.all(GradientClips.norm(norm))));
        }
        PytorchConfiguration configuration = length(
                read.value()
                        .get()
                        .withBeforeStep(before)
                        .withSettings(new Settings(FormSettings.devices(input.run())))
                        .withBatchSize(fields.given("batch_size")),
                input.run(),
                fields,
                findings);
        for (String own : List.of("optimizer", "lr_scheduler", "epochs", "max_steps_per_epoch")) {
            fields.has(own);
        }
        PytorchConfiguration whole = Outside.note(configuration, fields, Place.start(source), findings);
        return Outcome.of(whole, findings);
    }

    /** The recipe gives its scheduler the updates of the run. */
    private static PytorchConfiguration length(
            PytorchConfiguration configuration, Run run, Fields fields, List<Finding> findings) {
        Optional<Quantity> each = epochLength(configuration, run, fields, findings);
        Epochs epochs = new Epochs(fields.given("epochs"), each);
        PytorchConfiguration counted = configuration.withEpochs(epochs);
        Optional<Scheduling> scheduling = configuration.scheduling();
        if (scheduling.isEmpty()) {
            return counted;
        }
        PytorchObject scheduler = scheduling.get().scheduler();
        if (each.isEmpty()
                || epochs.number().isEmpty()
                || !scheduler.className().equals(COSINE)) {
            findings.add(Finding.of(
                            Code.SS441,
                            "the schedule " + scheduler.className()
                                    + " ends with the run, and how many updates that has, the data decides;"
                                    + " --dataset-size or --updates-per-epoch says it")
                    .at(scheduler.place())
                    .detail("Only the named rate is known."));
            return counted;
        }
        String how = epochs.number().get().text() + " x " + EpochLength.words(each.get());
        Quantity all = epochs.number()
                .get()
                .derived(Expression.literal(epochs.updates().orElseThrow()), how);
        findings.add(Finding.of(Code.SS431, "the run has " + all.decimal().toPlainString() + " updates: " + how)
                .at(all.place()));
        return counted.withScheduling(
                Optional.of(new Scheduling(scheduler.with("num_training_steps", new Num(all)), Schedule.Unit.UPDATES)));
    }

    /** Whole batches and whole updates, and no more than the file says. */
    private static Optional<Quantity> epochLength(
            PytorchConfiguration configuration, Run run, Fields fields, List<Finding> findings) {
        long microSteps = fields.given("gradient_accumulation_steps")
                .map(steps -> Math.max(1, steps.decimal().longValue()))
                .orElse(1L);
        Optional<Quantity> data = new EpochLength(run, findings)
                .of(configuration.batchSize(), microSteps, run.devicesOrOne(), Remainder.LEFT_OUT);
        Optional<Quantity> most = fields.given("max_steps_per_epoch");
        boolean fewer = most.isPresent()
                && (data.isEmpty() || most.get().decimal().compareTo(data.get().decimal()) < 0);
        return fewer ? most.map(n -> n.derived(n.value(), "max_steps_per_epoch")) : data;
    }
}

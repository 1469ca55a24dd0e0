package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.pytorch.PytorchConfiguration.BeforeStep;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Schedule;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/**
 * torchtune's configurations: an object's class is its {@code _component_}. Source: recipes/full_finetune_single_device.py,
 * torchtune/training/lr_schedulers.py: the schedule ends with the run, whose length the data decides.
 */
final class TorchtuneForm implements PytorchForm {
    private static final String KEY = "_component_";

    @Override
    public String describes() {
        return "torchtune YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, KEY, "optim")
                && ConfigurationText.mapping(source)
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
                reader.read("torchtune", new ObjectDocument(root, KEY), Schedule.Unit.NOT_SAID);
        if (read.value().isEmpty()) {
            return read;
        }
        read.value()
                .get()
                .scheduling()
                .ifPresent(scheduling -> findings.add(Finding.of(
                                Code.SS441,
                                "the schedule " + scheduling.scheduler().className()
                                        + " ends with the run, and how many updates that has, the data decides")
                        .at(scheduling.scheduler().place())
                        .detail("The rate is taken as the one that is named.")));
        Fields fields = reader.fields();
        List<BeforeStep> before = new ArrayList<>();
        reader.accumulation("gradient_accumulation_steps", before);
        if (!fields.text("clip_grad_norm").equals("inf")) {
            fields.given("clip_grad_norm")
                    .filter(norm -> !norm.isZero())
                    .ifPresent(norm -> before.add(BeforeStep.all(GradientClips.norm(norm))));
        }
        PytorchConfiguration configuration =
                read.value().get().withBeforeStep(before).withBatchSize(fields.given("batch_size"));
        for (String own : List.of("optimizer", "lr_scheduler", "epochs", "max_steps_per_epoch")) {
            fields.has(own);
        }
        Outside.note(fields, Place.start(source), findings);
        return Outcome.of(configuration, findings);
    }
}

package samestep.dialect.pytorch.hydra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.dialect.pytorch.schedule.EpochLength.Remainder;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.Settings;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/** Reads documents that describe an optimizer and a scheduler by their classes, and a trainer's settings beside them. */
final class ObjectReader {
    private final SourceText source;
    private final YamlValues values;
    private final Fields fields;
    private final List<Finding> findings;

    ObjectReader(String library, SourceText source, YamlMapping root, List<Finding> findings) {
        this.source = source;
        this.values = new YamlValues(source, Optional.of(root));
        this.fields = new Fields(List.of(new Fields.Layer(source, root)), FormDefaults.of(library), findings);
        this.findings = findings;
    }

    /** The fields, for what is beside the objects. */
    Fields fields() {
        return fields;
    }

    /** The configuration of the one optimizer and scheduler. */
    Outcome<PytorchConfiguration> read(String library, ObjectDocument document, Schedule.Unit unit) {
        if (document.optimizers().size() != 1) {
            boolean none = document.optimizers().isEmpty();
            return Outcome.failed(Finding.at(
                    none
                            ? Place.start(source)
                            : new Place(source, document.optimizers().get(1).span()),
                    none ? Code.SS008 : Code.SS010,
                    none
                            ? "no optimizer in this document: it does not say how weights move"
                            : "a second optimizer; documents with more than one cannot be read yet"));
        }
        Optional<PytorchObject> optimizer = values.object(document.optimizers().get(0));
        Optional<Scheduling> scheduling = document.schedulers().stream()
                .findFirst()
                .flatMap(values::object)
                .map(s -> scheduling(s, unit));
        if (document.schedulers().size() > 1) {
            findings.add(Finding.at(
                    new Place(source, document.schedulers().get(1).span()),
                    Code.SS010,
                    "a second scheduler; documents with more than one cannot be read yet"));
        }
        document.nameless().stream()
                .filter(value -> document.schedulers().isEmpty() || !isElsewhere(value))
                .forEach(value -> findings.add(Finding.at(
                        new Place(source, value.span()),
                        Code.SS010,
                        "a scheduler that names no class cannot be read yet")));
        PytorchConfiguration configuration =
                PytorchConfiguration.of(library, optimizer.orElseThrow()).withScheduling(scheduling);
        return Outcome.of(configuration, findings);
    }

    private static boolean isElsewhere(YamlValue value) {
        return value instanceof YamlScalar scalar && scalar.text().startsWith("${");
    }

    private Scheduling scheduling(PytorchObject scheduler, Schedule.Unit unit) {
        boolean measured = scheduler.className().equals("ReduceLROnPlateau");
        if (!measured) {
            return new Scheduling(scheduler, unit);
        }
        String monitored = scheduler.text("monitor").orElse("a measured value");
        findings.add(
                Finding.of(Code.SS441, "the rate drops when " + monitored + " stops improving; no file can tell when")
                        .at(scheduler.place())
                        .detail("Only the rate until the first drop is known."));
        return new Scheduling(scheduler, Schedule.Unit.NOT_SAID);
    }

    /** What Lightning's trainer does. Source: lightning/pytorch/trainer/trainer.py; a clip of 0 clips nothing. */
    PytorchConfiguration withTrainer(PytorchConfiguration configuration, Run run) {
        List<BeforeStep> before = new ArrayList<>();
        accumulation("trainer.accumulate_grad_batches", before);
        fields.given("trainer.gradient_clip_val").filter(v -> !v.isZero()).ifPresent(threshold -> {
            boolean value = fields.text("trainer.gradient_clip_algorithm").equals("value");
            before.add(BeforeStep.all(
                    value ? new Stage.Clip(Stage.Clip.Kind.VALUE, threshold) : GradientClips.norm(threshold)));
        });
        OptionalLong updates = fields.given("trainer.max_steps")
                .map(steps -> steps.decimal().longValue())
                .filter(steps -> steps > 0)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        Optional<Quantity> batch = fields.given("data.init_args.batch_size").or(() -> fields.given("data.batch_size"));
        return configuration
                .withBeforeStep(before)
                .withUpdates(updates)
                .withBatchSize(batch)
                .withSettings(new Settings(devices(run)))
                .withEpochs(epochs(batch, updates, run));
    }

    /** Those of a run are known better than the file's; devices of several machines are those of each, times the machines. */
    private List<Setting> devices(Run run) {
        long nodes = count("trainer.num_nodes", 1);
        boolean counted = nodes > 1 && count("trainer.devices", 0) > 0;
        return run.devices().isPresent() || !counted
                ? FormSettings.devices(run)
                : List.of(FormSettings.devices(count("trainer.devices", 1) * nodes, "devices x num_nodes"));
    }

    /** An epoch is as long as the data; the last batch and the last update are taken as they are. */
    private Epochs epochs(Optional<Quantity> batch, OptionalLong updates, Run run) {
        long steps = Math.max(1, count("trainer.accumulate_grad_batches", 1));
        long devices = run.devices().orElse((int)
                Math.max(1, count("trainer.devices", 1) * Math.max(1, count("trainer.num_nodes", 1))));
        Optional<Quantity> number = updates.isPresent()
                ? Optional.empty()
                : fields.given("trainer.max_epochs")
                        .filter(epochs -> epochs.decimal().signum() > 0);
        return new Epochs(number, new EpochLength(run, findings).of(batch, steps, devices, Remainder.KEPT));
    }

    /** A number of a field that may be a word as well, such as {@code devices: auto}. */
    private long count(String field, long otherwise) {
        return fields.has(field) && fields.text(field).matches("[1-9][0-9]{0,8}")
                ? Long.parseLong(fields.text(field))
                : otherwise;
    }

    /** So many batches are one update. */
    void accumulation(String field, List<BeforeStep> before) {
        long steps = fields.given(field)
                .map(Quantity::decimal)
                .map(BigDecimal::longValue)
                .orElse(1L);
        if (steps > 1) {
            before.add(BeforeStep.all(new Stage.Accumulation((int) Math.min(steps, Stage.Accumulation.MOST), true)));
        }
    }

    /** Whether all numbers of an optimizer are in the document. */
    static boolean isWhole(SourceText source, YamlMapping root, ObjectDocument document) {
        YamlValues values = new YamlValues(source, Optional.of(root));
        return document.optimizers().stream()
                .flatMap(mapping -> values.object(mapping).stream())
                .flatMap(object -> object.arguments().values().stream())
                .noneMatch(value ->
                        value instanceof PytorchValue.Text text && text.text().contains("${"));
    }
}

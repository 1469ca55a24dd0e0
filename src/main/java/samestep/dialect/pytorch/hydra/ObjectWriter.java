package samestep.dialect.pytorch.hydra;

import java.util.List;
import samestep.dialect.pytorch.form.YamlText;
import samestep.dialect.pytorch.object.GroupSummary;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.python.LoopWriter;
import samestep.finding.Finding;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/** Writes an optimizer and a scheduler by their classes, for Lightning's CLI and for Hydra. */
enum ObjectWriter {
    /** Classes by class_path, arguments by init_args; a scheduler is stepped after every epoch. */
    LIGHTNING("lightning", "Lightning's CLI"),
    /** Classes by _target_, arguments beside it. */
    HYDRA("hydra", "a Hydra file");

    private final String style;
    private final String form;

    ObjectWriter(String style, String form) {
        this.style = style;
        this.form = form;
    }

    /** What the style is called on the command line. */
    String style() {
        return style;
    }

    /** One group, a scheduler of PyTorch's own with plain arguments, and what a trainer does. */
    PytorchConfiguration sayable(PytorchConfiguration given, List<Finding> findings) {
        PytorchConfiguration one = new GroupSummary(given).asOne(form, findings);
        PytorchConfiguration configuration = LoopWriter.sayable(one, form, true, findings);
        if (configuration.scheduling().isEmpty()) {
            return configuration;
        }
        Scheduling scheduling = configuration.scheduling().get();
        if (this == LIGHTNING && scheduling.unit() != Schedule.Unit.EPOCHS) {
            return LoopWriter.constant(
                    configuration,
                    "Lightning's CLI steps its scheduler after every epoch, and this one is a function of "
                            + scheduling.unit().words(),
                    findings);
        }
        boolean plain = scheduling.scheduler().classPath().startsWith("torch.optim.lr_scheduler.")
                && scheduling.scheduler().arguments().values().stream().allMatch(ObjectWriter::isPlain);
        return plain
                ? configuration
                : LoopWriter.constant(
                        configuration,
                        form + " cannot say the scheduler "
                                + scheduling.scheduler().className() + ", which is a function or made of others",
                        findings);
    }

    private static boolean isPlain(PytorchValue value) {
        return !(value instanceof Call)
                && !(value instanceof Text text && text.text().startsWith("lambda"))
                && !(value instanceof Many many && many.values().stream().anyMatch(v -> !isPlain(v)));
    }

    /** The document. */
    String print(PytorchConfiguration sayable) {
        YamlText text = new YamlText();
        object(text, "optimizer", sayable.optimizer());
        sayable.scheduling().ifPresent(scheduling -> {
            object(text, this == LIGHTNING ? "lr_scheduler" : "scheduler", scheduling.scheduler());
            if (this == HYDRA) {
                text.line(HydraForm.INTERVAL, scheduling.unit() == Schedule.Unit.EPOCHS ? "epoch" : "step");
            }
        });
        trainer(text, sayable);
        return text.toString();
    }

    private void object(YamlText text, String name, PytorchObject object) {
        text.open(name);
        if (this == LIGHTNING) {
            text.line(LightningForm.KEY, object.classPath()).open("init_args");
            text.lines(object.arguments()).close();
        } else {
            text.line(HydraForm.KEY, object.classPath())
                    .line("_partial_", "true")
                    .lines(object.arguments());
        }
        text.close();
    }

    private static void trainer(YamlText text, PytorchConfiguration sayable) {
        int microSteps = LoopWriter.microSteps(sayable);
        boolean clipped = LoopWriter.clip(sayable).isPresent();
        boolean ends = LoopWriter.updates(sayable).isPresent();
        if (microSteps == 1 && !clipped && !ends) {
            return;
        }
        text.open("trainer");
        LoopWriter.updates(sayable).ifPresent(updates -> text.line("max_steps", Long.toString(updates)));
        if (microSteps > 1) {
            text.line("accumulate_grad_batches", Integer.toString(microSteps));
        }
        LoopWriter.clip(sayable).ifPresent(clip -> {
            text.line("gradient_clip_val", YamlText.number(clip.threshold()));
            text.line("gradient_clip_algorithm", clip.kind() == Stage.Clip.Kind.VALUE ? "value" : "norm");
        });
        text.close();
    }
}

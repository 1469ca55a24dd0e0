package samestep.dialect.pytorch.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.dialect.pytorch.form.DecayWriter;
import samestep.dialect.pytorch.form.LossForms;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.recipe.ParameterName;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/**
 * Writes a configuration as Python: {@code configure(model)} gives the optimizer and the scheduler, {@code update(...)} takes
 * one update with them.
 */
public final class PythonPrinter {
    private final DecayWriter decays;
    private final StringBuilder out = new StringBuilder();

    public PythonPrinter(DecayWriter decays) {
        this.decays = decays;
    }

    /** The text. */
    public String print(PytorchConfiguration configuration) {
        String scheduler =
                configuration.scheduling().map(s -> scheduler(s.scheduler())).orElse("None");
        String groups = GroupPython.of(configuration, decays.names());
        String imports = (scheduler.contains("math.") ? "import math\n" : "") + GroupPython.imports(groups);
        out.append(imports).append(imports.isEmpty() ? "" : "\n").append("import torch\n\n\n");
        out.append(PythonDefinitions.of(configuration)).append(groups);
        configure(configuration, scheduler);
        update(configuration);
        return out.toString();
    }

    private String list(List<ParameterName> names) {
        return decays.names().all(names).stream().map(PythonText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private void configure(PytorchConfiguration configuration, String scheduler) {
        boolean epochs = configuration
                .scheduling()
                .map(s -> s.unit() == Schedule.Unit.EPOCHS)
                .orElse(false);
        String when = scheduler.equals("None")
                ? "The optimizer; its rate is constant."
                : "The optimizer, and the scheduler, to be stepped after every " + (epochs ? "epoch." : "update.");
        out.append("def configure(model):\n    \"\"\"").append(when).append("\"\"\"\n");
        if (!configuration.frozen().isEmpty()) {
            out.append("    named = dict(model.named_parameters())\n    for name in ")
                    .append(list(configuration.frozen()))
                    .append(":\n        named[name].requires_grad_(False)\n");
        }
        PytorchObject optimizer = configuration.optimizer();
        String parameters = configuration.groups().isEmpty()
                ? configuration.frozen().isEmpty()
                        ? "model.parameters()"
                        : "[p for p in model.parameters() if p.requires_grad]"
                : "parameter_groups(model)";
        out.append("    optimizer = ")
                .append(optimizer.classPath().replace("samestep.", ""))
                .append("(\n        ")
                .append(parameters)
                .append(",\n");
        optimizer
                .arguments()
                .forEach((name, value) -> out.append("        ")
                        .append(name)
                        .append('=')
                        .append(value(value))
                        .append(",\n"));
        out.append("    )\n    scheduler = ").append(scheduler).append("\n    return optimizer, scheduler\n\n\n");
    }

    /** A scheduler, with those that it is made of. */
    private static String scheduler(PytorchObject scheduler) {
        String arguments = scheduler.arguments().entrySet().stream()
                .map(a ->
                        a.getKey() + "=" + (a.getKey().equals("lr_lambda") ? text(a.getValue()) : value(a.getValue())))
                .collect(Collectors.joining(", "));
        return scheduler.classPath() + "(optimizer, " + arguments + ")";
    }

    private static String text(PytorchValue value) {
        return value instanceof Text words ? words.text() : value(value);
    }

    /** A value, as an argument. */
    static String value(PytorchValue value) {
        if (value instanceof Num number) {
            return number.quantity().text();
        }
        if (value instanceof Flag flag) {
            return flag.on() ? "True" : "False";
        }
        if (value instanceof Text words) {
            return PythonText.quoted(words.text());
        }
        if (value instanceof Many many) {
            return many.values().stream().map(PythonPrinter::value).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Call call ? scheduler(call.object()) : "None";
    }

    private void update(PytorchConfiguration configuration) {
        List<String> penalties = new ArrayList<>();
        int microSteps = 1;
        Optional<Stage.LossScale> loss = Optional.empty();
        for (BeforeStep before : configuration.beforeStep()) {
            if (before.stage() instanceof Stage.Penalty penalty) {
                penalties.add(decays.line(penalty, before.to()));
            } else if (before.stage() instanceof Stage.Accumulation accumulation) {
                microSteps = accumulation.microSteps();
            } else if (before.stage() instanceof Stage.LossScale scale) {
                loss = Optional.of(scale);
            }
        }
        boolean perUpdate = configuration
                .scheduling()
                .map(s -> s.unit() == Schedule.Unit.UPDATES)
                .orElse(false);
        out.append("def update(model, optimizer, scheduler, loss_of, batches):\n    \"\"\"One update from ")
                .append(microSteps == 1 ? "one batch" : microSteps + " batches")
                .append("; loss_of(model, batch) is ")
                .append(loss.map(l -> LossForms.meaning(l.form())).orElse("the mean over the batch"))
                .append(".\"\"\"\n")
                .append("    optimizer.zero_grad()\n    for batch in batches:\n        loss = ")
                .append(loss.filter(l -> !l.weight().isOne())
                        .map(l -> l.weight().text() + " * ")
                        .orElse(""))
                .append("loss_of(model, batch)\n");
        penalties.forEach(line -> out.append("        ").append(line).append('\n'));
        out.append("        ")
                .append(microSteps == 1 ? "loss" : "(loss / " + microSteps + ")")
                .append(".backward()\n");
        GradientClips.in(configuration.beforeStep())
                .forEach(clip -> out.append("    ")
                        .append(clip(GradientClips.call(clip)))
                        .append('\n'));
        out.append("    optimizer.step()\n").append(perUpdate ? "    scheduler.step()\n" : "");
    }

    private static String clip(PytorchObject call) {
        Map.Entry<String, PytorchValue> threshold =
                call.arguments().entrySet().iterator().next();
        return call.classPath() + "(model.parameters(), " + threshold.getKey() + "=" + value(threshold.getValue())
                + ")";
    }
}

package samestep.dialect.pytorch.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.dialect.pytorch.form.DecayWriter;
import samestep.dialect.pytorch.form.LossForms;
import samestep.dialect.pytorch.object.DocumentNames;
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
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/**
 * Writes a configuration as Python: {@code configure(model)} gives the optimizer and the scheduler, {@code update(...)} takes
 * one update with them, {@code train(...)} takes many.
 */
public final class PythonPrinter {
    private static final String LOSS = "loss_of(model, next(batches))";

    private final DecayWriter decays;
    private final StringBuilder out = new StringBuilder();

    public PythonPrinter(DecayWriter decays) {
        this.decays = decays;
    }

    /** The text. */
    public String print(PytorchConfiguration configuration) {
        String scheduler =
                configuration.scheduling().map(s -> scheduler(s.scheduler())).orElse("None");
        GroupPython groups = new GroupPython(configuration, decays.names());
        Map<String, Role> roles = DocumentNames.unclear(configuration, decays.names());
        String definitions = PythonDefinitions.of(configuration, groups.rule(), !roles.isEmpty(), decays.names());
        String imports = (scheduler.contains("math.") ? "import math\n" : "") + imports(definitions);
        out.append(imports).append(imports.isEmpty() ? "" : "\n").append("import torch\n\n\n");
        out.append(definitions);
        configure(configuration, roles, groups.argument(), scheduler);
        update(configuration);
        train(configuration);
        return out.toString();
    }

    /** The modules that definitions need, as lines. */
    private static String imports(String definitions) {
        return (definitions.contains("fnmatch.fnmatch(") ? "import fnmatch\n" : "")
                + (definitions.contains("re.search(") || definitions.contains("re.fullmatch(") ? "import re\n" : "");
    }

    private String list(List<ParameterName> names) {
        return decays.names().all(names).stream().map(PythonText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static boolean countsEpochs(PytorchConfiguration configuration) {
        return configuration
                .scheduling()
                .map(s -> s.unit() == Schedule.Unit.EPOCHS)
                .orElse(false);
    }

    private void configure(
            PytorchConfiguration configuration, Map<String, Role> roles, String groups, String scheduler) {
        String when = scheduler.equals("None")
                ? "The optimizer; its rate is constant."
                : "The optimizer, and the scheduler, to be stepped after every "
                        + (countsEpochs(configuration) ? "epoch." : "update.");
        out.append("def configure(model):\n    \"\"\"").append(when).append("\"\"\"\n");
        if (!roles.isEmpty()) {
            out.append(roles.entrySet().stream()
                    .map(e -> PythonText.quoted(e.getKey()) + ": "
                            + PythonText.quoted(e.getValue().word()))
                    .collect(Collectors.joining(", ", "    parameters_are(model, {", "})\n")));
        }
        if (!configuration.frozen().isEmpty()) {
            out.append("    freeze(model, ")
                    .append(list(configuration.frozen()))
                    .append(")\n");
        }
        PytorchObject optimizer = configuration.optimizer();
        String all = configuration.frozen().isEmpty()
                ? "        model.parameters(),\n"
                : "        [p for p in model.parameters() if p.requires_grad],\n";
        out.append("    optimizer = ")
                .append(optimizer.classPath().replace("samestep.", ""))
                .append("(\n")
                .append(groups.isEmpty() ? all : groups);
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
        String deeper = microSteps == 1 ? "    " : "        ";
        out.append("def update(model, optimizer, scheduler, loss_of, batches):\n    \"\"\"One update from the next ")
                .append(microSteps == 1 ? "batch" : microSteps + " batches")
                .append("; loss_of(model, batch) is ")
                .append(loss.map(l -> LossForms.meaning(l.form())).orElse("the mean over the batch"))
                .append(".\"\"\"\n    optimizer.zero_grad()\n")
                .append(microSteps == 1 ? "" : "    for _ in range(" + microSteps + "):\n")
                .append(deeper)
                .append("loss = ")
                .append(loss.map(PythonPrinter::loss).orElse(LOSS))
                .append('\n');
        penalties.forEach(line -> out.append(deeper).append(line).append('\n'));
        out.append(deeper)
                .append(microSteps == 1 ? "loss" : "(loss / " + microSteps + ")")
                .append(".backward()\n");
        GradientClips.in(configuration.beforeStep())
                .forEach(clip -> out.append("    ")
                        .append(clip(GradientClips.call(clip)))
                        .append('\n'));
        out.append("    optimizer.step()\n").append(perUpdate ? "    scheduler.step()\n" : "");
    }

    private static String loss(Stage.LossScale scale) {
        String loss = switch (scale.form()) {
            case WEIGHTED -> LOSS;
            case SUMMED -> "sum_over_batch(" + LOSS + ")";
            case MEAN_SQUARE -> "mean_of_squares(" + LOSS + ")";
            case SUMMED_SQUARE -> "sum_of_mean_squares(" + LOSS + ")";
        };
        return scale.weight().isOne() ? loss : scale.weight().text() + " * " + loss;
    }

    /** The loop around the updates; it says what the scheduler counts. */
    private void train(PytorchConfiguration configuration) {
        String update = "update(model, optimizer, scheduler, loss_of, batches)\n";
        String configured = "    optimizer, scheduler = configure(model)\n";
        out.append("\n\n");
        if (countsEpochs(configuration)) {
            out.append("def train(model, loss_of, batches, epochs, updates):\n")
                    .append("    \"\"\"So many epochs of so many updates; batches is an iterator.\"\"\"\n")
                    .append(configured)
                    .append("    for _ in range(epochs):\n        for _ in range(updates):\n            ")
                    .append(update)
                    .append("        scheduler.step()\n");
        } else {
            out.append("def train(model, loss_of, batches, updates):\n")
                    .append("    \"\"\"So many updates; batches is an iterator.\"\"\"\n")
                    .append(configured)
                    .append("    for _ in range(updates):\n        ")
                    .append(update);
        }
    }

    private static String clip(PytorchObject call) {
        Map.Entry<String, PytorchValue> threshold =
                call.arguments().entrySet().iterator().next();
        return call.classPath() + "(model.parameters(), " + threshold.getKey() + "=" + value(threshold.getValue())
                + ")";
    }
}

package samestep.dialect.keras.write;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.dialect.keras.KerasConfiguration;
import samestep.dialect.keras.KerasSubclass;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Many;
import samestep.dialect.keras.document.KerasValue.Nothing;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ParameterName;

/** Writes a configuration as constructor calls to paste, in the form in which the reader of programs takes it back. */
public final class KerasPython {
    /** What the dict is called that has the arguments of layers' constructors by name. */
    public static final String LAYERS = "layers";
    /** What the list is called that {@code compile} is to be given. */
    public static final String LOSS_WEIGHTS = "loss_weights";

    private KerasPython() {}

    static String print(KerasConfiguration configuration) {
        StringBuilder out = new StringBuilder(
                configuration.generation() == KerasGeneration.LEGACY
                        ? "from tensorflow import keras\n\n"
                        : configuration.rule().filter(KerasRules::isByWords).isPresent()
                                ? "import re\n\nimport keras\n\n"
                                : "import keras\n\n");
        out.append(KerasPythonClasses.definitions(configuration))
                .append("optimizer = ")
                .append(optimizer(configuration))
                .append('\n');
        if (!configuration.excluded().isEmpty() && configuration.rule().isEmpty()) {
            out.append("optimizer.").append(KerasDecayWriter.EXCLUDED).append("(var_names=[");
            out.append(quoted(configuration.excluded())).append("])\n");
        }
        if (!configuration.lossWeights().isEmpty()) {
            out.append(LOSS_WEIGHTS + " = [")
                    .append(configuration.lossWeights().stream().map(Num::text).collect(Collectors.joining(", ")))
                    .append("]  # for model.compile(optimizer, loss, loss_weights=loss_weights)\n");
        }
        return out.append('\n').append(layers(configuration)).toString();
    }

    private static String layers(KerasConfiguration configuration) {
        StringBuilder out = new StringBuilder().append(howToGive(configuration)).append(LAYERS + " = {\n");
        configuration.layers().forEach((name, arguments) -> {
            String given = arguments.entrySet().stream()
                    .map(a -> a.getKey() + "=" + value(a.getValue(), ""))
                    .collect(Collectors.joining(", ", "dict(", ")"));
            out.append("    ")
                    .append(PythonText.quoted(name))
                    .append(": ")
                    .append(given)
                    .append(",\n");
        });
        return out.append("}\n").toString();
    }

    private static String howToGive(KerasConfiguration configuration) {
        List<String> names = List.copyOf(configuration.layers().keySet());
        boolean unknown = names.equals(List.of(ParameterName.ANY_LAYER));
        StringBuilder out = new StringBuilder();
        if (unknown) {
            out.append("# The layers are not known: give each layer's constructor those of these that it takes.\n");
        } else if (!names.isEmpty()) {
            out.append("# Give these to the layers' constructors, for example\n#     keras.layers.Dense(units, name=");
            out.append(PythonText.quoted(names.get(0)))
                    .append(", **layers[")
                    .append(PythonText.quoted(names.get(0)))
                    .append("])\n");
        }
        boolean takesNoRegularizer = configuration.layers().entrySet().stream()
                .anyMatch(layer -> layer.getValue().containsKey("gamma_regularizer")
                        && KerasSpelling.mayBeRmsNormalization(
                                configuration.generation(),
                                layer.getKey(),
                                layer.getValue().containsKey("beta_regularizer")));
        if (takesNoRegularizer) {
            out.append("# RMSNormalization takes no gamma_regularizer: leave it out there.\n");
        }
        out.append("# A regularizer that is assigned to a built layer does nothing in Keras 3.\n");
        return out.toString();
    }

    private static String optimizer(KerasConfiguration configuration) {
        KerasSubclass subclass = configuration.subclass();
        String call = call(configuration.optimizer(), "    ");
        if (subclass.isEmpty() && configuration.rule().isEmpty()) {
            return call;
        }
        StringBuilder own = new StringBuilder(KerasPythonClasses.name(configuration)).append("(\n");
        configuration
                .optimizer()
                .arguments()
                .forEach((name, value) -> own.append("    ")
                        .append(name)
                        .append('=')
                        .append(value(value, "        "))
                        .append(",\n"));
        own.append(numbers("rates", subclass.rates())).append(numbers("weight_decays", subclass.weightDecays()));
        if (!subclass.frozen().isEmpty()) {
            own.append("    frozen=[").append(quoted(subclass.frozen())).append("],\n");
        }
        if (!subclass.decays().isEmpty()) {
            own.append("    decays={")
                    .append(subclass.decays().entrySet().stream()
                            .map(e -> PythonText.quoted(e.getKey()) + ": {"
                                    + e.getValue().entrySet().stream()
                                            .map(c -> PythonText.quoted(c.getKey()) + ": "
                                                    + c.getValue().text())
                                            .collect(Collectors.joining(", "))
                                    + "}")
                            .collect(Collectors.joining(", ")))
                    .append("},\n");
        }
        return own.append(")").toString();
    }

    private static String numbers(String argument, Map<String, Num> numbers) {
        return numbers.isEmpty()
                ? ""
                : numbers.entrySet().stream()
                        .map(e -> PythonText.quoted(e.getKey()) + ": "
                                + e.getValue().text())
                        .collect(Collectors.joining(", ", "    " + argument + "={", "},\n"));
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(PythonText::quoted).collect(Collectors.joining(", "));
    }

    private static String call(Instance instance, String indent) {
        String head = (instance.module().isEmpty() ? "" : instance.module() + ".") + instance.className() + "(";
        String flat = arguments(instance.arguments(), ", ", "");
        if (indent.isEmpty() || head.length() + flat.length() < 80) {
            return head + flat + ")";
        }
        return head + "\n" + indent + arguments(instance.arguments(), ",\n" + indent, indent) + ",\n"
                + indent.substring(4) + ")";
    }

    private static String arguments(Map<String, KerasValue> arguments, String separator, String indent) {
        String deeper = indent.isEmpty() ? "" : indent + "    ";
        return arguments.entrySet().stream()
                .map(a -> a.getKey() + "=" + value(a.getValue(), deeper))
                .collect(Collectors.joining(separator));
    }

    private static String value(KerasValue value, String indent) {
        if (value instanceof Num number) {
            return number.text();
        }
        if (value instanceof Flag flag) {
            return flag.on() ? "True" : "False";
        }
        if (value instanceof KerasValue.Text text) {
            return PythonText.quoted(text.text());
        }
        if (value instanceof Nothing) {
            return "None";
        }
        if (value instanceof Many many) {
            return many.values().stream().map(v -> value(v, "")).collect(Collectors.joining(", ", "[", "]"));
        }
        return call((Instance) value, indent);
    }
}

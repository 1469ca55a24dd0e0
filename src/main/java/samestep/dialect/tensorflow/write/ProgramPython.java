package samestep.dialect.tensorflow.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import samestep.dialect.tensorflow.Program;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/** Writes a program as Python: tables for the layers, and functions for the rate, the loss and the training operation. */
final class ProgramPython {
    private final Program program;
    private final ProgramApi api;
    private final StringBuilder out = new StringBuilder();

    private ProgramPython(Program program, ProgramApi api) {
        this.program = program;
        this.api = api;
    }

    static String print(Program program, ProgramApi api) {
        return new ProgramPython(program, api).text();
    }

    private String text() {
        out.append("import tensorflow as tf\n");
        if (api == ProgramApi.SLIM) {
            out.append("import tf_slim as slim\n");
        }
        out.append("\ntf1 = tf.compat.v1\n\n\n");
        out.append(ProgramDefinitions.network(api));
        layers();
        tables();
        rate();
        optimizer();
        loss();
        trainOp();
        train();
        return out.toString();
    }

    /** A regularizer's call. */
    static String regularizer(Map<String, String> coefficients, ProgramApi api) {
        if (coefficients.isEmpty()) {
            return "None";
        }
        String name = String.join("_", coefficients.keySet());
        String numbers = String.join(", ", coefficients.values());
        return api.hasHalf()
                ? "slim." + name + "_regularizer(" + numbers + ")"
                : "tf.keras.regularizers." + name + "(" + numbers + ")";
    }

    private void layers() {
        Map<String, List<String>> layers = new LinkedHashMap<>();
        Map<String, List<String>> ofNorms = new LinkedHashMap<>();
        program.regularizers().forEach((name, coefficients) -> {
            String regularizer = regularizer(coefficients, api);
            Optional<String> argument = api.argument(name.role());
            if (argument.isPresent()) {
                arguments(layers, key(name)).addAll(api.besides(name.role()));
                arguments(layers, key(name)).add(argument.get() + "=" + regularizer);
            } else if (api.isParameterOfNorm(name.role())) {
                arguments(layers, name.layer());
                ofNorms.computeIfAbsent(name.layer(), n -> new ArrayList<>())
                        .add(ProgramText.quoted(name.role().word()) + ": " + regularizer);
            } else {
                arguments(layers, path(name)).add(ProgramApi.OF_VARIABLE + "=" + regularizer);
            }
        });
        ofNorms.forEach((layer, parts) ->
                arguments(layers, layer).add(ProgramApi.OF_NORM + "={" + String.join(", ", parts) + "}"));
        if (layers.containsKey(ParameterName.ANY_LAYER)) {
            out.append("# The layers are not known: give each of them those of these that it takes.\n");
        } else if (!layers.isEmpty()) {
            String first = ProgramText.quoted(layers.keySet().iterator().next());
            out.append("# Give these to the layers, for example\n#     ")
                    .append(api.example())
                    .append(first)
                    .append(", **layers[")
                    .append(first)
                    .append("])\n");
        }
        out.append("layers = {\n");
        layers.forEach((layer, arguments) -> out.append("    ")
                .append(ProgramText.quoted(layer))
                .append(": dict(")
                .append(String.join(", ", arguments))
                .append("),\n"));
        out.append("}\n");
    }

    private static List<String> arguments(Map<String, List<String>> layers, String layer) {
        return layers.computeIfAbsent(layer, n -> new ArrayList<>());
    }

    /** Slim has one argument for both kernels: beside another one, a kernel that keeps channels apart is of its own layer. */
    private String key(ParameterName name) {
        boolean isBeside = !api.besides(name.role()).isEmpty()
                && program.regularizers().containsKey(new ParameterName(name.layer(), Role.KERNEL));
        return isBeside ? path(name) : name.layer();
    }

    /** The name of a variable. */
    private String path(ParameterName name) {
        String word = api.variable(name.role());
        return word.isEmpty() ? name.layer() : name.layer() + "/" + word;
    }

    private void tables() {
        if (!program.rates().isEmpty()) {
            out.append("# What the learning rate is multiplied by.\n");
            table("rates", program.rates(), number -> number);
        }
        if (!program.decays().isEmpty()) {
            out.append("# What the weights shrink by themselves, times the learning rate: not through the gradient.\n");
            table("decays", program.decays(), number -> number);
        }
        if (!program.added().isEmpty()) {
            out.append("# Added to gradients after the clip: what multiplies the weight's sign, and the weight.\n");
            table(
                    "added",
                    program.added(),
                    c -> "(" + c.getOrDefault("l1", "0.0") + ", " + c.getOrDefault("l2", "0.0") + ")");
        }
        if (!program.frozen().isEmpty()) {
            out.append("# Not trained.\n");
            Map<ParameterName, String> frozen = new LinkedHashMap<>();
            program.frozen().forEach(name -> frozen.put(name, "True"));
            table("frozen", frozen, on -> on);
        }
        boolean tables = !program.rates().isEmpty()
                || !program.decays().isEmpty()
                || !program.added().isEmpty()
                || !program.frozen().isEmpty();
        if (tables) {
            out.append("""


                def of(variable, table, otherwise):
                    \"""What a table says of a variable: its keys are the ends of names.\"""
                    path = "/" + variable.op.name
                    return next((value for end, value in table.items() if path.endswith("/" + end)), otherwise)
                """);
        }
    }

    private <V> void table(String name, Map<ParameterName, V> values, Function<V, String> printed) {
        out.append(name).append(" = {\n");
        values.forEach((parameter, value) -> out.append("    ")
                .append(ProgramText.quoted(end(parameter)))
                .append(": ")
                .append(printed.apply(value))
                .append(",\n"));
        out.append("}\n");
    }

    /** The end of a variable's name. */
    private String end(ParameterName name) {
        boolean any = name.layer().equals(ParameterName.ANY_LAYER);
        return any ? api.variable(name.role()) : path(name);
    }

    private void rate() {
        String value = program.rate()
                .schedule()
                .map(s -> call(s, s.name().equals("piecewise_constant") ? "x=step" : "global_step=step"))
                .orElse(program.rate().number());
        out.append("\n\ndef learning_rate(step):\n    return ").append(value).append('\n');
    }

    private void optimizer() {
        out.append("\n\ndef optimizer(rate):\n    return ")
                .append(call(program.optimizer(), "learning_rate=rate"))
                .append('\n');
    }

    private static String call(Program.Invocation invocation, String first) {
        String rest = invocation.arguments().entrySet().stream()
                .map(e -> ", " + e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining());
        return "tf1.train." + invocation.name() + "(" + first + rest + ")";
    }

    private void loss() {
        boolean none = program.regularizers().values().stream().allMatch(Map::isEmpty);
        if (none && api == ProgramApi.ESTIMATOR) {
            out.append("\n\ndef total_loss(data_loss):\n    return data_loss  # there are no regularizers\n");
            return;
        }
        out.append(
                switch (api) {
                    case ESTIMATOR -> """


                        def total_loss(data_loss):
                            # The regularizers are collected, and in no loss until they are added. The same, where the data's
                            # loss is one of tf1.losses: tf1.losses.get_total_loss()
                            return data_loss + tf1.losses.get_regularization_loss()
                        """;
                    case SLIM -> """


                        def total_loss():
                            # The losses of tf1.losses, and the regularizers: a bare loss has none in it.
                            return slim.losses.get_total_loss()
                        """;
                    case KERAS -> """


                        def total_loss(data_loss, model):
                            # Without compile and fit, the layers' regularizers are added to no loss.
                            return tf.add_n([data_loss] + model.losses)
                        """;
                });
    }

    private void trainOp() {
        out.append("\n\ndef train_op(loss):\n    step = tf1.train.get_or_create_global_step()\n");
        if (program.isPlain()) {
            out.append(
                    api == ProgramApi.SLIM
                            ? "    return slim.learning.create_train_op(loss, optimizer(learning_rate(step)))\n"
                            : "    return optimizer(learning_rate(step)).minimize(loss, global_step=step)\n");
            return;
        }
        out.append("    variables = ")
                .append(
                        program.frozen().isEmpty()
                                ? "tf1.trainable_variables()\n"
                                : "[v for v in tf1.trainable_variables() if not of(v, frozen, False)]\n");
        out.append("    gradients = tf.gradients(loss, variables)\n");
        program.clips().forEach(c -> out.append("    ").append(clip(c)).append('\n'));
        if (!program.added().isEmpty()) {
            out.append("    parts = [of(v, added, (0.0, 0.0)) for v in variables]\n")
                    .append("    gradients = [g + a * tf.sign(v) + b * v for g, v, (a, b) in zip(gradients, variables,"
                            + " parts)]\n");
        }
        out.append("    rate = learning_rate(step)\n");
        String before = "gradients";
        if (!program.decays().isEmpty()) {
            String own = program.rates().isEmpty() ? "rate" : "of(v, rates, 1.0) * rate";
            out.append("    with tf.control_dependencies(gradients):\n")
                    .append("        shrunk = [v.assign_sub(tf.cast(" + own
                            + " * of(v, decays, 0.0), v.dtype.base_dtype) * v)\n")
                    .append("                  for v in variables if of(v, decays, 0.0)]\n");
            before = "shrunk";
        }
        if (program.inGradients()) {
            String own = program.rates().isEmpty() ? "rate" : "of(v, rates, 1.0) * rate";
            out.append("    # The velocity carries the rate: a drop acts on what comes after it only.\n")
                    .append("    gradients = [tf.cast(" + own
                            + ", g.dtype) * g for g, v in zip(gradients, variables)]\n");
        }
        out.append("    with tf.control_dependencies(" + before + "):\n");
        if (program.inGradients() || program.rates().isEmpty()) {
            out.append("        return optimizer(" + (program.inGradients() ? "1.0" : "rate")
                    + ").apply_gradients(zip(gradients, variables), global_step=step)\n");
            return;
        }
        out.append("        updates = []\n")
                .append("        for factor in sorted({of(v, rates, 1.0) for v in variables}):\n")
                .append("            pairs = [(g, v) for g, v in zip(gradients, variables) if of(v, rates, 1.0) =="
                        + " factor]\n")
                .append("            updates.append(optimizer(factor * rate).apply_gradients(pairs))\n")
                .append("    with tf.control_dependencies(updates):\n")
                .append("        return tf1.assign_add(step, 1)\n");
    }

    private static String clip(Program.Clip clip) {
        String threshold = clip.threshold();
        return switch (clip.by()) {
            case GLOBAL_NORM -> "gradients, _ = tf.clip_by_global_norm(gradients, " + threshold + ")";
            case NORM -> "gradients = [tf.clip_by_norm(g, " + threshold + ") for g in gradients]";
            case VALUE -> "gradients = [tf.clip_by_value(g, -" + threshold + ", " + threshold + ") for g in gradients]";
        };
    }

    /** How the network, the loss and the training operation go together. */
    private void train() {
        out.append(
                switch (api) {
                    case ESTIMATOR -> """


                        def model_fn(features, labels, mode):
                            logits = network(features, layers)
                            loss = total_loss(tf1.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits))
                            return tf1.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op(loss))
                        """;
                    case SLIM -> """


                        def train_step(features, labels):
                            logits = network(features, layers)
                            tf1.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
                            return train_op(total_loss())
                        """;
                    case KERAS -> """


                        def train_step(features, labels):
                            model = network(layers)
                            logits = model(features)
                            data_loss = tf1.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
                            return train_op(total_loss(data_loss, model))
                        """;
                });
    }
}

package samestep.dialect.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import samestep.dialect.Input;
import samestep.dialect.MutationJudge.Variant;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ledger.ChangedField;
import samestep.recipe.ledger.LedgerRow;
import samestep.text.SourceText;

/**
 * Small models of one layer and one optimizer, with one argument changed at a time. A document has the layer's class, the
 * optimizer's class, and the contents of the configurations.
 */
final class KerasMutation {
    /** A layer that has the variable of an argument which several classes have. */
    private static final Map<String, String> OWNERS = Map.of(
            "depthwise", "DepthwiseConv2D",
            "pointwise", "SeparableConv2D",
            "recurrent", "LSTM",
            "inner", "LSTM",
            "embeddings", "Embedding",
            "gamma", "BatchNormalization",
            "beta", "BatchNormalization",
            "alpha", "PReLU");

    private final KerasGeneration generation;

    KerasMutation(KerasGeneration generation) {
        this.generation = generation;
    }

    /** A document's parts: configurations as names and JSON texts. */
    private record Model(
            KerasGeneration generation,
            String layer,
            Map<String, String> layerConfig,
            String optimizer,
            Map<String, String> optimizerConfig,
            Map<String, String> compile,
            Map<String, String> loss) {}

    /** The changes of a field of a row. */
    List<Variant> of(LedgerRow row, String field) {
        int dot = field.indexOf('.');
        String owner = field.substring(0, dot);
        String name = field.substring(dot + 1).replace("*", "x");
        List<Variant> variants = new ArrayList<>();
        switch (owner) {
            case "optimizer" ->
                optimizers(name).forEach(model -> variants(row, name, model, model.optimizerConfig(), variants));
            case "compile" -> {
                Model model = model("Dense", "SGD");
                variants(row, name, model, model.compile(), variants);
            }
            case "loss" -> {
                Model model = model("Dense", "SGD");
                model.loss().put("from_logits", "false");
                variants(row, name, model, model.loss(), variants);
            }
            default -> {
                String prefix = name.contains("_") ? name.substring(0, name.indexOf('_')) : name;
                Model model = model(owner.equals("*") ? OWNERS.getOrDefault(prefix, "Dense") : owner, "SGD");
                variants(row, name, model, model.layerConfig(), variants);
            }
        }
        return variants;
    }

    private void variants(LedgerRow row, String name, Model model, Map<String, String> config, List<Variant> variants) {
        if (name.equals("lr")) {
            config.remove("learning_rate");
        }
        if (model.layer().equals("EinsumDense") && name.startsWith("bias_") && !name.equals("bias_axes")) {
            config.put("bias_axes", "\"c\"");
        }
        String before = text(model);
        String given = config.get(name);
        String one = ChangedField.of(row, given == null ? row.fallback() : given.replace("\"", ""));
        config.put(name, json(row, one, 1));
        String after = text(model);
        variants.add(variant(model, name, before, after));
        if (given == null) {
            config.put(name, json(row, ChangedField.of(row, one), 2));
            variants.add(variant(model, name, after, text(model)));
            config.remove(name);
        } else {
            config.put(name, given);
        }
    }

    private static Variant variant(Model model, String name, String before, String after) {
        return new Variant(model.layer() + " with " + model.optimizer(), name, input(before), input(after));
    }

    private static Input input(String text) {
        return Input.of(new SourceText("model.json", text));
    }

    /** A value of a type as JSON; objects have one number that differs. */
    private String json(LedgerRow row, String value, int which) {
        boolean first = generation == KerasGeneration.KERAS_1;
        return switch (row.type()) {
            case "bool", "integer", "number", "numbers" -> value;
            case "words" -> "[\"" + value.substring(1, value.length() - 1) + "\"]";
            case "regularizer" ->
                first
                        ? "{\"name\":\"WeightRegularizer\",\"l1\":0.0,\"l2\":0.0" + which + "}"
                        : "{\"class_name\":\"L2\",\"config\":{\"l2\":0.0" + which + "}}";
            case "constraint" ->
                first
                        ? "{\"name\":\"MaxNorm\",\"m\":" + which + ",\"axis\":0}"
                        : "{\"class_name\":\"MaxNorm\",\"config\":{\"max_value\":" + which + ",\"axis\":0}}";
            case "initializer" ->
                first
                        ? (which == 1 ? "\"he_normal\"" : "\"lecun_uniform\"")
                        : "{\"class_name\":\"Constant\",\"config\":{\"value\":0." + which + "}}";
            default -> '"' + value + '"';
        };
    }

    /** One of each class, with its arguments, and one whose weights are averaged; those that have an argument come first. */
    private List<Model> optimizers(String argument) {
        List<Model> models = new ArrayList<>();
        for (String className : KerasDefaults.names(generation)) {
            models.add(model("Dense", className));
        }
        if (generation == KerasGeneration.KERAS_2_15) {
            for (KerasGeneration older :
                    List.of(KerasGeneration.KERAS_2, KerasGeneration.LEGACY, KerasGeneration.ADDONS)) {
                KerasDefaults.names(older).forEach(className -> models.add(model("Dense", className, older)));
            }
        }
        Model averaged = model("Dense", "SGD");
        averaged.optimizerConfig().put("use_ema", "true");
        models.add(averaged);
        models.sort(Comparator.comparing(model -> !model.optimizerConfig().containsKey(argument)));
        return models;
    }

    private Model model(String layer, String optimizer) {
        return model(layer, optimizer, generation);
    }

    private Model model(String layer, String className, KerasGeneration whose) {
        String optimizer = whose == KerasGeneration.ADDONS ? "Addons>" + className : className;
        Map<String, String> optimizerConfig = new LinkedHashMap<>();
        if (whose == KerasGeneration.LEGACY) {
            optimizerConfig.put("is_legacy_optimizer", "true");
        }
        KerasDefaults.of(whose, className).orElseThrow().values().forEach((name, value) -> {
            boolean flag = value.equals("0") || value.equals("1");
            String written = flag ? Boolean.toString(value.equals("1")) : value;
            // Nesterov's rule is the plain one without momentum.
            written = name.equals("momentum") && value.equals("0.0") ? "0.9" : written;
            boolean rate = name.equals("learning_rate") && generation == KerasGeneration.KERAS_1;
            optimizerConfig.put(rate ? "lr" : name, written);
        });
        Map<String, String> layerConfig = new LinkedHashMap<>(Map.of("name", "\"layer\""));
        return new Model(
                whose, layer, layerConfig, optimizer, optimizerConfig, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private String text(Model model) {
        Map<String, String> compile = new LinkedHashMap<>(model.compile());
        if (!model.loss().isEmpty()) {
            compile.put("loss", object("CategoricalCrossentropy", model.loss()));
        }
        compile.putIfAbsent("loss", "\"mean_squared_error\"");
        boolean first = generation == KerasGeneration.KERAS_1;
        compile.put(first ? "optimizer_config" : "optimizer", object(model.optimizer(), model.optimizerConfig()));
        String version = switch (model.generation()) {
            case KERAS_1 -> "1.2.2";
            case KERAS_2 -> "2.3.1";
            case KERAS_3 -> "3.15.1";
            default -> "2.15.0";
        };
        String layers = object("Dense", Map.of("name", "\"first\"")) + "," + object(model.layer(), model.layerConfig());
        return "{\"keras_version\":\"" + version
                + "\",\"class_name\":\"Sequential\",\"config\":{\"name\":\"m\",\"layers\":["
                + layers + "]},\"" + (generation == KerasGeneration.KERAS_3 ? "compile_config" : "training_config")
                + "\":"
                + members(compile) + "}";
    }

    private static String object(String className, Map<String, String> config) {
        String registered = className.startsWith("Addons>") ? "\"registered_name\":\"" + className + "\"," : "";
        String plain = className.substring(className.indexOf('>') + 1);
        return "{" + registered + "\"class_name\":\"" + plain + "\",\"config\":" + members(config) + "}";
    }

    private static String members(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}

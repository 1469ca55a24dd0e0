package samestep.dialect.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import samestep.dialect.Input;
import samestep.dialect.MutationJudge.Variant;
import samestep.dialect.tensorflow.graph.Operations;
import samestep.dialect.tensorflow.graph.UpdateOps;
import samestep.recipe.ledger.Decides;
import samestep.text.SourceText;

/** Two small graphs for each field of the graphs' ledger, with that field another. */
final class GraphMutation {
    /** A net of one operation, {@code NET}, before the gradient of a variable that {@code UPDATE} updates. */
    private static final String GRAPH = """
        meta_info_def { tensorflow_version: "1.15.0" }
        graph_def {
          node { name: "w" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } }
            attr { key: "shape" value { shape { dim { size: 2 } } } } }
          node { name: "w/start" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
            attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 1 } } } }
          node { name: "w/Assign" op: "Assign" input: "w" input: "w/start" }
          node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
          NET
          node { name: "gradient" op: "Conv2DBackpropFilter" input: "x" input: "x" input: "net" }
          NUMBERS
          UPDATE
        LIBRARY
          versions { producer: 100 }
        }
        collection_def { key: "trainable_variables" value { node_list { value: "w:0" } } }
        """;

    private static final String NUMBER = """
        node { name: "%s" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
          attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: 0.1 } } } }
        """;
    private static final String SLOT = """
        node { name: "%1$s" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } }
          attr { key: "shape" value { shape { dim { size: 2 } } } } }
        node { name: "%1$s/start" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
          attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 0.0 } } } }
        node { name: "%1$s/Assign" op: "Assign" input: "%1$s" input: "%1$s/start" }
        """;
    private static final String PLAIN = "ApplyGradientDescent";
    private static final String BODY = "library { function { signature { name: \"f\" }"
            + " node_def { name: \"inner\" op: \"%s\" input: \"x\" } } %s }";

    /** Changes of what is beside the operations. */
    private static final Map<String, List<String>> BESIDE = Map.ofEntries(
            Map.entry("graph_def.node.op", List.of("\"Abs\"", "\"Neg\"")),
            Map.entry("graph_def.node.input", List.of("input: \"x\" input: \"net\"", "input: \"w\" input: \"net\"")),
            Map.entry("graph_def.node.name", List.of("name: \"net\"", "name: \"net/1\"")),
            Map.entry("graph_def.node.device", List.of("\"Abs\"", "\"Abs\" device: \"/gpu:0\"")),
            Map.entry(
                    "graph_def.node.experimental_debug_info",
                    List.of("\"Abs\"", "\"Abs\" experimental_debug_info { original_node_names: \"a\" }")),
            Map.entry(
                    "graph_def.node.experimental_type",
                    List.of("\"Abs\"", "\"Abs\" experimental_type { type_id: TFT_TENSOR }")),
            Map.entry("graph_def.debug_info", List.of("versions {", "debug_info { } versions {")),
            Map.entry("graph_def.versions.producer", List.of("producer: 100", "producer: 20")),
            Map.entry("graph_def.version", List.of("versions {", "version: 3 versions {")),
            Map.entry("graph_def.versions.min_consumer", List.of("producer: 100", "producer: 100 min_consumer: 12")),
            Map.entry("graph_def.versions.bad_consumers", List.of("producer: 100", "producer: 100 bad_consumers: 12")),
            Map.entry("meta_info_def.*", List.of("1.15.0", "1.14.0")),
            Map.entry("saver_def.*", List.of("collection_def", "saver_def { max_to_keep: 5 } collection_def")),
            Map.entry("signature_def", List.of("collection_def", "signature_def { key: \"a\" } collection_def")),
            Map.entry("asset_file_def", List.of("collection_def", "asset_file_def { filename: \"a\" } collection_def")),
            Map.entry("object_graph_def", List.of("collection_def", "object_graph_def { } collection_def")),
            Map.entry("collection_def.trainable_variables", List.of("value: \"w:0\"", "value: \"w:0\" value: \"v:0\"")),
            Map.entry("collection_def.regularization_losses", collections("regularization_losses", "decay")),
            Map.entry("collection_def.update_ops", collections("update_ops", "x")),
            Map.entry("collection_def.*", collections("summaries", "x")));

    private static List<String> collections(String key, String tensor) {
        String given = "collection_def { key: \"trainable_variables\"";
        return List.of(
                given,
                "collection_def { key: \"%s\" value { node_list { value: \"%s:0\" } } }\n".formatted(key, tensor)
                        + given);
    }

    private GraphMutation() {}

    /** The changes of a field. */
    static List<Variant> of(Decides decides, String field) {
        if (BESIDE.containsKey(field)) {
            List<String> change = BESIDE.getOrDefault(field, List.of());
            String graph = beside(field);
            return List.of(variant(field, graph, graph.replace(change.get(0), change.get(1))));
        }
        if (field.startsWith("graph_def.library.")) {
            String called = net("Abs", "attr { key: \"f\" value { func { name: \"f\" } } }");
            String before = called.replace("LIBRARY", BODY.formatted("Abs", ""));
            String after = switch (field.substring("graph_def.library.".length())) {
                case "function" -> BODY.formatted("Neg", "");
                case "gradient" -> BODY.formatted("Abs", "gradient { function_name: \"f\" gradient_func: \"g\" }");
                default -> BODY.formatted("Abs", "registered_gradients { gradient_func: \"g\" }");
            };
            return List.of(variant(field, before, called.replace("LIBRARY", after)));
        }
        int dot = field.indexOf('.');
        return dot < 0 ? operation(decides, field) : attribute(field.substring(0, dot), field.substring(dot + 1));
    }

    /** The collections' fields need a variable and a penalty more. */
    private static String beside(String field) {
        String graph = net("Abs", "");
        return field.contains("trainable") || field.contains("regularization")
                ? graph.replace(
                        "LIBRARY",
                        SLOT.formatted("v")
                                + NUMBER.formatted("half").replace("0.1", "0.5")
                                + "node { name: \"norm\" op: \"L2Loss\" input: \"w\" }"
                                + "node { name: \"decay\" op: \"Mul\" input: \"half\" input: \"norm\" }")
                : graph;
    }

    private static List<Variant> operation(Decides decides, String operation) {
        return switch (decides) {
            case UPDATE, NOT_READ -> {
                // An operation beside updates that gradients come from is in the net.
                boolean update = UpdateOps.isUpdate(operation);
                String other = operation.endsWith(PLAIN) ? "ApplyMomentum" : PLAIN;
                yield List.of(variant(
                        operation,
                        update ? update(other, "") : net("Abs", ""),
                        update ? update(operation, "") : net(operation, "")));
            }
            // It has to come first, and does nothing to what is trained.
            case NOTHING -> {
                String other = operation.equals("Assert") ? "PrintV2" : "Assert";
                yield List.of(variant(operation, beforeUpdate(operation), beforeUpdate(other)));
            }
            default -> {
                String other = operation.equals("Abs") ? "Neg" : "Abs";
                yield List.of(variant(operation, net(other, ""), net(operation, "")));
            }
        };
    }

    private static String beforeUpdate(String operation) {
        return net("Abs", "")
                .replace("LIBRARY", node("first", operation, ""))
                .replace("input: \"gradient\"", "input: \"gradient\" input: \"^first\"");
    }

    private static List<Variant> attribute(String operation, String name) {
        String of = operation.equals("*") ? "Abs" : operation;
        Operations.Attribute known = Operations.all().getOrDefault(of, Map.of()).get(name);
        String type = known == null ? "int" : known.type();
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i + 1 < values(type).size(); i++) {
            String before = "attr { key: \"%s\" value { %s } }"
                    .formatted(name, values(type).get(i));
            String after = "attr { key: \"%s\" value { %s } }"
                    .formatted(name, values(type).get(i + 1));
            boolean update = UpdateOps.isUpdate(of);
            variants.add(variant(
                    operation + "." + name,
                    update ? update(of, before) : net(of, before),
                    update ? update(of, after) : net(of, after)));
        }
        return variants;
    }

    /** Two values of a type that differ; numbers that are not their defaults. */
    private static List<String> values(String type) {
        return switch (type) {
            case "type" -> List.of("type: DT_FLOAT", "type: DT_HALF");
            case "int" -> List.of("i: 71", "i: 72");
            case "float" -> List.of("f: 0.25", "f: 0.5");
            case "bool" -> List.of("b: false", "b: true");
            case "shape" -> List.of("shape { dim { size: 2 } }", "shape { dim { size: 3 } }");
            case "tensor" ->
                List.of(
                        "tensor { dtype: DT_FLOAT tensor_shape { } float_val: 0.25 }",
                        "tensor { dtype: DT_FLOAT tensor_shape { } float_val: 0.5 }");
            case "func" -> List.of("func { name: \"g\" }", "func { name: \"h\" }");
            default ->
                type.startsWith("list(")
                        ? values(type.substring(5, type.length() - 1)).stream()
                                .map(value -> "list { " + value + " }")
                                .toList()
                        : List.of("s: \"one\"", "s: \"two\"");
        };
    }

    private static String net(String operation, String attributes) {
        return graph(node("net", operation, attributes), PLAIN, "");
    }

    private static String update(String operation, String attributes) {
        return graph(node("net", "Abs", ""), operation, attributes);
    }

    private static String node(String name, String operation, String attributes) {
        return "node { name: \"%s\" op: \"%s\" %s %s }"
                .formatted(name, operation, attributes, "input: \"x\" ".repeat(6));
    }

    /** A graph with an update, which has all the numbers and states that it takes. */
    private static String graph(String net, String operation, String attributes) {
        StringBuilder numbers = new StringBuilder();
        StringBuilder update = new StringBuilder("node { name: \"update\" op: \"" + operation + "\" " + attributes);
        List<String> inputs =
                UpdateOps.of(operation).map(UpdateOps.Kind::inputs).orElse(List.of("w", "eta", "g"));
        for (int i = 0; i < inputs.size(); i++) {
            String kind = inputs.get(i);
            String input = kind.equals("w") ? "w" : kind.equals("g") ? "gradient" : "number" + i;
            if (input.startsWith("number")) {
                // The mean of squares of RMSProp starts at one, all other states at zero or anywhere.
                boolean one = operation.contains("RMSProp") && kind.equals(".v");
                String made = (kind.startsWith(".") ? SLOT : NUMBER).formatted(input);
                numbers.append(one ? made.replace("float_val: 0.0", "float_val: 1.0") : made);
            }
            update.append(" input: \"").append(input).append('"');
        }
        return GRAPH.replace("NET", net)
                .replace("NUMBERS", numbers)
                .replace("UPDATE", update.append(" }").toString());
    }

    private static Variant variant(String field, String before, String after) {
        String name = field.substring(field.lastIndexOf('.') + 1);
        // As TensorFlow's own constant for it is called.
        boolean losses = name.equals("regularization_losses");
        return new Variant(field, losses ? name.toUpperCase(Locale.ROOT) : name, input(before), input(after));
    }

    private static Input input(String text) {
        return Input.of(new SourceText("graph.pbtxt", text.replace("LIBRARY", "")));
    }
}

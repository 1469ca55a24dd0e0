package samestep.dialect.jax.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.FlaxNames;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/** Masks and labels in Python: a function of the parameters' paths, or a dict of their names. */
final class TreePython {
    private static final String KIND = """
            def kind(path):
                \"""What a parameter does in its layer, by Flax' names.\"""
                layer, name = path[-2].key, path[-1].key
                if name == "bias" and "Norm" in layer:
                    return "beta"
                return {"kernel": "kernel", "bias": "bias", "scale": "gamma"}.get(name, name)


            """;

    private TreePython() {}

    /** The functions among them. */
    static String functions(Map<Written.Tree, String> trees) {
        StringBuilder text = new StringBuilder();
        if (trees.keySet().stream().anyMatch(tree -> isByRole(tree) && !isOfKernels(tree))) {
            text.append(KIND);
        }
        trees.forEach((tree, name) -> text.append(isByRole(tree) ? function(tree, name) : ""));
        return text.toString();
    }

    /** The dicts among them. */
    static String dicts(Map<Written.Tree, String> trees) {
        StringBuilder text = new StringBuilder();
        trees.forEach((tree, name) -> text.append(isByRole(tree) ? "" : dict(tree, name)));
        return text.toString();
    }

    /** Whether it tells kernels from the rest. */
    private static boolean isOfKernels(Written.Tree tree) {
        return tree.of().entrySet().stream()
                        .filter(e -> e.getKey().role() != Role.KERNEL)
                        .map(Map.Entry::getValue)
                        .distinct()
                        .count()
                == 1;
    }

    private static String word(Written.Tree tree, Role role) {
        return tree.of().getOrDefault(new ParameterName(ParameterName.ANY_LAYER, role), "");
    }

    private static boolean isByRole(Written.Tree tree) {
        return tree.of().keySet().stream().allMatch(name -> name.layer().equals(ParameterName.ANY_LAYER));
    }

    private static String function(Written.Tree tree, String name) {
        String answer;
        if (isOfKernels(tree)) {
            String kernel = word(tree, Role.KERNEL);
            answer = tree.isMask()
                    ? "path[-1].key " + (kernel.equals(Argument.Tree.TRUE) ? "==" : "!=") + " \"kernel\""
                    : PythonText.quoted(kernel) + " if path[-1].key == \"kernel\" else "
                            + PythonText.quoted(word(tree, Role.BIAS));
        } else if (tree.isMask()) {
            List<String> kinds = tree.of().entrySet().stream()
                    .filter(e -> e.getValue().equals(Argument.Tree.TRUE))
                    .map(e -> PythonText.quoted(e.getKey().role().word()))
                    .toList();
            answer = "kind(path) in [" + String.join(", ", kinds) + "]";
        } else {
            String first = tree.of().values().iterator().next();
            answer = tree.of().entrySet().stream()
                            .map(e -> PythonText.quoted(e.getKey().role().word()) + ": "
                                    + PythonText.quoted(e.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"))
                    + ".get(kind(path), " + PythonText.quoted(first) + ")";
        }
        return "def " + name + "(params):\n    return jax.tree_util.tree_map_with_path(\n        lambda path, _: "
                + answer + ", params\n    )\n\n\n";
    }

    /** A dict of a layer's parameters and of the layers in it. */
    private static final class Layer {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        Layer inner(String path) {
            Layer at = this;
            for (String part : path.split("/", -1)) {
                at = (Layer) at.entries.computeIfAbsent(part, p -> new Layer());
            }
            return at;
        }

        String print(String indent) {
            boolean isFlat = entries.values().stream().noneMatch(Layer.class::isInstance);
            if (isFlat) {
                return entries.entrySet().stream()
                        .map(e -> PythonText.quoted(e.getKey()) + ": " + e.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            String deeper = indent + "    ";
            return entries.entrySet().stream()
                    .map(e -> deeper + PythonText.quoted(e.getKey()) + ": "
                            + (e.getValue() instanceof Layer layer ? layer.print(deeper) : e.getValue()) + ",\n")
                    .collect(Collectors.joining("", "{\n", indent + "}"));
        }
    }

    private static String dict(Written.Tree tree, String name) {
        Layer all = new Layer();
        tree.of()
                .forEach((parameter, word) -> all.inner(parameter.layer())
                        .entries
                        .put(FlaxNames.of(parameter.role()), tree.isMask() ? word : PythonText.quoted(word)));
        return name + " = " + all.print("") + "\n\n";
    }
}

package samestep.dialect.jax.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.dialect.jax.own.OwnTransform;
import samestep.dialect.jax.own.PythonExpression;
import samestep.dialect.jax.write.Written.Made;

/** Prints a chain as a Python module that makes it. */
final class PythonPrinter {
    private static final String INDENT = "    ";
    private static final String LATER = """

            # state = tx.init(params)
            # updates, state = tx.update(gradients, state, params)
            # params = optax.apply_updates(params, updates)
            """;

    private final Set<String> definitions = new LinkedHashSet<>();
    private final Map<Written, String> schedules = new LinkedHashMap<>();
    private final Map<Written.Tree, String> trees = new LinkedHashMap<>();

    /**
     * The module.
     *
     * @param steps what makes one gradient of several, if anything does
     */
    String print(List<Made> chain, Optional<Made> steps) {
        String all = parts("optax.chain", chain, "");
        String tx = steps.map(s -> "optax.MultiSteps(\n" + INDENT
                        + parts("optax.chain", chain, INDENT) + ",\n" + INDENT
                        + arguments(s.named(), "") + ",\n" + INDENT + "accumulator_dtype=float,\n)")
                .orElse(all);
        StringBuilder body = new StringBuilder();
        definitions.forEach(body::append);
        body.append(TreePython.functions(trees));
        schedules.forEach((schedule, name) -> body.append(function(schedule, name)));
        body.append(TreePython.dicts(trees));
        schedules.forEach((schedule, name) -> body.append(variable(schedule, name)));
        body.append("tx = ").append(tx).append('\n').append(LATER);
        List<String> imports = new ArrayList<>();
        if (body.indexOf("math.") >= 0) {
            imports.add("import math\n\n");
        }
        if (body.indexOf("jax.") >= 0) {
            imports.add("import jax\n");
        }
        imports.add("import optax\n");
        boolean hasFunctions = body.indexOf("def ") == 0;
        return String.join("", imports) + (hasFunctions ? "\n\n" : "\n") + body;
    }

    private static String function(Written schedule, String name) {
        return schedule instanceof Written.Curve curve
                ? "def " + name + "(count):\n" + INDENT + "t = count * 1.0\n" + INDENT + "return "
                        + PythonExpression.print(curve.formula()).orElseThrow() + "\n\n\n"
                : "";
    }

    private String variable(Written schedule, String name) {
        return schedule instanceof Made made ? name + " = " + call(made, "") + "\n\n" : "";
    }

    private static String function(Made made) {
        Optional<OwnTransform> own = OwnTransform.among(made.name());
        return own.map(OwnTransform::function).orElse("optax." + made.name());
    }

    private String call(Made made, String indent) {
        OwnTransform.among(made.name()).flatMap(OwnTransform::text).ifPresent(definitions::add);
        boolean isLong = made.name().equals("chain") || made.name().equals("multi_transform");
        if (isLong) {
            return parts(function(made), made.positional(), indent);
        }
        List<String> given = new ArrayList<>();
        made.positional().forEach(value -> given.add(value(value, indent)));
        if (!made.named().isEmpty()) {
            given.add(arguments(made.named(), indent));
        }
        return function(made) + "(" + String.join(", ", given) + ")";
    }

    private String parts(String function, List<? extends Written> parts, String indent) {
        String deeper = indent + INDENT;
        return parts.stream()
                .map(part -> deeper + value(part, deeper) + ",\n")
                .collect(Collectors.joining("", function + "(\n", indent + ")"));
    }

    private String arguments(Map<String, Written> named, String indent) {
        return named.entrySet().stream()
                .map(a -> a.getKey() + "=" + value(a.getValue(), indent))
                .collect(Collectors.joining(", "));
    }

    private String value(Written value, String indent) {
        if (value instanceof Written.Num number) {
            return number.text();
        }
        if (value instanceof Written.Flag flag) {
            return flag.on() ? "True" : "False";
        }
        if (value instanceof Written.Many many) {
            return many.values().stream().map(v -> part(v, indent)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Written.Table table) {
            return table(table, indent);
        }
        if (value instanceof Written.Tree tree) {
            return trees.computeIfAbsent(tree, t -> (t.isMask() ? "mask_" : "labels_") + (trees.size() + 1));
        }
        boolean isSchedule = value instanceof Written.Curve || value instanceof Made made && made.isSchedule();
        return isSchedule ? named(value) : call((Made) value, indent);
    }

    private String named(Written schedule) {
        return schedules.computeIfAbsent(
                schedule, s -> schedules.isEmpty() ? "schedule" : "schedule_" + (schedules.size() + 1));
    }

    /** A schedule in a list of schedules has no name. */
    private String part(Written value, String indent) {
        return value instanceof Made made && made.isSchedule() ? call(made, indent) : value(value, indent);
    }

    private String table(Written.Table table, String indent) {
        boolean isOfNumbers = table.entries().keySet().stream().allMatch(key -> Character.isDigit(key.charAt(0)));
        if (isOfNumbers) {
            return table.entries().entrySet().stream()
                    .map(e -> e.getKey() + ": " + value(e.getValue(), indent))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        String deeper = indent + INDENT;
        return table.entries().entrySet().stream()
                .map(e -> deeper + PythonText.quoted(e.getKey()) + ": " + value(e.getValue(), deeper) + ",\n")
                .collect(Collectors.joining("", "{\n", indent + "}"));
    }
}

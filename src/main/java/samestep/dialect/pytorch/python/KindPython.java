package samestep.dialect.pytorch.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.recipe.ParameterRule;
import samestep.recipe.ParameterRule.Case;
import samestep.recipe.ParameterRule.Kind;
import samestep.recipe.ParameterRule.Test;

/** Writes the Python function that says of each parameter what it is, by a rule of a library. */
final class KindPython {
    /** What a parameter is that the rule says nothing of. */
    static final String UNKNOWN = "what it is for is not known";

    private static final String EACH =
            "    return {path: kind_of(path, parameter) for path, parameter in" + " model.named_parameters()}\n\n\n";

    private KindPython() {}

    /** The function {@code kinds_of_parameters(model)}. */
    static String of(ParameterRule rule) {
        StringBuilder text = new StringBuilder(
                "def kinds_of_parameters(model):\n    \"\"\"What each parameter is, by " + rule.source() + ".\"\"\"\n");
        boolean modules = rule.cases().stream().anyMatch(c -> asksModules(c.test()));
        text.append(modules ? "    modules = dict(model.named_modules())\n" : "");
        List<String> listed = listed(rule);
        listed.forEach(text::append);
        text.append(modules || !listed.isEmpty() ? "\n" : "").append("    def kind_of(path, parameter):\n");
        Optional<Kind> before = Optional.empty();
        List<String> conditions = new ArrayList<>();
        for (Case each : rule.cases()) {
            if (before.isPresent() && !before.get().equals(each.kind())) {
                branch(text, conditions, before.get());
            }
            conditions.add(condition(each.test()));
            before = Optional.of(each.kind());
        }
        before.ifPresent(kind -> branch(text, conditions, kind));
        String otherwise = rule.otherwise().map(Kind::label).orElse(UNKNOWN);
        text.append("        return ").append(PythonText.quoted(otherwise)).append("\n\n");
        return text.append(EACH).toString();
    }

    private static void branch(StringBuilder text, List<String> conditions, Kind kind) {
        for (String condition : conditions) {
            text.append("        if ")
                    .append(condition)
                    .append(":\n            return ")
                    .append(PythonText.quoted(kind.label()))
                    .append('\n');
        }
        conditions.clear();
    }

    private static List<String> listed(ParameterRule rule) {
        return rule.cases().stream()
                .flatMap(c -> method(c.test()).stream())
                .map(method -> "    listed = model." + method + "() if hasattr(model, \"" + method + "\") else ()\n")
                .toList();
    }

    private static Optional<String> method(Test test) {
        if (test instanceof Test.PartListedByModel parts) {
            return Optional.of(parts.method());
        }
        return test instanceof Test.ListedByModel whole ? Optional.of(whole.method()) : Optional.empty();
    }

    private static boolean asksModules(Test test) {
        return test instanceof Test.ModuleIs
                || test instanceof Test.ModuleIsCalled
                || test instanceof Test.IsInside
                || test instanceof Test.All all && all.tests().stream().anyMatch(KindPython::asksModules);
    }

    private static String condition(Test test) {
        if (test instanceof Test.PathHas has) {
            return "re.search(r\"" + has.pattern() + "\", path.lower())";
        }
        if (test instanceof Test.PathContains contains) {
            return PythonText.quoted(contains.word()) + " in path";
        }
        if (test instanceof Test.PartListedByModel) {
            return "any(part in path for part in listed)";
        }
        if (test instanceof Test.NameIs is) {
            return "re.fullmatch(r\"" + is.pattern() + "\", path.rpartition(\".\")[2])";
        }
        if (test instanceof Test.ModuleIs is) {
            return "isinstance(modules[path.rpartition(\".\")[0]], (" + String.join(", ", is.classes()) + "))";
        }
        if (test instanceof Test.ModuleIsCalled called) {
            return PythonText.quoted(called.word()) + " in type(modules[path.rpartition(\".\")[0]]).__name__.lower()";
        }
        if (test instanceof Test.IsInside inside) {
            return "any(isinstance(modules[path[:i]], " + inside.className()
                    + ") for i, c in enumerate(path) if c == \".\")";
        }
        if (test instanceof Test.MostDimensions most) {
            return "parameter.ndim <= " + most.dimensions();
        }
        if (test instanceof Test.LeastDimensions least) {
            return "parameter.ndim >= " + least.dimensions();
        }
        if (test instanceof Test.ListedByModel) {
            return "any(fnmatch.fnmatch(path, pattern) for pattern in listed)";
        }
        return ((Test.All) test).tests().stream().map(KindPython::condition).collect(Collectors.joining(" and "));
    }
}

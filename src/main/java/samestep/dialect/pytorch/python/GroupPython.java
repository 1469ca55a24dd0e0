package samestep.dialect.pytorch.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import samestep.dialect.PythonText;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.TorchNames;
import samestep.recipe.ParameterRule;
import samestep.recipe.ParameterRule.Case;
import samestep.recipe.ParameterRule.Kind;
import samestep.recipe.ParameterRule.Test;

/**
 * Writes the Python function that puts a model's parameters into groups: each that is trained into one, once, however many
 * names it has. One that no group is for is an error that names it.
 */
final class GroupPython {
    private static final String EACH_ONCE = """
            groups = [
        %s    ]
            members = [[] for _ in groups]
            for path, parameter in model.named_parameters():
                if parameter.requires_grad:
                    kind = kind_of(path, parameter)
                    found = [m for m, (kinds, _) in zip(members, groups) if kind in kinds]
                    if not found:
                        raise ValueError(f"{path} is in no group: {kind}")
                    found[0].append(parameter)
            return [{"params": m, **arguments} for m, (_, arguments) in zip(members, groups) if m]


        """;
    private static final String UNKNOWN = "what it is for is not known";
    private static final String BY_NAME = """
        def parameter_groups(model):
            \"""Each parameter that is trained, once, in the group that has its name.\"""
            groups = [
        %s    ]
            named = dict(model.named_parameters(remove_duplicate=False))
            found, seen = [], set()
            for names, arguments in groups:
                parameters = [named[name] for name in names if named[name].requires_grad]
                once = list({id(p): p for p in parameters if id(p) not in seen}.values())
                seen.update(id(p) for p in once)
                found.append({"params": once, **arguments})
            for path, parameter in model.named_parameters():
                if parameter.requires_grad and id(parameter) not in seen:
                    raise ValueError(f"{path} is in no group")
            return [group for group in found if group["params"]]


        """;

    private static final String FOUND = "        parameters = [named[name] for name in names";
    private static final String BOTH_WAYS = "        # A recurrent layer may read both ways.\n"
            + "        both = [n for name in names for n in (name, name + \"_reverse\")]\n"
            + "        names = [n for n in both if n in names or n in named]\n";

    private final ParameterRule rule;
    private final List<ParameterGroup> groups;
    private final TorchNames torch;

    private GroupPython(ParameterRule rule, List<ParameterGroup> groups, TorchNames torch) {
        this.torch = torch;
        this.rule = rule;
        this.groups = groups;
    }

    /** The function; empty where all parameters are one group. */
    static String of(PytorchConfiguration configuration, TorchNames torch) {
        List<ParameterGroup> groups = configuration.groups();
        if (groups.isEmpty()) {
            return "";
        }
        if (groups.stream().allMatch(g -> g.members() instanceof Members.Named)) {
            String function = torch.mayReverse() ? BY_NAME.replace(FOUND, BOTH_WAYS + FOUND) : BY_NAME;
            return function.formatted(groups.stream()
                    .map(g -> line(names((Members.Named) g.members(), torch), g))
                    .collect(Collectors.joining()));
        }
        ParameterRule rule =
                configuration.rule().filter(r -> isSayable(r, groups)).orElse(ParameterRules.BY_ROLE);
        return new GroupPython(rule, groups, torch).text();
    }

    /** The modules that the function needs, as lines. */
    static String imports(String function) {
        return (function.contains("fnmatch.fnmatch(") ? "import fnmatch\n" : "")
                + (function.contains("re.search(") || function.contains("re.fullmatch(") ? "import re\n" : "");
    }

    /** Whether each kind of the rule falls into one group. */
    static boolean isSayable(ParameterRule rule, List<ParameterGroup> groups) {
        return rule.kinds().stream()
                .allMatch(kind -> groups.stream().filter(g -> has(g, kind)).count() <= 1);
    }

    private static boolean has(ParameterGroup group, Kind kind) {
        return group.members() instanceof Members.OfRole of
                && kind.roles().stream().anyMatch(role -> of.roles().contains(role));
    }

    private String text() {
        StringBuilder text = new StringBuilder("def parameter_groups(model):\n    \"\"\"Each parameter that is trained,"
                + " once, sorted by " + rule.source() + ".\"\"\"\n");
        boolean modules = rule.cases().stream().anyMatch(c -> asksModules(c.test()));
        text.append(modules ? "    modules = dict(model.named_modules())\n" : "");
        List<String> listed = listed();
        listed.forEach(text::append);
        text.append(modules || !listed.isEmpty() ? "\n" : "").append("    def kind_of(path, parameter):\n");
        List<String> names = new ArrayList<>();
        groups.forEach(g -> {
            if (g.members() instanceof Members.Named named) {
                names.add(names(named, torch));
            }
        });
        if (!names.isEmpty()) {
            text.append("        if path in ").append(String.join(" + ", names)).append(":\n            return path\n");
        }
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
        text.append("        return ")
                .append(rule.otherwise()
                        .map(kind -> PythonText.quoted(kind.label()))
                        .orElse(PythonText.quoted(UNKNOWN)))
                .append("\n\n");
        return text.append(EACH_ONCE.formatted(
                        groups.stream().map(g -> line(members(g), g)).collect(Collectors.joining())))
                .toString();
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

    private List<String> listed() {
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
                || test instanceof Test.All all && all.tests().stream().anyMatch(GroupPython::asksModules);
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
        return ((Test.All) test).tests().stream().map(GroupPython::condition).collect(Collectors.joining(" and "));
    }

    private String members(ParameterGroup group) {
        if (group.members() instanceof Members.Named named) {
            return names(named, torch);
        }
        boolean rest = group.members() instanceof Members.Rest;
        Stream<String> kinds = rule.kinds().stream()
                .filter(kind -> rest ? groups.stream().noneMatch(g -> has(g, kind)) : has(group, kind))
                .map(Kind::label);
        return Stream.concat(kinds, rest && rule.otherwise().isEmpty() ? Stream.of(UNKNOWN) : Stream.empty())
                .map(PythonText::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String names(Members.Named named, TorchNames torch) {
        return torch.all(named.names()).stream().map(PythonText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String line(String members, ParameterGroup group) {
        return group.arguments().entrySet().stream()
                .map(a -> PythonText.quoted(a.getKey()) + ": " + PythonPrinter.value(a.getValue()))
                .collect(Collectors.joining(", ", "        (" + members + ", {", "}),\n"));
    }
}

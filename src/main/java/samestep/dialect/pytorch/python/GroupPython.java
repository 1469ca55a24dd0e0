package samestep.dialect.pytorch.python;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import samestep.dialect.PythonText;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.TorchNames;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.ParameterRule.Kind;
import samestep.recipe.Role;

/**
 * Writes the call that puts a model's parameters into groups: each that is trained into one, once, however many names it has.
 * One that no group is for is an error that names it.
 */
public final class GroupPython {
    private final Optional<ParameterRule> rule;
    private final List<ParameterGroup> groups;
    private final TorchNames torch;

    GroupPython(PytorchConfiguration configuration, TorchNames torch) {
        this.torch = torch;
        this.groups = configuration.groups();
        boolean areNamed = groups.stream().allMatch(g -> g.members() instanceof Members.Named);
        this.rule = areNamed
                ? Optional.empty()
                : configuration.rule().filter(r -> isSayable(r, groups)).or(() -> Optional.of(ParameterRules.BY_ROLE));
    }

    /** By what the groups tell parameters apart; empty where they name them. */
    Optional<ParameterRule> rule() {
        return rule;
    }

    /** The argument of the optimizer, with its line's end; empty where all parameters are one group. */
    String argument() {
        if (groups.isEmpty()) {
            return "";
        }
        String lines = groups.stream().map(this::line).collect(Collectors.joining());
        String call = rule.isEmpty()
                ? "        parameter_groups(\n            model,\n"
                : "        groups_by_kind(\n            model,\n            kinds_of_parameters(model),\n";
        return call + "            [\n" + lines + "            ],\n        ),\n";
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

    private String members(ParameterGroup group) {
        if (group.members() instanceof Members.Named named) {
            return torch.all(named.names()).stream()
                    .map(PythonText::quoted)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        ParameterRule by = rule.orElse(ParameterRules.BY_ROLE);
        boolean rest = group.members() instanceof Members.Rest;
        Stream<String> kinds = by.kinds().stream()
                .filter(kind -> rest ? groups.stream().noneMatch(g -> has(g, kind)) : has(group, kind))
                .map(Kind::label);
        return Stream.concat(kinds, rest && by.otherwise().isEmpty() ? Stream.of(KindPython.UNKNOWN) : Stream.empty())
                .map(PythonText::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String line(ParameterGroup group) {
        return group.arguments().entrySet().stream()
                .map(a -> PythonText.quoted(a.getKey()) + ": " + PythonPrinter.value(a.getValue()))
                .collect(Collectors.joining(", ", "                (" + members(group) + ", {", "}),\n"));
    }

    /**
     * What a group of a program has, by the names and kinds that it lists.
     *
     * @param listed kinds of a rule, and names of parameters
     * @param named the parameters that have a name
     */
    public static Members members(
            List<String> listed, ParameterRule rule, Function<String, List<ParameterName>> named) {
        if (listed.contains(KindPython.UNKNOWN)) {
            return new Members.Rest();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<ParameterName> names = new ArrayList<>();
        for (String word : listed) {
            Optional<Kind> kind =
                    rule.kinds().stream().filter(k -> k.label().equals(word)).findFirst();
            kind.ifPresent(k -> roles.addAll(k.roles()));
            if (kind.isEmpty()) {
                names.addAll(named.apply(word));
            }
        }
        return names.isEmpty() ? new Members.OfRole(roles) : new Members.Named(names);
    }
}

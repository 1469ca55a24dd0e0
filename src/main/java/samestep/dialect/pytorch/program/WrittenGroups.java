package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.DocumentNames;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.dialect.pytorch.program.table.Arguments;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.python.GroupPython;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.Role;

/** Groups, frozen parameters and roles that a program of Samestep's own writing says by name, of a model that may be elsewhere. */
final class WrittenGroups {
    private final Trace trace;
    private final Optional<RecordedCall> call;
    private final Optional<Value> model;
    private final List<Finding> findings;
    private final List<Group> groups = new ArrayList<>();
    private final List<String> frozen = new ArrayList<>();
    private final DocumentNames names;

    /**
     * A group as it is written.
     *
     * @param names of parameters, or of kinds of them
     */
    private record Group(List<String> names, Mapping arguments) {}

    /**
     * @param groups those that the optimizer is made with
     */
    WrittenGroups(Trace trace, Groups groups, List<Finding> findings) {
        this.trace = trace;
        this.findings = findings;
        this.call = groups.written();
        this.model = call.flatMap(c -> value(c, 0))
                .or(() -> groups.groups().stream()
                        .flatMap(g -> g.parameters().stream())
                        .map(ModelParameter::model)
                        .findFirst());
        call.ifPresent(this::read);
        calls(PythonDefinitions.FREEZES).forEach(this::freeze);
        Set<String> all = new LinkedHashSet<>(frozen);
        this.groups.forEach(group -> all.addAll(group.names));
        this.names = new DocumentNames(trace.source().text(), all, roles());
    }

    private static Optional<Value> value(RecordedCall call, int position) {
        return call.positional().size() > position
                ? Optional.of(call.positional().get(position).value())
                : Optional.empty();
    }

    /** The calls of a function of Samestep for the optimizer's model. A call for another model may matter too. */
    private List<RecordedCall> calls(String name) {
        List<RecordedCall> own = new ArrayList<>();
        for (RecordedCall each : trace.calls()) {
            if (each.name().equals(name)) {
                boolean isOwn = model.isPresent()
                        && value(each, 0)
                                .filter(m -> Keys.of(m).equals(Keys.of(model.get())))
                                .isPresent();
                if (!isOwn || each.circumstances().isConditional()) {
                    unknown(each.place(), "whether " + each.lastName() + " is for this model depends on the run");
                }
                own.add(each);
            }
        }
        return own;
    }

    private void read(RecordedCall made) {
        boolean isByKind = made.name().equals(PythonDefinitions.GROUPS_BY_KIND);
        Optional<Value> list = value(made, isByKind ? 2 : 1);
        if (isByKind && rule().isEmpty()) {
            unknown(made.place(), "kinds_of_parameters is not one that Samestep writes");
        }
        if (!(list.orElse(null) instanceof Sequence all) || !all.isComplete()) {
            unknown(made.place(), "the list of groups is not known");
            return;
        }
        for (Value element : all.elements()) {
            Optional<List<String>> said = element instanceof Sequence pair
                            && pair.isComplete()
                            && pair.elements().size() == 2
                    ? texts(pair.elements().get(0))
                    : Optional.empty();
            if (said.isPresent()
                    && ((Sequence) element).elements().get(1) instanceof Mapping arguments
                    && arguments.rest().isEmpty()) {
                groups.add(new Group(said.get(), arguments));
            } else {
                unknown(made.place(), "a group is not a list of names with a dict of constants");
            }
        }
    }

    private void freeze(RecordedCall each) {
        value(each, 1)
                .flatMap(WrittenGroups::texts)
                .ifPresentOrElse(frozen::addAll, () -> unknown(each.place(), "which parameters are frozen"));
    }

    private Map<String, Role> roles() {
        Map<String, Role> roles = new HashMap<>();
        for (RecordedCall each : calls(PythonDefinitions.SAYS_ROLES)) {
            if (value(each, 1).orElse(null) instanceof Mapping said) {
                said.entries().forEach(entry -> {
                    if (entry.key() instanceof Value.Text name && entry.value() instanceof Value.Text word) {
                        ParameterNames.role(word.value()).ifPresent(role -> roles.put(name.value(), role));
                    }
                });
            }
        }
        return roles;
    }

    /** The texts of a list, if it is one of constants. */
    static Optional<List<String>> texts(Value value) {
        boolean isList = value instanceof Sequence list
                && list.isComplete()
                && list.elements().stream().allMatch(Value.Text.class::isInstance);
        return isList
                ? Optional.of(((Sequence) value)
                        .elements().stream()
                                .map(text -> ((Value.Text) text).value())
                                .toList())
                : Optional.empty();
    }

    private void unknown(Place place, String why) {
        findings.add(Finding.at(place, Code.SS010, "the parameters of a group are not known: " + why));
    }

    /** The rule by which the groups tell parameters apart. */
    private Optional<ParameterRule> rule() {
        return call.filter(c -> c.name().equals(PythonDefinitions.GROUPS_BY_KIND))
                .flatMap(c -> value(c, 1))
                .filter(Value.Made.class::isInstance)
                .map(kinds -> ((Value.Made) kinds).call().name())
                .flatMap(name -> ParameterRules.all().stream()
                        .filter(rule -> name.equals(PythonDefinitions.KINDS + rule.name()))
                        .findFirst());
    }

    /** The parameters that a name stands for. */
    List<ParameterName> named(String name) {
        return names.of(name);
    }

    /** The configuration with these groups, and with what is frozen. */
    PytorchConfiguration in(PytorchConfiguration configuration) {
        Set<ParameterName> still = new LinkedHashSet<>(configuration.frozen());
        frozen.forEach(name -> still.addAll(named(name)));
        PytorchConfiguration whole = configuration.withFrozen(List.copyOf(still));
        if (call.isEmpty()) {
            return whole;
        }
        Optional<ParameterRule> rule = rule();
        List<ParameterGroup> all = groups.stream()
                .map(group -> new ParameterGroup(
                        members(group, rule),
                        arguments(group.arguments, call.get().place())))
                .toList();
        return whole.withGroups(all).withRule(rule.filter(r -> !r.equals(ParameterRules.BY_ROLE)));
    }

    private Members members(Group group, Optional<ParameterRule> rule) {
        return rule.isPresent()
                ? GroupPython.members(group.names, rule.get(), this::named)
                : new Members.Named(group.names.stream()
                        .flatMap(name -> named(name).stream())
                        .distinct()
                        .toList());
    }

    private Map<String, PytorchValue> arguments(Mapping mapping, Place place) {
        Map<String, Argument> own = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> {
            if (entry.key() instanceof Value.Text key) {
                own.put(key.value(), new Argument(entry.value(), Values.at(entry.value(), place)));
            }
        });
        return new Arguments(findings).values("a parameter group", own);
    }
}

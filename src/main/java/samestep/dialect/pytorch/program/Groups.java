package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.dialect.pytorch.object.PytorchDefaults;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.dialect.pytorch.program.table.Arguments;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.text.Spelling;

/** The parameter groups that an optimizer is made with. */
final class Groups {
    private final ModelWorld world;
    private final Arguments arguments;
    private final List<Finding> findings;
    private final List<Group> groups = new ArrayList<>();
    private Optional<Value> given = Optional.empty();
    private Optional<RecordedCall> written = Optional.empty();

    /**
     * A group.
     *
     * @param parameters which
     * @param arguments its own
     * @param place where it is made
     */
    record Group(List<ModelParameter> parameters, Map<String, PytorchValue> arguments, Place place) {}

    Groups(ModelWorld world, List<Finding> findings) {
        this.world = world;
        this.arguments = new Arguments(findings);
        this.findings = findings;
    }

    /** The groups so far, in order. */
    List<Group> groups() {
        return groups;
    }

    /** The call of Samestep's function that makes the groups; the one group here has all parameters of its model. */
    Optional<RecordedCall> written() {
        return written;
    }

    /** Adds what an optimizer is given: parameters, or groups of them. */
    void add(Value params, Place place) {
        given = Optional.of(params);
        if (params instanceof Value.Made made && isOurs(made.call())) {
            written = Optional.of(made.call());
            Value model = made.call().positional().get(0).value();
            groups.add(new Group(world.ofModel(model), Map.of(), place));
            return;
        }
        if (params instanceof Sequence sequence
                && sequence.elements().stream().anyMatch(e -> unguarded(e) instanceof Mapping)) {
            sequence.elements().forEach(element -> group(element, place));
            sequence.rest().ifPresent(rest -> unknown(Values.why(rest), place));
            return;
        }
        if (params instanceof Mapping) {
            group(params, place);
            return;
        }
        Members.Found found = Members.of(params, world);
        found.unknown().ifPresent(why -> unknown(why, place));
        groups.add(new Group(found.parameters(), Map.of(), place));
    }

    private static boolean isOurs(RecordedCall call) {
        boolean isGrouping = call.name().equals(PythonDefinitions.GROUPS_BY_NAME)
                || call.name().equals(PythonDefinitions.GROUPS_BY_KIND);
        return isGrouping && !call.positional().isEmpty();
    }

    private static Value unguarded(Value value) {
        return value instanceof Value.Guarded guarded ? guarded.value() : value;
    }

    /** Adds one group. */
    void group(Value value, Place place) {
        if (value instanceof Value.Guarded guarded) {
            unknown(
                    guarded.when().conditions().stream()
                            .map(Condition::toString)
                            .reduce((first, second) -> second)
                            .map(text -> "whether the group is there depends on " + text)
                            .orElse("a loop over what is not known makes the groups"),
                    place);
            return;
        }
        if (!(value instanceof Mapping mapping) || mapping.rest().isPresent()) {
            unknown(Values.why(value), place);
            return;
        }
        Place at = mapping.place().orElse(place);
        Members.Found found = mapping.get("params")
                .map(params -> Members.of(params, world))
                .orElse(new Members.Found(List.of(), Optional.of("a group without params")));
        found.unknown().ifPresent(why -> unknown(why, at));
        Map<String, Argument> own = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> {
            if (entry.key() instanceof Value.Text key) {
                own.put(key.value(), new Argument(entry.value(), Values.at(entry.value(), at)));
            }
        });
        Map<String, PytorchValue> values = arguments.values("a parameter group", own);
        values.remove("params");
        if (found.unknown().isEmpty() && found.parameters().isEmpty()) {
            findings.add(Finding.at(at, Code.SS203, "no parameter is in this group")
                    .detail("Its condition holds for no parameter of the model. A test such as `n in no_decay`"
                            + " compares whole names; `any(word in n for word in no_decay)` looks for parts of them."));
        }
        groups.add(new Group(found.parameters(), values, at));
    }

    /**
     * The groups without entries that are the program's own, such as {@code lr_mult}: PyTorch keeps them, and reads none of them.
     * One that is nearly the name of an argument stays.
     */
    static List<Group> withoutOwn(List<Group> groups, String classPath) {
        Optional<Set<String>> known = PytorchDefaults.of(classPath)
                .filter(found -> found.library().equals("torch"))
                .map(found -> found.values().keySet());
        if (known.isEmpty()) {
            return groups;
        }
        List<Group> all = new ArrayList<>();
        for (Group group : groups) {
            Map<String, PytorchValue> arguments = new LinkedHashMap<>(group.arguments);
            arguments
                    .keySet()
                    .removeIf(name -> !known.get().contains(name)
                            && !known.get().contains(name + "[0]")
                            && Spelling.nearest(name, known.get()).isEmpty());
            all.add(new Group(group.parameters, arguments, group.place));
        }
        return all;
    }

    private void unknown(String why, Place place) {
        findings.add(Finding.at(place, Code.SS010, "the parameters of a group are not known: " + why));
    }

    /**
     * Whether a clip is of all gradients that the optimizer uses, and of no others: a norm over some is another number.
     *
     * @param clipped the parameters that a clip is given
     */
    boolean areAll(Value clipped) {
        boolean isSame =
                given.filter(own -> Keys.of(own).equals(Keys.of(clipped))).isPresent();
        // Source: apex/amp/_amp_state.py: master_params gives what the groups have.
        boolean isAsked =
                clipped instanceof Value.Made made && made.call().lastName().equals("master_params");
        Members.Found found = Members.of(clipped, world);
        return isSame || isAsked || found.unknown().isEmpty() && isAllOf(found.parameters());
    }

    private List<ModelParameter> used() {
        return groups.stream().flatMap(g -> g.parameters().stream()).toList();
    }

    private boolean isAllOf(List<ModelParameter> clipped) {
        Set<Object> ours = new HashSet<>(ids(used()).toList());
        Set<Object> theirs = new HashSet<>(ids(clipped).toList());
        if (ours.equals(theirs)) {
            return true;
        }
        // A model that is not in the program may have two names in it.
        boolean areStandIns = Stream.concat(used().stream(), clipped.stream()).allMatch(ModelParameter::isStandIn);
        return areStandIns
                && models(used()) == 1
                && models(clipped) == 1
                && roles(used()).equals(roles(clipped));
    }

    private static Stream<Object> ids(List<ModelParameter> parameters) {
        return parameters.stream().map(ModelParameter::id);
    }

    private static long models(List<ModelParameter> parameters) {
        return parameters.stream().map(p -> Keys.of(p.model())).distinct().count();
    }

    private static Set<Object> roles(List<ModelParameter> parameters) {
        Set<Object> roles = new HashSet<>();
        parameters.forEach(p -> roles.add(p.role()));
        return roles;
    }
}

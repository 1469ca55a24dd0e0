package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.Scalars;
import samestep.finding.Place;
import samestep.program.value.Mentions;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/**
 * Weights that a program changes beside the optimizer: {@code w.assign(w * 0.9)}. What a weight is given without reading one,
 * such as a trained net's numbers, is its start.
 */
public final class Assignments {
    private static final Set<String> FUNCTIONS = Set.of(
            "tf.assign",
            "tf.assign_add",
            "tf.assign_sub",
            "tf.scatter_update",
            "tf.scatter_add",
            "tf.scatter_sub",
            "tf.scatter_mul",
            "tf.scatter_div");
    private static final Set<String> METHODS = Set.of(
            "assign",
            "assign_add",
            "assign_sub",
            "load",
            "scatter_update",
            "scatter_add",
            "scatter_sub",
            "scatter_nd_update");
    /** These forget what was there. */
    private static final Set<String> WHOLE = Set.of("assign", "load", "scatter_update", "scatter_nd_update");

    private final Variables variables;
    private final Problems problems;
    private final Map<Variable, List<RecordedCall>> changes = new LinkedHashMap<>();
    private final Set<RecordedCall> read = new HashSet<>();

    Assignments(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** Notes a call that changes a trained variable by a value that is made of variables. */
    void note(RecordedCall call) {
        Optional<Value> changed = changed(call);
        Optional<Variable> variable = changed.flatMap(variables::of).filter(Variable::isTrained);
        if (variable.isEmpty()) {
            return;
        }
        boolean relative = !WHOLE.contains(call.lastName());
        if (relative || given(call).filter(this::mentions).isPresent()) {
            changes.computeIfAbsent(variable.get(), v -> new ArrayList<>()).add(call);
        }
    }

    private static boolean isFunction(RecordedCall call) {
        return Names.of(call).filter(FUNCTIONS::contains).isPresent();
    }

    private static Optional<Value> changed(RecordedCall call) {
        boolean method = call.callee() instanceof Value.Member member && METHODS.contains(member.name());
        return isFunction(call) ? argument(call, "ref", 0) : method ? call.owner() : Optional.empty();
    }

    /** What a call changes a variable by, or to. */
    public static Optional<Value> given(RecordedCall call) {
        return argument(call, "value", isFunction(call) ? 1 : 0).or(() -> argument(call, "delta", -1));
    }

    /** What a call makes larger by one: a step that is counted; empty of another call. */
    public static Optional<Value> countedBy(RecordedCall call) {
        boolean isOne = call.lastName().equals("assign_add")
                && given(call)
                        .filter(v -> Scalars.peeled(v) instanceof Value.Number n && n.value() == 1)
                        .isPresent();
        return isOne ? changed(call) : Optional.empty();
    }

    /** The calls that change a variable beside the optimizer's update; a place counts once. */
    public List<RecordedCall> of(Variable variable) {
        Map<Place, RecordedCall> byPlace = new LinkedHashMap<>();
        changes.getOrDefault(variable, List.of()).forEach(call -> byPlace.putIfAbsent(call.place(), call));
        return List.copyOf(byPlace.values());
    }

    /** That a change is a part of the update which is known. */
    public void isRead(RecordedCall change) {
        read.add(change);
    }

    /** Leaves the verdict open where a change was not read. */
    public void check() {
        changes.keySet()
                .forEach(variable -> of(variable).stream()
                        .filter(call -> !read.contains(call))
                        .forEach(call -> problems.unknown(
                                call.place(),
                                variable.path()
                                        + " is changed here beside the optimizer's update, which is not read")));
    }

    private static Optional<Value> argument(RecordedCall call, String name, int position) {
        return call.argument(name, position).map(Argument::value);
    }

    private boolean mentions(Value value) {
        return Mentions.any(
                List.of(value), v -> variables.of(v).filter(Variable::isTrained).isPresent(), v -> false);
    }
}

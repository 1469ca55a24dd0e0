package samestep.dialect.tensorflow.program;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.program.value.Mentions;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/**
 * Weights that a program changes beside the optimizer: {@code w.assign(w * 0.9)}. What a weight is given without reading one,
 * such as a trained net's numbers, is its start.
 */
final class Assignments {
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

    Assignments(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** Leaves the verdict open where a call changes a trained variable by a value that is made of variables. */
    void check(RecordedCall call) {
        boolean function = Names.of(call).filter(FUNCTIONS::contains).isPresent();
        boolean method = call.callee() instanceof Value.Member member && METHODS.contains(member.name());
        Optional<Value> changed = function ? argument(call, "ref", 0) : method ? call.owner() : Optional.empty();
        Optional<Variable> variable = changed.flatMap(variables::of).filter(Variable::isTrained);
        if (variable.isEmpty()) {
            return;
        }
        boolean relative = !WHOLE.contains(call.lastName());
        Optional<Value> given = argument(call, "value", function ? 1 : 0);
        if (relative || given.filter(this::mentions).isPresent()) {
            problems.unknown(
                    call.place(),
                    variable.get().path() + " is changed here beside the optimizer's update, which is not read");
        }
    }

    private static Optional<Value> argument(RecordedCall call, String name, int position) {
        return call.argument(name, position).map(Argument::value);
    }

    private boolean mentions(Value value) {
        return Mentions.any(
                List.of(value), v -> variables.of(v).filter(Variable::isTrained).isPresent(), v -> false);
    }
}

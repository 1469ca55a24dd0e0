package samestep.dialect.tensorflow.program;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.tensorflow.program.graph.Variables;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.Event;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.Mentions;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/**
 * What a program does beside building a loss and minimizing it, and that may make another update of it: gradients of functions that
 * are replaced or multiplied, an optimizer whose numbers or methods are set, tensors that are fed, weights that are restored
 * while they are trained. Each leaves the verdict open at its place.
 */
final class BesideTheUpdate {
    private static final Set<String> GRADIENTS =
            Set.of("custom_gradient", "RegisterGradient", "gradient_override_map", "set_custom_getter");
    private static final Set<String> MULTIPLIED = Set.of("grad_loss", "grad_ys");
    private static final String GLOBAL = "the global step";
    private static final Set<String> STEPS = Set.of("assign", "assign_add", "assign_sub");

    private final Trace trace;
    private final Variables variables;
    private final Problems problems;

    BesideTheUpdate(Trace trace, Variables variables, Problems problems) {
        this.trace = trace;
        this.variables = variables;
        this.problems = problems;
    }

    /** Says all of it. */
    void check() {
        for (Event event : trace.events()) {
            if (event instanceof Event.AttributeSet set) {
                attribute(set);
            } else if (event instanceof RecordedCall call) {
                call(call);
            }
        }
    }

    private void attribute(Event.AttributeSet set) {
        if (set.owner() instanceof Value.Made made && isOptimizer(made.call())) {
            problems.unknown(set.place(), "the program sets " + set.name() + " of the optimizer here");
        } else if (set.owner() instanceof Value.Library library
                && library.name().endsWith("Optimizer")) {
            problems.unknown(set.place(), library.name() + "." + set.name() + " is replaced here");
        }
    }

    private static boolean isOptimizer(RecordedCall call) {
        return Names.of(call).filter(n -> n.endsWith("Optimizer")).isPresent();
    }

    private void call(RecordedCall call) {
        String last = call.lastName();
        if (call.name().equals("exec") || call.name().equals("execfile")) {
            problems.unknown(call.place(), "text is executed here, which is not followed");
        } else if (GRADIENTS.contains(last)) {
            problems.unknown(call.place(), last + " may change gradients or weights, and is not read");
        } else if (last.equals("stop_gradient") && hasVariable(call)) {
            problems.unknown(call.place(), "what is calculated of trained variables is without gradients here");
        } else if (last.equals("restore") && isInTraining(call)) {
            problems.unknown(call.place(), "weights are restored here, in the loop that trains them");
        }
        for (String name : MULTIPLIED) {
            call.keyword(name)
                    .filter(a -> !(a.value() instanceof Value.None))
                    .ifPresent(a -> problems.unknown(a.place(), name + " multiplies the gradients"));
        }
        call.keyword("feed_dict").ifPresent(this::fed);
    }

    private boolean hasVariable(RecordedCall call) {
        return call.positional().stream()
                .anyMatch(a -> Mentions.any(
                        List.of(a.value()),
                        v -> variables.of(v).filter(Variable::isTrained).isPresent(),
                        v -> false));
    }

    /** What is fed is usually a placeholder; anything else is then not what the graph says. */
    private void fed(Argument given) {
        if (!(given.value() instanceof Mapping mapping)) {
            return;
        }
        for (Mapping.Entry entry : mapping.entries()) {
            boolean isPlaceholder = entry.key() instanceof Value.Made made
                    && Names.of(made.call())
                            .filter(n -> n.startsWith("tf.placeholder"))
                            .isPresent();
            boolean isOfGraph = entry.key() instanceof Value.Made made
                    && Names.of(made.call()).filter(n -> n.startsWith("tf.")).isPresent();
            if (!isPlaceholder && (isOfGraph || variables.of(entry.key()).isPresent())) {
                problems.unknown(
                        given.place(), "a value of the graph is fed here, which is then not what the graph says");
            }
        }
    }

    private boolean isInTraining(RecordedCall call) {
        List<Place> loops =
                call.circumstances().loops().stream().map(Loop::place).toList();
        return trace.calls().stream()
                .filter(other -> other.lastName().equals("run"))
                .anyMatch(other ->
                        other.circumstances().loops().stream().map(Loop::place).anyMatch(loops::contains));
    }

    /**
     * A schedule has to be a function of the variable that the update counts, and nothing else may count it.
     *
     * @param schedule the call
     * @param update what applies the gradients
     */
    void step(RecordedCall schedule, RecordedCall update) {
        Optional<Object> of = argument(schedule, "global_step")
                .or(() -> argument(schedule, "x"))
                .map(this::identity);
        String name = update.callee() instanceof Value.Member member ? member.name() : "";
        Optional<Object> counted = Set.of("minimize", "apply_gradients").contains(name)
                ? argument(name, update, "global_step").map(this::identity)
                : Optional.empty();
        if (of.isPresent() && counted.isPresent() && !of.equals(counted)) {
            problems.unknown(schedule.place(), "the schedule's step is another one than the update counts");
        }
        trace.calls().stream()
                .filter(call -> counted.isPresent() && STEPS.contains(call.lastName()) && of.equals(changed(call)))
                .findFirst()
                .ifPresent(call -> problems.unknown(call.place(), "the schedule's step is counted here too"));
    }

    /** The variable that a step is; the graph's own step is one, however it is asked for. */
    private Object identity(Value step) {
        Optional<Variable> variable = variables.of(step);
        boolean isOfGraph =
                step instanceof Value.Made made && made.call().lastName().endsWith("global_step");
        return variable.isPresent() ? variable.get() : isOfGraph ? GLOBAL : Keys.of(step);
    }

    private Optional<Object> changed(RecordedCall call) {
        Optional<Value> first =
                Names.of(call).isPresent() ? call.argument("ref", 0).map(Argument::value) : call.owner();
        return first.map(this::identity);
    }

    private static Optional<Value> argument(RecordedCall call, String name) {
        return Names.of(call).flatMap(function -> argument(function, call, name));
    }

    private static Optional<Value> argument(String function, RecordedCall call, String name) {
        return Optional.ofNullable(Signatures.arguments(function, call).get(name))
                .map(Argument::value)
                .filter(v -> !(v instanceof Value.None));
    }
}

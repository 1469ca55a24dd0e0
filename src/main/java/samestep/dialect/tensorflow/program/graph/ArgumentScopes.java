package samestep.dialect.tensorflow.program.graph;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.program.value.Circumstances;
import samestep.program.value.FunctionValue;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Arguments that {@code slim.arg_scope} gives to the calls inside. A scope that is opened again replaces all others. */
public final class ArgumentScopes {
    private final Map<RecordedCall, Map<String, Map<String, Argument>>> scopes = new IdentityHashMap<>();
    private final Problems problems;
    private Map<String, Map<String, Argument>> outermost = Map.of();

    ArgumentScopes(Problems problems) {
        this.problems = problems;
    }

    /** A scope around the whole program. */
    public void around(Map<String, Map<String, Argument>> scope) {
        outermost = scope;
    }

    /** What holds there, by function. */
    public Map<String, Map<String, Argument>> at(Circumstances circumstances) {
        List<Value> contexts = circumstances.contexts();
        for (int i = contexts.size() - 1; i >= 0; i--) {
            Optional<Map<String, Map<String, Argument>>> scope = of(contexts.get(i));
            if (scope.isPresent()) {
                return scope.get();
            }
            if (contexts.get(i) instanceof Value.OneOf oneOf
                    && oneOf.alternatives().stream().anyMatch(a -> of(a.value()).isPresent())) {
                oneOf.decidedAt()
                        .ifPresent(p -> problems.unknown(p, "which of several arg_scopes is used depends on the run"));
            }
        }
        return outermost;
    }

    /** What a value is as a scope. */
    public Optional<Map<String, Map<String, Argument>>> of(Value value) {
        return value instanceof Value.Made made ? Optional.ofNullable(scopes.get(made.call())) : Optional.empty();
    }

    /** Notes a call of {@code arg_scope}. */
    void opened(RecordedCall call) {
        Optional<Argument> first = call.argument("list_ops_or_scope", 0);
        Optional<Map<String, Map<String, Argument>>> reopened = first.flatMap(a -> of(a.value()));
        if (reopened.isPresent()) {
            scopes.put(call, reopened.get());
            return;
        }
        Map<String, Map<String, Argument>> all = new HashMap<>(at(call.circumstances()));
        if (first.isEmpty() || !(first.get().value() instanceof Sequence functions) || !functions.isComplete()) {
            problems.unknown(call.place(), "the functions or the scope that arg_scope is given are not known");
            scopes.put(call, all);
            return;
        }
        if (call.isOpen()) {
            problems.unknown(call.place(), "not all arguments that arg_scope gives are known");
        }
        for (Value function : functions.elements()) {
            Optional<String> name = Names.of(function);
            Map<String, Argument> given = new LinkedHashMap<>(call.keywords());
            given.remove("list_ops_or_scope");
            name.ifPresent(n -> {
                Map<String, Argument> merged = new LinkedHashMap<>(all.getOrDefault(n, Map.of()));
                merged.putAll(given);
                all.put(n, Map.copyOf(merged));
            });
            boolean decides = function instanceof FunctionValue
                    && given.keySet().stream().anyMatch(k -> k.contains("regularizer") || k.contains("weight_decay"));
            if (decides) {
                problems.unknown(
                        call.place(),
                        "arg_scope gives a regularizer to " + ((FunctionValue) function).name()
                                + ", a function of the program; this is not followed");
            }
        }
        scopes.put(call, all);
    }
}

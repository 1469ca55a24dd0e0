package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.program.value.Circumstances;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/** The variable scopes of a program: their paths, and the regularizer that each gives to the variables inside. */
public final class VariableScopes {
    /**
     * A scope.
     *
     * @param path its name
     * @param regularizer what variables inside get that have none of their own
     */
    public record Scope(NameText path, Optional<Argument> regularizer) {}

    /** What a scope does to the names inside, once it is left. */
    private record Entered(RecordedCall call, String path, Optional<Map<String, Integer>> before) {}

    private final Scope root = new Scope(new NameText("", true), Optional.empty());
    private final Map<RecordedCall, Scope> scopes = new IdentityHashMap<>();
    private final Map<Scope, Argument> regularizers = new IdentityHashMap<>();
    private final Deque<Entered> entered = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> operations = new HashMap<>();

    /** The one that holds there: that of the innermost with statement. */
    public Scope at(Circumstances circumstances) {
        List<Value> contexts = circumstances.contexts();
        for (int i = contexts.size() - 1; i >= 0; i--) {
            Optional<Scope> scope = of(contexts.get(i));
            if (scope.isPresent()) {
                return scope.get();
            }
        }
        return root;
    }

    /** The scope that a value is. */
    public Optional<Scope> of(Value value) {
        return value instanceof Value.Made made ? Optional.ofNullable(scopes.get(made.call())) : Optional.empty();
    }

    /** Notes a call of {@code variable_scope}. */
    void opened(RecordedCall call) {
        Map<String, Argument> arguments = Signatures.arguments("tf.variable_scope", call);
        Scope outer = at(call.circumstances());
        Optional<Argument> name = given(arguments, "name_or_scope");
        Optional<Scope> reopened = name.flatMap(a -> of(a.value()));
        Optional<Argument> fallback = given(arguments, "default_name");
        Optional<Argument> regularizer = given(arguments, "regularizer").or(() -> regularizer(reopened.orElse(outer)));
        NameText path = reopened.map(Scope::path).orElseGet(() -> {
            if (name.isPresent()) {
                return NameText.of(name.get().value()).below(outer.path());
            }
            String base = fallback.map(a -> NameText.of(a.value()).text()).orElse("*");
            return unique(outer.path(), base, call.circumstances());
        });
        leave(call.circumstances());
        Optional<Map<String, Integer>> before = reopened.map(scope -> new HashMap<>(counts));
        entered.push(new Entered(call, path.text(), before));
        scopes.put(call, new Scope(path, regularizer));
    }

    /**
     * Leaves the scopes that a place is not in. One that was opened again has no new names then; of one that was opened by name,
     * the names inside begin again. Source: tensorflow/python/ops/variable_scope.py, {@code _pure_variable_scope.__exit__}.
     */
    private void leave(Circumstances now) {
        while (!entered.isEmpty()
                && !now.contexts().contains(new Value.Made(entered.peek().call()))) {
            Entered left = entered.pop();
            left.before()
                    .ifPresentOrElse(
                            before -> {
                                counts.clear();
                                counts.putAll(before);
                            },
                            () -> counts.keySet().removeIf(name -> name.startsWith(left.path() + "/")));
        }
    }

    /** What variables of a scope get that have no regularizer of their own. */
    Optional<Argument> regularizer(Scope scope) {
        return Optional.ofNullable(regularizers.get(scope)).or(scope::regularizer);
    }

    /** Notes {@code scope.set_regularizer(regularizer)}: for the variables that are made from here on. */
    void regularized(Scope scope, Argument regularizer) {
        regularizers.put(scope, regularizer);
    }

    private static Optional<Argument> given(Map<String, Argument> arguments, String name) {
        return Optional.ofNullable(arguments.get(name)).filter(a -> !(a.value() instanceof Value.None));
    }

    /** Notes a call of {@code get_variable_scope}. */
    void asked(RecordedCall call) {
        scopes.put(call, at(call.circumstances()));
    }

    /** A name that a scope does not have yet: {@code Conv}, then {@code Conv_1}. */
    NameText unique(NameText scope, String base, Circumstances now) {
        leave(now);
        return next(counts, scope, base);
    }

    /** A name that no operation has yet; these are counted for the whole graph. */
    NameText uniqueOperation(NameText scope, String base) {
        return next(operations, scope, base);
    }

    private static NameText next(Map<String, Integer> counts, NameText scope, String base) {
        int before = counts.merge(scope.text() + "/" + base, 1, Integer::sum) - 1;
        return new NameText(before == 0 ? base : base + "_" + before, true).below(scope);
    }
}

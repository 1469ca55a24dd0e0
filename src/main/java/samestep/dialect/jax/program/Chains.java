package samestep.dialect.jax.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.program.Trace;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** The optimizers that a program makes: transformations that are not part of another one. */
final class Chains {
    private final Trace trace;

    Chains(Trace trace) {
        this.trace = trace;
    }

    /** All of them, those from one place with the same arguments once; those that train, where some are seen to. */
    List<RecordedCall> all() {
        Set<RecordedCall> parts = new HashSet<>();
        Set<RecordedCall> transforms = new LinkedHashSet<>();
        for (RecordedCall call : trace.calls()) {
            Set<RecordedCall> given = given(call);
            boolean wraps = given.stream().anyMatch(transforms::contains) && isWrapper(call);
            if (OptaxNames.isTransform(call) || wraps) {
                transforms.add(call);
                parts.addAll(given);
            }
        }
        Map<List<Object>, RecordedCall> roots = new LinkedHashMap<>();
        transforms.stream()
                .filter(call -> !parts.contains(call))
                .forEach(call ->
                        roots.putIfAbsent(List.of(call.place(), Show.call(call).replaceAll("#\\d+", "#")), call));
        List<RecordedCall> made = new ArrayList<>(roots.values());
        List<RecordedCall> used = made.stream().filter(this::isUsed).toList();
        return used.isEmpty() ? made : used;
    }

    private static Set<RecordedCall> given(RecordedCall call) {
        Set<RecordedCall> given = new HashSet<>();
        call.positional().forEach(a -> collect(a.value(), given, 0));
        call.keywords().values().forEach(a -> collect(a.value(), given, 0));
        return given;
    }

    /** Whether a call that is given a transformation makes another one of it: Optax' own do, and what is trained with then. */
    private boolean isWrapper(RecordedCall call) {
        boolean isOwn = OptaxNames.of(call)
                .filter(name -> !name.equals("apply_updates") && !name.startsWith("tree"))
                .isPresent();
        return isOwn
                || trainer(call).isEmpty()
                        && trace.callsOn(new Value.Made(call)).stream()
                                .anyMatch(method -> Set.of("init", "update").contains(method.lastName()));
    }

    private static void collect(Value given, Set<RecordedCall> parts, int depth) {
        Value value = OptaxNames.behind(given);
        if (depth > 8) {
            return;
        }
        if (value instanceof Value.Made made) {
            parts.add(made.call());
        } else if (value instanceof Sequence sequence) {
            sequence.elements().forEach(e -> collect(e, parts, depth + 1));
        } else if (value instanceof Mapping mapping) {
            mapping.entries().forEach(e -> collect(e.value(), parts, depth + 1));
        } else if (value instanceof Value.OneOf oneOf) {
            oneOf.alternatives().forEach(a -> collect(a.value(), parts, depth + 1));
        } else if (value instanceof Value.Guarded guarded) {
            collect(guarded.value(), parts, depth + 1);
        }
    }

    /** Whether its state is made, or it is handed to a call that makes no transformation of it. */
    private boolean isUsed(RecordedCall chain) {
        Value made = new Value.Made(chain);
        boolean isCalled = trace.callsOn(made).stream()
                .anyMatch(call -> Set.of("init", "update").contains(call.lastName()));
        return isCalled
                || trace.calls().stream()
                        .anyMatch(call ->
                                !OptaxNames.isTransform(call) && given(call).contains(chain));
    }

    /** What a call trains with: {@code TrainState.create(tx=...)} and {@code nnx.Optimizer(model, tx)}. */
    private static Optional<Value> trainer(RecordedCall call) {
        if (call.lastName().equals("create")) {
            return call.keyword("tx").map(RecordedCall.Argument::value);
        }
        return call.name().endsWith("nnx.Optimizer")
                ? call.argument("tx", 1).map(RecordedCall.Argument::value)
                : Optional.empty();
    }
}

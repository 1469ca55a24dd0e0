package samestep.dialect.jax.program;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** What a program derives, and whether it has a penalty on the weights in it. */
final class Losses {
    /** What stands for the weights that a loss is derived by. */
    static final Value.Library WEIGHTS = Value.Library.of("samestep.weights");

    private static final Pattern GRADIENT =
            Pattern.compile("(?:jax|flax\\.nnx|equinox)\\.(?:filter_)?(?:value_and_)?grad");
    private static final Pattern AROUND =
            Pattern.compile("(?:jax|flax\\.nnx|equinox)\\.(?:filter_)?(?:jit|pmap|checkpoint|remat)");
    private static final Pattern READS = Pattern.compile("(?:jax\\.(?:numpy|tree|tree_util|lax|nn)|optax|numpy)\\..*");

    private static final Set<String> SUMS = Set.of("sum", "mean", "dot", "max");

    private Losses() {}

    /** The function that a call gives the gradient of. */
    static Optional<Value> derived(RecordedCall call) {
        return call.callee() instanceof Value.Made made ? derives(made.call()) : Optional.empty();
    }

    /** By which of its arguments it is derived, by position. */
    static int position(RecordedCall call) {
        return call.callee() instanceof Value.Made made
                ? made.call()
                        .argument("argnums", 1)
                        .map(RecordedCall.Argument::value)
                        .filter(Value.Number.class::isInstance)
                        .flatMap(n -> ((Value.Number) n).small())
                        .orElse(0)
                : 0;
    }

    private static Optional<Value> derives(RecordedCall maker) {
        if (maker.positional().isEmpty()) {
            return Optional.empty();
        }
        Value function = maker.positional().get(0).value();
        if (GRADIENT.matcher(maker.name()).matches()) {
            return Optional.of(function);
        }
        return AROUND.matcher(maker.name()).matches() && function instanceof Value.Made inner
                ? derives(inner.call())
                : Optional.empty();
    }

    /** The first place where a loss takes a number of the weights alone: a penalty, most likely. */
    static List<RecordedCall> penalties(Trace trace) {
        return trace.calls().stream().filter(call -> isNumberOf(call)).limit(1).toList();
    }

    /** {@code jnp.sum(w ** 2)}, or {@code (w ** 2).sum()}. */
    private static boolean isNumberOf(RecordedCall call) {
        boolean isMethod = SUMS.contains(call.lastName())
                && call.owner().filter(owner -> isOfWeights(owner, 0)).isPresent();
        return isMethod
                || READS.matcher(call.name()).matches()
                        && !call.positional().isEmpty()
                        && call.positional().stream().allMatch(a -> isOfWeights(a.value(), 0));
    }

    private static boolean isOfWeights(Value value, int depth) {
        if (depth > 20) {
            return false;
        }
        if (value instanceof Value.Library library) {
            return library.name().startsWith(WEIGHTS.name());
        }
        if (value instanceof Value.Made made) {
            // What params.values() gives.
            return made.call().positional().stream().allMatch(a -> a.value() instanceof Value.Text)
                    && isOfWeights(made.call().callee(), depth + 1);
        }
        if (value instanceof Value.Element element) {
            return isOfWeights(element.owner(), depth + 1);
        }
        if (value instanceof Value.Member member) {
            return isOfWeights(member.owner(), depth + 1);
        }
        if (value instanceof Value.Each each) {
            return isOfWeights(each.iterable(), depth + 1);
        }
        return value instanceof Value.Computed computed
                && computed.operands().stream().anyMatch(o -> isOfWeights(o, depth + 1))
                && computed.operands().stream().allMatch(o -> o instanceof Value.Number || isOfWeights(o, depth + 1));
    }
}

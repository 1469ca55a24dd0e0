package samestep.dialect.tensorflow.program.loss;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.program.call.Contents;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.tensorflow.program.graph.Variables;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Stage.Penalty.Norm;

/** Penalties that are written out as operations of variables, and what a value has of variables. */
public final class LossParts {
    private static final Set<String> REDUCTIONS = Set.of(
            "tf.nn.l2_loss",
            "tf.reduce_sum",
            "tf.reduce_mean",
            "tf.reduce_max",
            "tf.norm",
            "tf.global_norm",
            "tf.trace");
    private static final int MOST = 20_000;

    private final Variables variables;

    public LossParts(Variables variables) {
        this.variables = variables;
    }

    /**
     * A norm of a variable.
     *
     * @param isDoubled whether it is the whole sum of squares, which is twice the half that a penalty is
     */
    public record Found(Variable variable, Norm norm, boolean isDoubled) {}

    /** {@code l2_loss(v)}, {@code reduce_sum(square(v))}, {@code reduce_sum(abs(v))}; empty of anything else. */
    public Optional<Found> norm(Value.Made made) {
        RecordedCall call = made.call();
        Optional<Value> first = first(call);
        boolean isWhole = call.positional().size() <= 1
                && call.keyword("axis").isEmpty()
                && call.keyword("reduction_indices").isEmpty();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        if (Names.is(call.callee(), "tf.nn.l2_loss")) {
            return variables.of(first.get()).map(v -> new Found(v, Norm.L2, false));
        }
        if (!Names.is(call.callee(), "tf.reduce_sum") || !isWhole) {
            return Optional.empty();
        }
        return squared(first.get())
                .flatMap(variables::of)
                .map(v -> new Found(v, Norm.L2, true))
                .or(() -> absolute(first.get()).flatMap(variables::of).map(v -> new Found(v, Norm.L1, false)));
    }

    private static Optional<Value> first(RecordedCall call) {
        return call.positional().isEmpty()
                ? List.of("t", "input_tensor", "x").stream()
                        .flatMap(n -> call.keyword(n).stream())
                        .findFirst()
                        .map(Argument::value)
                : Optional.of(call.positional().get(0).value());
    }

    private static Optional<Value> squared(Value value) {
        if (value instanceof Value.Computed computed && computed.operands().size() == 2) {
            Value left = computed.operands().get(0);
            Value right = computed.operands().get(1);
            boolean isSquare = computed.operator().equals("**") && isTwo(right)
                    || computed.operator().equals("*") && left.equals(right);
            return isSquare ? Optional.of(left) : Optional.empty();
        }
        if (!(value instanceof Value.Made made)) {
            return Optional.empty();
        }
        List<Argument> arguments = made.call().positional();
        String name = Names.of(made.call()).orElse("");
        boolean isSquare = name.equals("tf.square")
                || name.equals("tf.pow")
                        && arguments.size() == 2
                        && isTwo(arguments.get(1).value())
                || name.equals("tf.multiply")
                        && arguments.size() == 2
                        && arguments.get(0).value().equals(arguments.get(1).value());
        return isSquare ? first(made.call()) : Optional.empty();
    }

    private static boolean isTwo(Value value) {
        return value instanceof Value.Number n && n.value() == 2;
    }

    private static Optional<Value> absolute(Value value) {
        return value instanceof Value.Made made
                        && Names.of(made.call()).filter(n -> n.equals("tf.abs")).isPresent()
                ? first(made.call())
                : Optional.empty();
    }

    /**
     * Whether a penalty is in a value: one that a regularizer makes, an l2_loss of a variable, or a reduction of nothing but
     * variables and numbers. What the network does with its variables is not a penalty.
     */
    boolean hasPenalty(Value value) {
        return hasPenalty(value, seen());
    }

    private boolean hasPenalty(Value value, Set<Object> seen) {
        if (!seen.add(key(value)) || seen.size() > MOST) {
            return false;
        }
        if (value instanceof Value.Computed computed && computed.operator().equals(Variables.REGULARIZED)) {
            return true;
        }
        boolean isReduction = value instanceof Value.Made made
                && Names.of(made.call()).filter(REDUCTIONS::contains).isPresent();
        if (isReduction && isOfVariables(value)) {
            return true;
        }
        return Contents.of(value).stream().anyMatch(part -> hasPenalty(part, seen));
    }

    /** Whether it is made of penalties and numbers alone, so that it is a scalar. */
    boolean isScalarPenalty(Value value) {
        return hasPenalty(value) && isOfVariables(value);
    }

    /** Whether variables, at least one, and numbers are all that it is made of. */
    private boolean isOfVariables(Value value) {
        return !variables(value).isEmpty() && isConstant(value, seen());
    }

    private boolean isConstant(Value value, Set<Object> seen) {
        if (!seen.add(key(value))) {
            return true;
        }
        if (variables.of(value).isPresent()
                || value instanceof Value.Number
                || value instanceof Value.Text
                || value instanceof Value.None
                || value instanceof Value.Bool
                || value instanceof Value.Library) {
            return true;
        }
        List<Value> parts = Contents.of(value);
        // A placeholder is made of no tensor; what is made of variables has one.
        boolean isOfTensors = !(value instanceof Value.Made made)
                || Names.is(made.call().callee(), "tf.constant")
                || parts.stream().anyMatch(LossParts::isTensor);
        return isOfTensors && !parts.isEmpty() && parts.stream().allMatch(part -> isConstant(part, seen));
    }

    private static boolean isTensor(Value value) {
        return value instanceof Value.Made
                || value instanceof Value.Element
                || value instanceof Value.Computed
                || value instanceof Value.Guarded
                || value instanceof Sequence list && list.elements().stream().anyMatch(LossParts::isTensor);
    }

    /** The variables that are in a value. */
    public Set<Variable> variables(Value value) {
        Set<Variable> found = new LinkedHashSet<>();
        collect(value, found, seen());
        return found;
    }

    private void collect(Value value, Set<Variable> found, Set<Object> seen) {
        if (!seen.add(key(value)) || seen.size() > MOST) {
            return;
        }
        variables.of(value).ifPresentOrElse(found::add, () -> Contents.of(value).forEach(p -> collect(p, found, seen)));
    }

    private static Set<Object> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static Object key(Value value) {
        return value instanceof Value.Made made ? made.call() : value;
    }
}

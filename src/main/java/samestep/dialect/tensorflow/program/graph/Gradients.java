package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The gradients of a program: each is that of a loss by a variable. */
public final class Gradients {
    /** The operator of a gradient clipped with others by the norm of all. */
    public static final String CLIPPED = "clip_by_global_norm";
    /** The operator of a gradient clipped by its own norm. */
    public static final String CLIPPED_ALONE = "clip_by_norm";

    /** A gradient. */
    public record Gradient(Value loss, Variable variable) {}

    private final Map<Value, Gradient> known = new HashMap<>();
    private final Variables variables;

    Gradients(Variables variables) {
        this.variables = variables;
    }

    /** The gradient that a value is. */
    public Optional<Gradient> of(Value value) {
        return Optional.ofNullable(known.get(value));
    }

    /** The gradients of a loss by these variables, in order; empty if one of them is not a variable. */
    public Optional<List<Value>> by(Value loss, Sequence of, RecordedCall call) {
        List<Value> gradients = new ArrayList<>();
        if (of.rest().isPresent()) {
            return Optional.empty();
        }
        for (Value element : of.elements()) {
            Optional<Variable> variable = variables.of(element);
            if (variable.isEmpty()) {
                return Optional.empty();
            }
            Value gradient =
                    new Value.Element(new Value.Made(call), variable.get().value(), call.place());
            known.put(gradient, new Gradient(loss, variable.get()));
            gradients.add(element instanceof Value.Guarded g ? new Value.Guarded(gradient, g.when()) : gradient);
        }
        return Optional.of(gradients);
    }

    /** A list of pairs of gradients and variables. */
    public static Sequence pairs(List<Value> gradients, Sequence of, RecordedCall call) {
        List<Value> pairs = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            Value variable = of.elements().get(i);
            pairs.add(
                    variable instanceof Value.Guarded g
                            ? new Value.Guarded(Sequence.tuple(bare(gradients.get(i)), g.value()), g.when())
                            : Sequence.tuple(gradients.get(i), variable));
        }
        return new Sequence(Sequence.Kind.LIST, pairs, Optional.of(call.place()));
    }

    /** Without conditions. */
    public static Value bare(Value value) {
        return value instanceof Value.Guarded guarded ? guarded.value() : value;
    }

    /** What a list of gradients is after something was done with each. */
    static Sequence each(Sequence gradients, java.util.function.UnaryOperator<Value> change) {
        List<Value> changed = gradients.elements().stream()
                .map(g -> g instanceof Value.Guarded guarded
                        ? new Value.Guarded(change.apply(guarded.value()), guarded.when())
                        : change.apply(g))
                .toList();
        return new Sequence(gradients.kind(), changed, gradients.rest(), gradients.place());
    }
}

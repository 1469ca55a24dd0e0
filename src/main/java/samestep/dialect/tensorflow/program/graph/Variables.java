package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.finding.Place;
import samestep.program.World;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.Circumstances;
import samestep.program.value.FunctionValue;
import samestep.program.value.Origin;
import samestep.program.value.Partial;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The variables that a program makes. Each name is one variable, however often it is asked for. */
public final class Variables {
    /** The operator of a penalty that a regularizer makes of a variable. */
    public static final String REGULARIZED = "regularization";

    private static final Value KIND = Value.Library.of("tensorflow.Variable");

    private final GraphCollections collections;
    private final Problems problems;
    private final Map<String, Variable> byPath = new LinkedHashMap<>();
    private final Map<Value, Variable> byValue = new HashMap<>();

    public Variables(GraphCollections collections, Problems problems) {
        this.collections = collections;
        this.problems = problems;
    }

    /**
     * A variable that is asked for.
     *
     * @param regularizers what makes penalties of it
     * @param calls calls a regularizer that is a function of the program
     */
    public Variable get(
            NameText path, boolean isTrained, List<Argument> regularizers, RecordedCall call, World.Calls calls) {
        return get(path, isTrained, regularizers, GraphCollections.PENALTIES, call, calls);
    }

    /**
     * The same, with penalties in another collection.
     *
     * @param collection where they are
     */
    public Variable get(
            NameText path,
            boolean isTrained,
            List<Argument> regularizers,
            String collection,
            RecordedCall call,
            World.Calls calls) {
        Variable known = byPath.get(path.text());
        if (known != null && path.isKnown()) {
            checkSame(known, regularizers, call);
            Variable either = known.alsoWhen(call.circumstances());
            byPath.put(path.text(), either);
            byValue.put(known.value(), either);
            known.losses().forEach(loss -> collections.alsoAdded(collection, loss, call.circumstances()));
            return either;
        }
        String key = known == null ? path.text() : path.text() + "#" + byPath.size();
        Value value = new Value.Element(KIND, new Value.Text(key, Origin.NONE), call.place());
        List<Value> losses = new ArrayList<>();
        for (Argument regularizer : regularizers) {
            penalty(regularizer, value, calls).ifPresent(losses::add);
        }
        Variable variable = new Variable(
                value, path.text(), path.isKnown(), isTrained, regularizers, losses, call, call.circumstances());
        byPath.put(key, variable);
        byValue.put(value, variable);
        losses.forEach(loss -> collections.add(collection, loss, call.circumstances()));
        return variable;
    }

    /** Two branches that make the same variable in two ways: which one is taken is not known. */
    private void checkSame(Variable known, List<Argument> regularizers, RecordedCall call) {
        boolean isElsewhere = call.circumstances().conditions().stream()
                .anyMatch(c -> known.when().conditions().stream()
                        .anyMatch(k -> k.place().equals(c.place()) && k.holds() != c.holds()));
        List<Value> now = regularizers.stream().map(Argument::value).toList();
        List<Value> before = known.regularizers().stream().map(Argument::value).toList();
        if (isElsewhere && !now.equals(before)) {
            problems.unknown(
                    call.place(),
                    "the regularizer of " + known.path() + " depends on the run; it is another one at "
                            + known.place());
        }
    }

    private static Optional<Value> penalty(Argument regularizer, Value variable, World.Calls calls) {
        Value value = regularizer.value();
        if (value instanceof Value.None || Names.is(value, "tf.no_regularizer")) {
            return Optional.empty();
        }
        boolean isOwn = value instanceof FunctionValue || value instanceof BoundMethod || value instanceof Partial;
        if (isOwn) {
            Value loss = calls.call(value, Arguments.of(regularizer.place(), variable));
            return loss instanceof Value.None ? Optional.empty() : Optional.of(loss);
        }
        return Optional.of(new Value.Computed(REGULARIZED, List.of(value, variable), 1, regularizer.place()));
    }

    /** The variable that a value is; what only passes it on is the same. */
    public Optional<Variable> of(Value value) {
        if (value instanceof Value.Guarded guarded) {
            return of(guarded.value());
        }
        if (value instanceof Value.Made made) {
            RecordedCall call = made.call();
            boolean passes = Names.of(call)
                    .filter(n -> n.equals("tf.identity")
                            || n.equals("tf.cast")
                            || n.equals("tf.convert_to_tensor")
                            || n.equals("tf.to_float"))
                    .isPresent();
            boolean reads = call.callee() instanceof Value.Member member
                    && (member.name().equals("read_value") || member.name().equals("value"));
            if (passes && !call.positional().isEmpty()) {
                return of(call.positional().get(0).value());
            }
            return reads ? call.owner().flatMap(this::of) : Optional.empty();
        }
        return Optional.ofNullable(byValue.get(value));
    }

    /** All of them, in the order in which they are made. */
    public Collection<Variable> all() {
        return byPath.values();
    }

    /** Some of those that are trained, as a list of the program. */
    public Sequence list(Predicate<Variable> chosen, Circumstances now, Place place) {
        List<Value> values = byPath.values().stream()
                .filter(Variable::isTrained)
                .filter(chosen)
                .map(v -> GraphCollections.guarded(v.value(), v.when(), now))
                .toList();
        return new Sequence(Sequence.Kind.LIST, values, Optional.of(place));
    }
}

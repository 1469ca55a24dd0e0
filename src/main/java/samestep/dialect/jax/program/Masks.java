package samestep.dialect.jax.program;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.write.Reasons;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.BoundMethod;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.Partial;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Role;

/**
 * What a program's own function says of the parameters. The model is not known, so it is asked about one with a layer of each
 * usual kind, as Flax names them; what a function says of a kernel in one layer and not in another decides nothing.
 */
final class Masks {
    private final Trace trace;

    Masks(Trace trace) {
        this.trace = trace;
    }

    /** The answers, or why they are not known. */
    Argument of(Value value, Place place) {
        boolean isFunction = value instanceof FunctionValue || value instanceof Partial || value instanceof BoundMethod;
        if (isFunction) {
            return answers(trace.call(value, List.of(ModelTree.tree())), place);
        }
        if (value instanceof Mapping mapping) {
            return NamedTree.of(mapping, place);
        }
        if (value instanceof Value.Made made && TreeWorld.isMap(made.call())) {
            return again(made.call(), place);
        }
        return new Argument.Unknown(Reasons.of(value), place);
    }

    /** A tree that is made of the real parameters by one of JAX' functions: of our tree it is made by the same function. */
    private Argument again(RecordedCall call, Place place) {
        boolean isOfOne = call.positional().size() == 2 && call.keywords().isEmpty();
        return isOfOne
                ? answers(
                        TreeWorld.mapped(
                                call.name(),
                                ModelTree.tree(),
                                (arguments) ->
                                        trace.call(call.positional().get(0).value(), arguments)),
                        place)
                : new Argument.Unknown(Reasons.of(new Value.Made(call)), place);
    }

    private static Argument answers(Value tree, Place place) {
        if (!(tree instanceof Mapping mapping)) {
            return new Argument.Unknown("it gives no tree of the parameters: " + Reasons.of(tree), place);
        }
        Map<Role, Set<String>> said = new EnumMap<>(Role.class);
        for (ModelTree.Leaf leaf : ModelTree.LEAVES) {
            Optional<Value> answer = ModelTree.at(mapping, leaf);
            Optional<String> word = answer.flatMap(Masks::word);
            if (word.isEmpty()) {
                return new Argument.Unknown(
                        "it says nothing that is known of " + leaf.path()
                                + answer.map(a -> ": " + Reasons.of(a)).orElse(""),
                        place);
            }
            said.computeIfAbsent(leaf.role(), r -> new HashSet<>()).add(word.get());
        }
        Map<Role, String> of = new EnumMap<>(Role.class);
        for (Map.Entry<Role, Set<String>> answers : said.entrySet()) {
            if (answers.getValue().size() > 1) {
                return new Argument.Unknown(
                        "it does not say the same of every " + answers.getKey().word(), place);
            }
            of.put(answers.getKey(), answers.getValue().iterator().next());
        }
        return Argument.Tree.byRole(of, place);
    }

    static Optional<String> word(Value value) {
        if (value instanceof Value.Bool bool) {
            return Optional.of(bool.value() ? Argument.Tree.TRUE : Argument.Tree.FALSE);
        }
        return value instanceof Value.Text text ? Optional.of(text.value()) : Optional.empty();
    }
}

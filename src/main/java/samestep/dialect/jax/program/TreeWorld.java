package samestep.dialect.jax.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import samestep.dialect.jax.own.OwnTransform;
import samestep.program.KnownTexts;
import samestep.program.Trace;
import samestep.program.World;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.Partial;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** What JAX and Flax do with trees of dicts, as masks are made of them, and with a loss that they derive. */
final class TreeWorld implements World {
    private static final Pattern MAP = Pattern.compile("jax\\.(?:tree\\.map|tree_util\\.tree_map|tree_map)");
    private static final Pattern MAP_WITH_PATH =
            Pattern.compile("jax\\.(?:tree\\.map_with_path|tree_util\\.tree_map_with_path)");
    private static final Pattern AS_IT_IS =
            Pattern.compile("flax\\.core\\.(?:frozen_dict\\.)?(?:freeze|unfreeze|FrozenDict)");
    private static final String TRAVERSE = "flax.traverse_util.";
    private static final String KEY = "jax.tree_util.DictKey";

    /** Whether a call maps a function over a tree. */
    static boolean isMap(RecordedCall call) {
        String name = call.name();
        return MAP.matcher(name).matches()
                || MAP_WITH_PATH.matcher(name).matches()
                || name.equals(TRAVERSE + "path_aware_map");
    }

    private final KnownTexts ours = new KnownTexts(OwnTransform::known);

    @Override
    public Optional<Value> definition(String text, java.util.function.Function<String, Optional<Value>> names) {
        return ours.definition(text, names);
    }

    /** A library that our definitions use, and whose name the program binds to something else after them. */
    Optional<String> rebound(Trace trace) {
        return ours.rebound(trace);
    }

    @Override
    public Optional<Value> attribute(Value owner, String name) {
        return ModelTree.leaf(owner).flatMap(leaf -> leaf.attribute(name));
    }

    @Override
    public Optional<Value> result(RecordedCall call, Calls calls) {
        String name = call.name();
        if (isMap(call)) {
            Optional<Mapping> tree = tree(call, 1);
            boolean isOfOne = call.positional().size() == 2;
            return isOfOne
                    ? tree.map(t -> mapped(
                            name,
                            t,
                            given -> calls.call(
                                    call.positional().get(0).value(),
                                    Arguments.of(call.place(), given.toArray(Value[]::new)))))
                    : Optional.empty();
        }
        if (AS_IT_IS.matcher(name).matches()) {
            return tree(call, 0).map(t -> t);
        }
        if (name.equals(TRAVERSE + "flatten_dict")) {
            return tree(call, 0).map(t -> flat(t, separator(call)));
        }
        if (name.equals(TRAVERSE + "unflatten_dict")) {
            return tree(call, 0).flatMap(t -> deep(t, separator(call)));
        }
        boolean isDimensions = name.equals("jax.numpy.ndim") || name.equals("numpy.ndim");
        if (isDimensions && call.positional().size() == 1) {
            return ModelTree.leaf(call.positional().get(0).value()).flatMap(leaf -> leaf.attribute("ndim"));
        }
        return derived(call, calls);
    }

    /** A loss is called with weights that are known to be weights, so that a penalty on them is seen. */
    private static Optional<Value> derived(RecordedCall call, Calls calls) {
        Optional<Value> loss = Losses.derived(call);
        boolean isFunction = loss.filter(
                        f -> f instanceof FunctionValue || f instanceof BoundMethod || f instanceof Partial)
                .isPresent();
        int weights = Losses.position(call);
        if (isFunction && weights >= 0 && weights < call.positional().size()) {
            List<Value> given = new ArrayList<>(
                    call.positional().stream().map(RecordedCall.Argument::value).toList());
            given.set(weights, Losses.WEIGHTS);
            calls.call(loss.orElseThrow(), Arguments.of(call.place(), given.toArray(Value[]::new)));
        }
        return Optional.empty();
    }

    private static Optional<Mapping> tree(RecordedCall call, int position) {
        return call.positional().size() > position
                        && call.positional().get(position).value() instanceof Mapping mapping
                        && mapping.rest().isEmpty()
                ? Optional.of(mapping)
                : Optional.empty();
    }

    private static Optional<String> separator(RecordedCall call) {
        return call.keyword("sep")
                .map(RecordedCall.Argument::value)
                .filter(Value.Text.class::isInstance)
                .map(text -> ((Value.Text) text).value());
    }

    /** A tree of the same shape, with what a function gives for each leaf. */
    static Value mapped(String name, Mapping tree, Function<List<Value>, Value> function) {
        boolean withKeys = MAP_WITH_PATH.matcher(name).matches();
        boolean withNames = name.equals(TRAVERSE + "path_aware_map");
        return mapped(tree, List.of(), (path, leaf) -> {
            List<Value> given = new ArrayList<>();
            if (withKeys) {
                given.add(Sequence.tuple(path.stream().map(TreeWorld::key).toArray(Value[]::new)));
            } else if (withNames) {
                given.add(Sequence.tuple(path.toArray(Value[]::new)));
            }
            given.add(leaf);
            return function.apply(given);
        });
    }

    private interface OfLeaf {
        Value of(List<Value> path, Value leaf);
    }

    private static Value mapped(Value value, List<Value> path, OfLeaf function) {
        if (!(value instanceof Mapping mapping)) {
            return function.of(path, value);
        }
        Mapping result = new Mapping(mapping.type(), Optional.empty());
        for (Mapping.Entry entry : mapping.entries()) {
            List<Value> inner = new ArrayList<>(path);
            inner.add(entry.key());
            result.put(entry.key(), mapped(entry.value(), inner, function));
        }
        return result;
    }

    private static Value key(Value name) {
        Mapping key = new Mapping(KEY, Optional.empty());
        key.put("key", name);
        return key;
    }

    private static Mapping flat(Mapping tree, Optional<String> separator) {
        Mapping flat = new Mapping(Mapping.DICT, Optional.empty());
        mapped(tree, List.of(), (path, leaf) -> {
            flat.put(
                    separator
                            .map(s -> ModelTree.text(String.join(
                                    s,
                                    path.stream()
                                            .map(p -> p instanceof Value.Text text ? text.value() : "?")
                                            .toList())))
                            .orElseGet(() -> Sequence.tuple(path.toArray(Value[]::new))),
                    leaf);
            return leaf;
        });
        return flat;
    }

    private static Optional<Value> deep(Mapping flat, Optional<String> separator) {
        Mapping deep = new Mapping(Mapping.DICT, Optional.empty());
        for (Mapping.Entry entry : flat.entries()) {
            List<Value> path = new ArrayList<>();
            if (entry.key() instanceof Sequence tuple) {
                path.addAll(tuple.elements());
            } else if (entry.key() instanceof Value.Text text && separator.isPresent()) {
                for (String part : text.value().split(Pattern.quote(separator.get()))) {
                    path.add(ModelTree.text(part));
                }
            }
            if (path.isEmpty()) {
                return Optional.empty();
            }
            Mapping at = deep;
            for (Value part : path.subList(0, path.size() - 1)) {
                if (at.get(part).isEmpty()) {
                    at.put(part, new Mapping(Mapping.DICT, Optional.empty()));
                }
                if (!(at.get(part).orElseThrow() instanceof Mapping inner)) {
                    return Optional.empty();
                }
                at = inner;
            }
            at.put(path.get(path.size() - 1), entry.value());
        }
        return Optional.of(deep);
    }
}

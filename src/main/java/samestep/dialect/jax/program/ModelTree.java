package samestep.dialect.jax.program;

import java.util.List;
import java.util.Optional;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Role;

/** Parameters of a model with one layer of each usual kind, with Flax' names. */
final class ModelTree {
    /** What stands for a parameter. */
    private static final Value.Library PARAMETER = Value.Library.of("samestep.parameter");

    /** All of them. */
    static final List<Leaf> LEAVES = List.of(
            new Leaf("Dense_0", "kernel", Role.KERNEL, 2),
            new Leaf("Dense_0", "bias", Role.BIAS, 1),
            new Leaf("Conv_0", "kernel", Role.KERNEL, 4),
            new Leaf("Conv_0", "bias", Role.BIAS, 1),
            new Leaf("LayerNorm_0", "scale", Role.GAMMA, 1),
            new Leaf("LayerNorm_0", "bias", Role.BETA, 1),
            new Leaf("BatchNorm_0", "scale", Role.GAMMA, 1),
            new Leaf("BatchNorm_0", "bias", Role.BETA, 1));

    private static final long SIDE = 64;

    /**
     * A parameter.
     *
     * @param dimensions how many it has
     */
    record Leaf(String layer, String name, Role role, int dimensions) {
        String path() {
            return layer + "/" + name;
        }

        Value value() {
            return new Value.Element(
                    PARAMETER, text(path()), samestep.finding.Place.start(new samestep.text.SourceText("model", "")));
        }

        /** What it has as an attribute; empty where that is not known. */
        Optional<Value> attribute(String attribute) {
            return switch (attribute) {
                case "ndim" -> Optional.of(Value.Number.of(dimensions, Origin.NONE));
                case "shape" ->
                    Optional.of(
                            Sequence.tuple(java.util.stream.Stream.generate(() -> Value.Number.of(SIDE, Origin.NONE))
                                    .limit(dimensions)
                                    .toArray(Value[]::new)));
                default -> Optional.empty();
            };
        }
    }

    private ModelTree() {}

    /** The tree: a dict of layers with a dict of parameters each. */
    static Mapping tree() {
        Mapping tree = new Mapping(Mapping.DICT, Optional.empty());
        for (Leaf leaf : LEAVES) {
            if (tree.get(leaf.layer()).isEmpty()) {
                tree.put(leaf.layer(), new Mapping(Mapping.DICT, Optional.empty()));
            }
            ((Mapping) tree.get(leaf.layer()).orElseThrow()).put(leaf.name(), leaf.value());
        }
        return tree;
    }

    /** What a tree of that shape has for a parameter. */
    static Optional<Value> at(Mapping tree, Leaf leaf) {
        return tree.get(leaf.layer())
                .flatMap(layer -> layer instanceof Mapping inner ? inner.get(leaf.name()) : Optional.of(layer));
    }

    /** The parameter that a value stands for. */
    static Optional<Leaf> leaf(Value value) {
        return value instanceof Value.Element element
                        && element.owner().equals(PARAMETER)
                        && element.index() instanceof Value.Text path
                ? LEAVES.stream().filter(l -> l.path().equals(path.value())).findFirst()
                : Optional.empty();
    }

    static Value text(String text) {
        return new Value.Text(text, Origin.NONE);
    }
}

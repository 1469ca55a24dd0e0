package samestep.dialect.jax.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.FlaxNames;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Value;
import samestep.recipe.ParameterName;

/** A mask or labels that a program has written out, as a dict of the shape of the parameters. */
final class NamedTree {
    private final Map<ParameterName, String> of = new LinkedHashMap<>();
    private boolean isKnown = true;

    private NamedTree() {}

    /** What it says of each parameter, or that it is not known. */
    static Argument of(Mapping written, Place place) {
        NamedTree tree = new NamedTree();
        tree.add("", written);
        return tree.isKnown && !tree.of.isEmpty()
                ? new Argument.Tree(tree.of, place)
                : new Argument.Unknown("it is a dict that is not of layers and their parameters", place);
    }

    private void add(String path, Mapping layer) {
        List<String> names = layer.entries().stream()
                .map(entry -> entry.key() instanceof Value.Text text ? text.value() : "")
                .toList();
        for (Mapping.Entry entry : layer.entries()) {
            String name = entry.key() instanceof Value.Text text ? text.value() : "";
            Optional<String> word = Masks.word(entry.value());
            if (name.isEmpty() || layer.rest().isPresent()) {
                isKnown = false;
            } else if (entry.value() instanceof Mapping inner) {
                add(path.isEmpty() ? name : path + "/" + name, inner);
            } else if (path.isEmpty() || word.isEmpty()) {
                isKnown = false;
            } else {
                String before = of.put(new ParameterName(path, FlaxNames.role(name, names)), word.get());
                isKnown &= before == null;
            }
        }
    }
}

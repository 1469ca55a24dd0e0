package samestep.dialect;

import java.util.ArrayList;
import java.util.List;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/** The values of a YAML mapping by their paths, {@code task.model.num_classes}; a list is one value. */
public final class YamlLeaves {
    private YamlLeaves() {}

    /**
     * A value.
     *
     * @param path names from the top
     * @param text what is written: booleans as {@code true} and {@code false}, lists without line ends
     */
    public record Leaf(String path, String text) {}

    /** All values that are not null, in order. */
    public static List<Leaf> of(SourceText source, YamlMapping mapping) {
        List<Leaf> leaves = new ArrayList<>();
        add(source, mapping, "", leaves);
        return leaves;
    }

    private static void add(SourceText source, YamlMapping mapping, String prefix, List<Leaf> leaves) {
        for (YamlEntry entry : mapping.visible()) {
            YamlValue value = entry.value().resolved();
            if (value instanceof YamlMapping section && !section.visible().isEmpty()) {
                add(source, section, prefix + entry.name() + ".", leaves);
            } else if (!value.isNull()) {
                leaves.add(new Leaf(prefix + entry.name(), text(source, value)));
            }
        }
    }

    /** What is written as a value. */
    public static String text(SourceText source, YamlValue value) {
        if (value instanceof YamlScalar scalar) {
            return scalar.kind() == YamlScalar.Kind.BOOLEAN ? Boolean.toString(scalar.isTrue()) : scalar.text();
        }
        return source.slice(value.span()).strip().replaceAll("\\s+", " ");
    }
}

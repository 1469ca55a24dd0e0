package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import samestep.dialect.Entries;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** The values of a configuration by their paths, dicts and lists of dicts taken apart. */
public final class MmengineLeaves {
    private static final int DEEPEST = 24;
    private static final int MOST = 20_000;
    private static final int LONGEST = 400;

    private final Place otherwise;
    private final List<Leaf> leaves = new ArrayList<>();

    private MmengineLeaves(Place otherwise) {
        this.otherwise = otherwise;
    }

    /**
     * A value.
     *
     * @param path the names of the dicts that it is in, and the numbers of the lists' elements
     * @param value it
     * @param text it as it is compared; of a value that is not known, how it is made
     * @param place where it is written, or the dict around it
     */
    public record Leaf(String path, Value value, String text, Place place) {
        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }

        String section() {
            return path.substring(0, Math.max(0, path.lastIndexOf('.')));
        }
    }

    /** Those of a whole configuration. */
    public static List<Leaf> of(Entries all) {
        MmengineLeaves found = new MmengineLeaves(all.place());
        found.walk("", all.mapping(), 0);
        return found.leaves;
    }

    private void walk(String path, Value value, int depth) {
        boolean list = value instanceof Sequence sequence
                && sequence.isComplete()
                && sequence.elements().stream().anyMatch(Mapping.class::isInstance);
        if (leaves.size() >= MOST) {
            return;
        }
        if (depth < DEEPEST
                && value instanceof Mapping mapping
                && (depth == 0 || !mapping.entries().isEmpty())) {
            for (Mapping.Entry entry : mapping.entries()) {
                String name = entry.key() instanceof Value.Text text ? text.value() : Show.value(entry.key());
                walk(path.isEmpty() ? name : path + "." + name, entry.value(), depth + 1);
            }
        } else if (depth < DEEPEST && list) {
            List<Value> elements = ((Sequence) value).elements();
            for (int i = 0; i < elements.size(); i++) {
                walk(path + "." + i, elements.get(i), depth + 1);
            }
        } else {
            String text = text(value);
            String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
            leaves.add(new Leaf(path, value, cut, Entries.at(value, otherwise)));
        }
    }

    private static String text(Value value) {
        if (value instanceof Value.Number number && number.formula().isPresent()) {
            return number.decimal().stripTrailingZeros().toPlainString();
        }
        if (value instanceof Value.Bool bool) {
            return bool.value() ? "true" : "false";
        }
        if (value instanceof Sequence sequence && sequence.isComplete()) {
            return sequence.elements().stream().map(MmengineLeaves::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return Entries.word(value).orElseGet(() -> value instanceof Value.None ? "null" : Show.value(value));
    }
}

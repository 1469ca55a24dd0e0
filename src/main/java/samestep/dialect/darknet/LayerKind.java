package samestep.dialect.darknet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Resources;

/**
 * A kind of layer.
 *
 * @param name the section's name
 * @param whose {@code both}, {@code original} or {@code fork}
 * @param parts what an update changes, as {@code layers.txt} explains
 */
record LayerKind(String name, String whose, List<String> parts) {
    /** The layer's kernel, with a bias or with scales and offsets. */
    static final String OWN = "own";
    /** Scales and offsets alone. */
    static final String SCALES = "scales";
    /** What is not read. */
    static final String UNREAD = "?";

    private static final Map<String, LayerKind> KINDS = read();

    LayerKind {
        parts = List.copyOf(parts);
    }

    /** The kind of a section. */
    static Optional<LayerKind> of(String section) {
        return Optional.ofNullable(KINDS.get(section));
    }

    private static Map<String, LayerKind> read() {
        Map<String, LayerKind> kinds = new HashMap<>();
        Resources.lines("darknet/layers.txt").forEach(line -> {
            String[] cells = line.split(" \\| ");
            List<String> parts = cells[3].equals("-") ? List.of() : List.of(cells[3].split(" "));
            LayerKind kind = new LayerKind(cells[0], cells[2], parts);
            kinds.put(cells[0], kind);
            kinds.put(cells[1], kind);
        });
        kinds.remove("-");
        return Map.copyOf(kinds);
    }
}

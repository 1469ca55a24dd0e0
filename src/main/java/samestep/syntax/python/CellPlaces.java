package samestep.syntax.python;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import samestep.syntax.json.JsonString;
import samestep.text.Span;

/** Maps the characters of a cell's text to the JSON strings that it is made of, through their escapes. */
public final class CellPlaces {
    private final int[] starts;
    private final int[] ends;
    private final int[] strings;

    private CellPlaces(int length) {
        this.starts = new int[length];
        this.ends = new int[length];
        this.strings = new int[length];
    }

    /** The places of a text that is these strings, one after the other. */
    static CellPlaces of(String json, List<JsonString> parts) {
        CellPlaces places =
                new CellPlaces(parts.stream().mapToInt(p -> p.value().length()).sum());
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            JsonString part = parts.get(i);
            int raw = part.span().start() + 1;
            for (int c = 0; c < part.value().length(); c++) {
                int end = raw + 1;
                if (json.charAt(raw) == '\\') {
                    end = json.charAt(raw + 1) == 'u' ? raw + 6 : raw + 2;
                }
                places.starts[at] = raw;
                places.ends[at] = end;
                places.strings[at++] = i;
                raw = end;
            }
        }
        return places;
    }

    Optional<Span> span(Span span) {
        if (starts.length == 0 || span.end() > starts.length) {
            return Optional.empty();
        }
        if (span.length() == 0) {
            int at = span.start() < starts.length ? starts[span.start()] : ends[starts.length - 1];
            return Optional.of(new Span(at, at));
        }
        int last = span.end() - 1;
        return strings[span.start()] == strings[last]
                ? Optional.of(new Span(starts[span.start()], ends[last]))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellPlaces places
                && Arrays.equals(starts, places.starts)
                && Arrays.equals(ends, places.ends);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(starts);
    }
}

package samestep.text;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies edits: everything outside their spans stays as it is, character for character. */
public final class Edits {
    private Edits() {}

    /**
     * The text with all edits applied.
     *
     * @throws IllegalArgumentException if two edits overlap, or insert at one place, or one is of another text
     */
    public static SourceText apply(SourceText source, List<Edit> edits) {
        List<Edit> ordered = edits.stream()
                .sorted(Comparator.comparingInt((Edit e) -> e.span().start())
                        .thenComparingInt(e -> e.span().end()))
                .toList();
        StringBuilder out = new StringBuilder(source.text().length());
        int copied = 0;
        @Nullable Edit before = null;
        for (Edit edit : ordered) {
            boolean overlaps = edit.span().start() < copied
                    || before != null && before.span().equals(edit.span());
            if (edit.source() != source || overlaps) {
                throw new IllegalArgumentException("edits overlap, or are of another text, at " + edit.span());
            }
            out.append(source.text(), copied, edit.span().start()).append(edit.replacement());
            copied = edit.span().end();
            before = edit;
        }
        out.append(source.text(), copied, source.text().length());
        return source.withText(out.toString());
    }
}

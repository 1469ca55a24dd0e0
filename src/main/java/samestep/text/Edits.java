package samestep.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /**
     * Edits of a text, and others of the text with them, as edits of the text without.
     *
     * @return empty if one of the others is of what the first ones wrote
     */
    public static Optional<List<Edit>> composed(SourceText source, List<Edit> first, List<Edit> others) {
        List<Edit> ordered = first.stream()
                .sorted(Comparator.comparing(e -> e.span().start()))
                .toList();
        List<Edit> all = new ArrayList<>(first);
        for (Edit edit : others) {
            int start = edit.span().start();
            for (Edit before : ordered) {
                int grown = before.replacement().length() - before.span().length();
                if (start >= before.span().start() + before.replacement().length()) {
                    start -= grown;
                } else if (edit.span().end() > before.span().start()
                        && start >= before.span().start()) {
                    return Optional.empty();
                }
            }
            Span span = new Span(start, start + edit.span().length());
            all.add(new Edit(source, span, edit.replacement(), edit.certainty()));
        }
        return Optional.of(all);
    }
}

package samestep;

import java.util.Comparator;
import java.util.List;

/**
 * A change of one place of a file. {@link #apply} makes it in a text, {@link Samestep#write} in a file.
 *
 * @param place where it starts
 * @param offset where it starts, in UTF-16 units from the start of the file's text; a byte order mark counts as one
 * @param replaced the text there now; empty where something is inserted
 * @param replacement the text to put there; empty where something is removed
 * @param certainty how far it may be applied without asking
 */
public record Edit(Finding.Place place, int offset, String replaced, String replacement, Certainty certainty) {

    /** How far an edit may be applied without asking. */
    public enum Certainty {
        /** Proven: the result means what it should. */
        EXACT,
        /** The closest value that can be written; it is not the same. */
        APPROXIMATE,
        /** You have to decide whether it was meant. */
        NEEDS_A_PERSON
    }

    static Edit of(samestep.text.Edit edit) {
        samestep.finding.Place place = new samestep.finding.Place(edit.source(), edit.span());
        return new Edit(
                Finding.place(place),
                edit.span().start(),
                edit.replaced(),
                edit.replacement(),
                Certainty.valueOf(edit.certainty().name()));
    }

    /** The same in the file's text as it was read again. */
    samestep.text.Edit in(samestep.text.SourceText text) {
        return new samestep.text.Edit(
                text,
                new samestep.text.Span(offset, offset + replaced.length()),
                replacement,
                samestep.text.Edit.Certainty.valueOf(certainty.name()));
    }

    /**
     * A text with edits applied; everything else stays as it is, line ends and a byte order mark too.
     *
     * @param text the text of the file that the edits are of
     * @param edits in any order
     * @return the text with all of them
     * @throws IllegalArgumentException if they are of another text, or overlap
     */
    public static String apply(String text, List<Edit> edits) {
        StringBuilder edited = new StringBuilder(text);
        int last = text.length();
        List<Edit> fromTheEnd = edits.stream()
                .sorted(Comparator.comparingInt(Edit::offset).reversed())
                .toList();
        for (Edit edit : fromTheEnd) {
            int end = edit.offset + edit.replaced.length();
            if (end > last || !text.startsWith(edit.replaced, edit.offset)) {
                throw new IllegalArgumentException("an edit is of another text, or two edits overlap: " + edit);
            }
            edited.replace(edit.offset, end, edit.replacement);
            last = edit.offset;
        }
        return edited.toString();
    }

    /** {@return such as {@code solver.prototxt:7:15: write 0.00025 for 0.0005}} */
    @Override
    public String toString() {
        return place + ": write " + replacement + " for " + replaced;
    }
}

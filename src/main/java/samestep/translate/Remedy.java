package samestep.translate;

import java.util.Optional;
import samestep.compare.ValueRow;
import samestep.finding.Place;
import samestep.text.Edit;

/**
 * What to write in one of two configurations so that a value is the same in both.
 *
 * @param row the value
 * @param place what to replace
 * @param text the number to write there
 * @param ofOtherKind whether the two sides do the same step in two ways, such as a decay in the gradient and one beside it
 */
public record Remedy(ValueRow row, Place place, String text, boolean ofOtherKind) {

    /** Whether it is for the target, and not for the source. */
    public boolean isOfTheTarget() {
        return row.target().place().equals(Optional.of(place));
    }

    /** The change of the file. */
    public Edit edit() {
        return new Edit(place.source(), place.span(), text, Edit.Certainty.EXACT);
    }
}

package samestep.report;

import java.util.ArrayList;
import java.util.List;
import samestep.compare.Condition;
import samestep.compare.Difference;
import samestep.compare.proof.Bound;
import samestep.compare.trait.Trait;

/** Says in lines what makes a difference, when there would be none, and how large one update's can be. */
final class DifferenceWords {
    private DifferenceWords() {}

    /** The lines, without an indent. */
    static List<String> of(Difference difference) {
        List<String> lines = new ArrayList<>();
        for (Trait trait : difference.traits()) {
            lines.add(trait.name() + ": " + trait.source() + " | " + trait.target());
        }
        for (Condition condition : difference.conditions()) {
            lines.add("the same while " + condition.words() + " ("
                    + condition.met().words() + ")");
        }
        if (difference.conditions().isEmpty()) {
            lines.add("no condition that was tried makes them the same");
        }
        if (difference.agreeing() > 0) {
            lines.add("the first "
                    + (difference.agreeing() == 1
                            ? "update is the same"
                            : difference.agreeing() + " updates are the same"));
        }
        for (Bound bound : difference.bounds()) {
            lines.add("bound: " + bound);
        }
        return lines;
    }
}

package samestep.dialect;

import java.util.List;
import java.util.Optional;
import samestep.text.SourceText;

/** Finds the files that a configuration names. */
@FunctionalInterface
public interface Companions {
    /** Finds nothing, having looked nowhere. */
    Companions NONE = reference -> new Search(Optional.empty(), List.of(), List.of());

    /**
     * What came of looking.
     *
     * @param found the text
     * @param lookedIn the places that were tried, in order
     * @param similar files of that name elsewhere, which the user may have meant; never taken by themselves
     */
    record Search(Optional<SourceText> found, List<String> lookedIn, List<String> similar) {
        /** Copies the lists. */
        public Search {
            lookedIn = List.copyOf(lookedIn);
            similar = List.copyOf(similar);
        }
    }

    /** Looks for a file by the path that stands in the configuration. */
    Search find(String reference);
}

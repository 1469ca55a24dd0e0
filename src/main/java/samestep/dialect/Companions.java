package samestep.dialect;

import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
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
     * @param outside a file that is there and was not read, because it is outside the repository
     */
    record Search(Optional<SourceText> found, List<String> lookedIn, List<String> similar, Optional<String> outside) {
        /** Copies the lists. */
        public Search {
            lookedIn = List.copyOf(lookedIn);
            similar = List.copyOf(similar);
        }

        /** Nothing outside the repository was met. */
        public Search(Optional<SourceText> found, List<String> lookedIn, List<String> similar) {
            this(found, lookedIn, similar, Optional.empty());
        }

        /** The same search, as if it had found another text. */
        public Search finding(Optional<SourceText> other) {
            return new Search(other, lookedIn, similar, outside);
        }

        /**
         * That the file is outside the repository, where it is.
         *
         * @param place where its path is written
         * @param what what it is, such as {@code net}
         */
        public Optional<Finding> refused(Place place, String what) {
            return outside.map(file -> Finding.at(
                            place, Code.SS012, what + " " + file + " is outside the repository; it was not read")
                    .detail("Give --allow-outside to read it, or name the file on the command line."));
        }
    }

    /** Looks for a file by the path that stands in the configuration. */
    Search find(String reference);
}

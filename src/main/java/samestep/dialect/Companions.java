package samestep.dialect;

import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Repository;
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

    /**
     * The repository of a program: its modules and data are found from its root, and no file outside of it is read.
     *
     * @param repository its files
     * @param folder the program's folder, from the root; empty, or ending in a slash
     */
    record Home(Repository repository, String folder) {
        /** No repository. */
        public static final Home NONE = new Home(Repository.NONE, "");

        /** The path of a file in the program's folder, from the root. */
        public String path(SourceText source) {
            String name = source.name().replace('\\', '/');
            return folder + name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /** The repository of a configuration that is a program. */
    default Home home() {
        return Home.NONE;
    }

    /** Looks for a file by the path written in the configuration. */
    Search find(String reference);
}

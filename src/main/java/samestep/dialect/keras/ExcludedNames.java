package samestep.dialect.keras;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The regular expressions of {@code exclude_from_weight_decay}. They come from the file, and one of a few characters can
 * try more ways to match than there is time for: all matching together may look at so many characters, and no more.
 */
final class ExcludedNames {
    private static final int LONGEST_PATTERN = 1_000;
    private static final int LONGEST_NAME = 1_000;
    private static final long MOST_READS = 10_000_000;

    private final List<Pattern> patterns;
    private long reads;

    ExcludedNames(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** A regular expression; empty if it is none, or a longer one than anybody writes. */
    static Optional<Pattern> pattern(String text) {
        try {
            return text.length() > LONGEST_PATTERN ? Optional.empty() : Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether one is found in a name; empty where that takes too long to find out. */
    Optional<Boolean> contain(String name) {
        if (name.length() > LONGEST_NAME && !patterns.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    patterns.stream().anyMatch(p -> p.matcher(new Counted(name)).find()));
        } catch (TooManyReads | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private void count() {
        if (++reads > MOST_READS) {
            throw new TooManyReads();
        }
    }

    private static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A name that counts how often it is looked at. */
    private final class Counted implements CharSequence {
        private final String name;

        Counted(String name) {
            this.name = name;
        }

        @Override
        public int length() {
            count();
            return name.length();
        }

        @Override
        public char charAt(int index) {
            count();
            return name.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return name.subSequence(start, end);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

package samestep.text.pattern;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of names that a configuration brings along, such as {@code exclude_from_weight_decay}. One of a few
 * characters can try more ways to match than there is time for: all matching together may look at so many characters, and
 * no more. This is the only place where an expression of a file is compiled.
 */
public final class NamePatterns {
    private static final int LONGEST_PATTERN = 1_000;
    private static final int SHOWN = 60;
    private static final int LONGEST_NAME = 1_000;
    private static final long MOST_READS = 10_000_000;

    private final List<Pattern> patterns;
    private final List<String> broken;
    private long reads;

    private NamePatterns(List<Pattern> patterns, List<String> broken) {
        this.patterns = patterns;
        this.broken = List.copyOf(broken);
    }

    /** Expressions as they are written. */
    public static NamePatterns of(List<String> expressions) {
        List<Pattern> patterns = new ArrayList<>();
        Set<String> broken = new LinkedHashSet<>();
        for (String expression : expressions) {
            try {
                if (expression.length() > LONGEST_PATTERN) {
                    broken.add(expression.substring(0, SHOWN) + "...");
                } else {
                    patterns.add(Pattern.compile(expression));
                }
            } catch (PatternSyntaxException | StackOverflowError e) {
                broken.add(expression.length() > SHOWN ? expression.substring(0, SHOWN) + "..." : expression);
            }
        }
        return new NamePatterns(patterns, List.copyOf(broken));
    }

    /** What is not a regular expression, or is one of more than a thousand characters; each once. */
    public List<String> broken() {
        return broken;
    }

    /** Whether there is no expression that can be matched. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether one is found in a name; empty where that takes too long to find out. */
    public Optional<Boolean> contain(String name) {
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

        TooManyReads() {
            super("too many reads", null, false, false);
        }
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

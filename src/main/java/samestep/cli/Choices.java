package samestep.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.Dialects;
import samestep.text.Spelling;

/** What to say of a word that is none of those that are known, with the nearest of them. */
final class Choices {
    /** What other programs call what is wanted here. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "list", "frameworks",
            "ls", "frameworks",
            "rules", "explain SS",
            "rule", "explain SS",
            "lint", "check",
            "fix", "check --fix",
            "diff", "compare",
            "convert", "FILE --to FRAMEWORK",
            "translate", "FILE --to FRAMEWORK",
            "version", "--version");

    private Choices() {}

    /** A word that is none of a few. */
    static String wrong(String option, Collection<String> words, String given) {
        return option + ": one of " + String.join(", ", words) + ", not \"" + given + "\"" + meant(given, words);
    }

    /** {@code "; did you mean X?"}, or nothing. */
    static String meant(String given, Collection<String> words) {
        // Of a single letter every other is near.
        if (given.length() < 2) {
            return "";
        }
        String near = Stream.concat(
                        words.stream().filter(word -> word.startsWith(given.toLowerCase(Locale.ROOT))),
                        Stream.of(Spelling.nearest(given, words)))
                .findFirst()
                .orElse("");
        return near.isEmpty() ? "" : "; did you mean " + near + "?";
    }

    /** The command that a word is nearly, or that other programs call so. */
    static Optional<String> command(String given) {
        String other = OTHER_NAMES.getOrDefault(given, "");
        return Optional.of(other.isEmpty() ? Spelling.nearest(given, Main.commands()) : other)
                .filter(name -> !name.isEmpty());
    }

    /** What to say of an option that there is not. */
    static String option(String given, Collection<String> options) {
        String name = given.replaceFirst("=.*", "");
        String word = name.replaceFirst("^-+", "");
        String other = OTHER_NAMES.getOrDefault(word, "");
        if (!other.isEmpty() && name.startsWith("--")) {
            return "; did you mean translate " + other + "?";
        }
        List<String> begun = options.stream()
                .filter(option -> option.startsWith("--" + word) && !word.isEmpty())
                .sorted()
                .toList();
        String near = word.length() == 1 ? "" : Spelling.nearest(name, options);
        if (!near.isEmpty()) {
            return "; did you mean " + near + "?";
        }
        return switch (begun.size()) {
            case 0 -> "; see --help";
            case 1 -> "; did you mean " + begun.get(0) + "?";
            default -> "; did you mean one of " + String.join(", ", begun) + "?";
        };
    }

    /** What an option takes that was given without a value; nothing where any text will do. */
    static String values(String option, Options options) {
        if (option.endsWith("--to") || option.endsWith("from")) {
            return ": " + (option.endsWith("--to") ? Dialects.written() : Dialects.names());
        }
        List<String> words = options.choices().getOrDefault(option, List.of());
        return words.isEmpty() ? "" : ": " + String.join(", ", words);
    }
}

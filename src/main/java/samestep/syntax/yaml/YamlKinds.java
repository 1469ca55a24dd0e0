package samestep.syntax.yaml;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.syntax.Decimals;
import samestep.syntax.yaml.YamlScalar.Kind;

/** What a plain scalar is. Source: PyYAML 6.0, yaml/resolver.py, the implicit resolvers of YAML 1.1. */
final class YamlKinds {
    private static final Set<String> TRUE = Set.of("yes", "true", "on");
    private static final Set<String> FALSE = Set.of("no", "false", "off");
    private static final Map<String, Kind> TAGS = Map.of(
            "!!str", Kind.STRING,
            "!!int", Kind.INTEGER,
            "!!float", Kind.FLOAT,
            "!!bool", Kind.BOOLEAN,
            "!!null", Kind.NULL,
            "!!timestamp", Kind.TIMESTAMP,
            "!!merge", Kind.MERGE);

    private YamlKinds() {}

    /** Patterns that a start does not need. */
    private static final class Patterns {
        static final Pattern FLOAT = Pattern.compile("[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?"
                + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
                + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
                + "|[-+]?\\.(?:inf|Inf|INF)"
                + "|\\.(?:nan|NaN|NAN)");
        static final Pattern INTEGER = Pattern.compile("[-+]?0b[0-1_]+"
                + "|[-+]?0[0-7_]+"
                + "|[-+]?(?:0|[1-9][0-9_]*)"
                + "|[-+]?0x[0-9a-fA-F_]+"
                + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
        static final Pattern TIMESTAMP = Pattern.compile("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
                + "|[0-9][0-9][0-9][0-9]-[0-9][0-9]?-[0-9][0-9]?"
                + "(?:[Tt]|[ \\t]+)[0-9][0-9]?:[0-9][0-9]:[0-9][0-9](?:\\.[0-9]*)?"
                + "(?:[ \\t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?");
    }

    /** The kind that a tag asks for; empty for another tag or none. */
    static Optional<Kind> ofTag(String tag) {
        return Optional.ofNullable(TAGS.get(tag));
    }

    /** The kind of a plain scalar. Longer ones than any number that is read are texts. */
    static Kind of(String text) {
        if (text.isEmpty()) {
            return Kind.NULL;
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
            return text.length() > Decimals.MAX_LENGTH ? Kind.STRING : number(text);
        }
        return switch (first) {
            case 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~', '<' -> word(text);
            default -> Kind.STRING;
        };
    }

    private static Kind number(String text) {
        if (Patterns.FLOAT.matcher(text).matches()) {
            return Kind.FLOAT;
        }
        if (Patterns.INTEGER.matcher(text).matches()) {
            return Kind.INTEGER;
        }
        return Patterns.TIMESTAMP.matcher(text).matches() ? Kind.TIMESTAMP : Kind.STRING;
    }

    private static Kind word(String text) {
        if (text.equals("<<")) {
            return Kind.MERGE;
        }
        if (text.equals("~") || isSpelled(text, "null")) {
            return Kind.NULL;
        }
        boolean known = TRUE.stream().anyMatch(word -> isSpelled(text, word))
                || FALSE.stream().anyMatch(word -> isSpelled(text, word));
        return known ? Kind.BOOLEAN : Kind.STRING;
    }

    /** In small letters, in capitals, or with one capital at the start. */
    private static boolean isSpelled(String text, String word) {
        return text.equals(word)
                || text.equals(word.toUpperCase(Locale.ROOT))
                || text.equals(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }

    /** Which boolean. */
    static boolean isTrue(String text) {
        return TRUE.contains(text.toLowerCase(Locale.ROOT));
    }
}

package samestep.syntax.toml;

import java.util.regex.Pattern;
import samestep.syntax.yaml.YamlScalar;

/** What words without quotes are, and what a backslash makes. */
final class TomlWords {
    private static final Pattern INTEGER = Pattern.compile("[-+]?\\d(?:_?\\d){0,400}");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?\\d(?:_?\\d){0,400}(?:\\.\\d(?:_?\\d){0,400})?(?:[eE][-+]?\\d(?:_?\\d){0,9})?");

    private TomlWords() {}

    /** The kind; a word that is not a number or a truth value is a text, such as {@code inf} or a date. */
    static YamlScalar.Kind kind(String word) {
        if (word.equals("true") || word.equals("false")) {
            return YamlScalar.Kind.BOOLEAN;
        }
        if (INTEGER.matcher(word).matches()) {
            return YamlScalar.Kind.INTEGER;
        }
        return FLOAT.matcher(word).matches() ? YamlScalar.Kind.FLOAT : YamlScalar.Kind.STRING;
    }

    /** The character after a backslash; of a Unicode escape its letter. */
    static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }
}

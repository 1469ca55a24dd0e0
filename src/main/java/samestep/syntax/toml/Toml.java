package samestep.syntax.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Outcome;
import samestep.syntax.SyntaxFindings;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * Reads TOML 1.0 into the values of YAML, with their places. Lists of tables ({@code [[a]]}) and texts of several lines are errors: no
 * configuration that is read has them. Source: toml.io/en/v1.0.0.
 */
public final class Toml {
    private static final int DEEPEST = 60;

    private final String text;
    private final SyntaxFindings findings;
    private final TomlTable root = new TomlTable(new Span(0, 0));
    private int at;

    private Toml(SourceText source) {
        this.text = source.text();
        this.findings = new SyntaxFindings(source);
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    /** The tables of a text; without a value where it is not TOML. */
    public static Outcome<YamlMapping> parse(SourceText source) {
        Toml reader = new Toml(source);
        reader.lines();
        return reader.findings.toList().isEmpty()
                ? Outcome.of(reader.root.mapping(), List.of())
                : Outcome.failed(reader.findings.toList());
    }

    /** The first error ends the reading. */
    private void lines() {
        TomlTable table = root;
        skip(true);
        while (at < text.length()) {
            int start = at;
            if (text.startsWith("[[", at)) {
                findings.error(new Span(at, at + 2), "lists of tables cannot be read yet", "");
                return;
            }
            if (text.charAt(at) == '[') {
                at++;
                List<YamlScalar> keys = keys();
                if (keys.isEmpty() || !take(']')) {
                    fail(start, "expected the name of a table in brackets");
                    return;
                }
                Optional<TomlTable> named = root.inner(keys).filter(TomlTable::open);
                if (named.isEmpty()) {
                    fail(start, "this table is given twice");
                    return;
                }
                table = named.get();
            } else if (!pair(table)) {
                return;
            }
            skip(false);
            if (at < text.length() && text.charAt(at) != '\n') {
                fail(at, "expected the end of the line");
                return;
            }
            skip(true);
        }
    }

    private boolean pair(TomlTable table) {
        int start = at;
        List<YamlScalar> keys = keys();
        if (keys.isEmpty() || !take('=')) {
            fail(start, "expected a name and =");
            return false;
        }
        skip(false);
        int before = findings.toList().size();
        YamlValue value = value(0);
        if (findings.toList().size() > before) {
            return false;
        }
        YamlScalar last = keys.get(keys.size() - 1);
        Optional<TomlTable> inner = table.inner(keys.subList(0, keys.size() - 1));
        if (inner.isEmpty() || !inner.get().put(new YamlEntry(last, value))) {
            findings.error(last.span(), last.text() + " is given twice", "");
            return false;
        }
        return true;
    }

    /** Names with dots between them; none where there is something else. */
    private List<YamlScalar> keys() {
        List<YamlScalar> keys = new ArrayList<>();
        do {
            skip(false);
            int start = at;
            if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
                keys.add(quoted());
            } else {
                while (at < text.length() && isBare(text.charAt(at))) {
                    at++;
                }
                if (at == start) {
                    return List.of();
                }
                keys.add(scalar(text.substring(start, at), YamlScalar.Kind.STRING, YamlScalar.Style.PLAIN, start));
            }
            skip(false);
        } while (take('.'));
        return keys;
    }

    private YamlValue value(int depth) {
        int start = at;
        char first = at < text.length() ? text.charAt(at) : '\n';
        if (depth > DEEPEST) {
            fail(start, "it nests too deep");
        } else if (first == '[') {
            return list(depth);
        } else if (first == '{') {
            return table(depth);
        } else if (first == '"' || first == '\'') {
            return quoted();
        } else {
            while (at < text.length() && (isBare(text.charAt(at)) || "+.:".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            if (at == start) {
                fail(start, "expected a value");
            }
            String word = text.substring(start, at);
            YamlScalar.Kind kind = TomlWords.kind(word);
            boolean isNumber = kind == YamlScalar.Kind.INTEGER || kind == YamlScalar.Kind.FLOAT;
            return scalar(isNumber ? word.replace("_", "") : word, kind, YamlScalar.Style.PLAIN, start);
        }
        return scalar("", YamlScalar.Kind.NULL, YamlScalar.Style.PLAIN, start);
    }

    private YamlValue list(int depth) {
        int start = at++;
        List<YamlValue> elements = new ArrayList<>();
        skip(true);
        while (at < text.length() && text.charAt(at) != ']') {
            int before = at;
            elements.add(value(depth + 1));
            skip(true);
            if (at == before || !take(',') && at < text.length() && text.charAt(at) != ']') {
                fail(at, "expected , or ]");
                break;
            }
            skip(true);
        }
        close(']', start);
        return new YamlSequence(elements, true, "", new Span(start, at));
    }

    private YamlValue table(int depth) {
        int start = at++;
        TomlTable inner = new TomlTable(new Span(start, start + 1));
        skip(false);
        while (at < text.length() && text.charAt(at) != '}') {
            if (depth > DEEPEST || !pair(inner)) {
                break;
            }
            skip(false);
            if (!take(',')) {
                break;
            }
            skip(false);
        }
        close('}', start);
        return new YamlMapping(inner.mapping().entries(), true, "", new Span(start, at));
    }

    private void close(char bracket, int start) {
        if (!take(bracket)) {
            fail(start, "it is not closed");
        }
    }

    private YamlScalar quoted() {
        int start = at;
        char mark = text.charAt(at++);
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != mark && text.charAt(at) != '\n') {
            char next = text.charAt(at++);
            if (next == '\\' && mark == '"' && at < text.length()) {
                content.append(TomlWords.escaped(text.charAt(at++)));
            } else {
                content.append(next);
            }
        }
        boolean isLong =
                content.length() == 0 && text.startsWith(String.valueOf(mark).repeat(3), start);
        if (isLong || !take(mark)) {
            fail(start, isLong ? "texts of several lines cannot be read yet" : "the text is not closed");
        }
        return scalar(content.toString(), YamlScalar.Kind.STRING, YamlScalar.Style.QUOTED, start);
    }

    private YamlScalar scalar(String word, YamlScalar.Kind kind, YamlScalar.Style style, int start) {
        return new YamlScalar(word, kind, style, "", new Span(start, at));
    }

    private boolean take(char c) {
        boolean is = at < text.length() && text.charAt(at) == c;
        at += is ? 1 : 0;
        return is;
    }

    /** Passes blanks and a comment, and with {@code lines} what is on the next lines too. */
    private void skip(boolean lines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || lines && c == '\n') {
                at++;
            } else {
                return;
            }
        }
    }

    private static boolean isBare(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }

    private void fail(int from, String message) {
        findings.error(new Span(Math.min(from, text.length()), Math.min(from + 1, text.length())), message, "");
    }
}

package samestep.syntax.ini;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.syntax.SyntaxFindings;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * Reads the file line by line, as Darknet does: all blanks of a line are taken out, those within a value too; a line that
 * then begins with {@code #} or {@code ;} is a comment, one that begins with {@code [} is a section's name, and in any other
 * line the first {@code =} ends the key. There are no comments after a value. Source: parser.c, read_cfg; utils.c,
 * strip; option_list.c, read_option.
 */
public final class Ini {
    private final SourceText source;
    private final String text;
    private final SyntaxFindings findings;
    private final List<IniSection> sections = new ArrayList<>();
    private final List<IniOption> options = new ArrayList<>();
    private Optional<Span> name = Optional.empty();

    private Ini(SourceText source) {
        this.source = source;
        this.text = source.text();
        this.findings = new SyntaxFindings(source);
    }

    /** Reads a text; lines that are not options are findings, and what can be read is read. */
    public static Outcome<IniDocument> parse(SourceText source) {
        Ini reader = new Ini(source);
        int start = source.text().startsWith("\uFEFF") ? 1 : 0;
        while (start < reader.text.length()) {
            int end = reader.text.indexOf('\n', start);
            end = end < 0 ? reader.text.length() : end;
            reader.line(trimmed(reader.text, start, end));
            start = end + 1;
        }
        reader.close(reader.text.length());
        return Outcome.of(new IniDocument(source, reader.sections), reader.findings.toList());
    }

    private void line(Span line) {
        if (line.length() == 0 || text.charAt(line.start()) == '#' || text.charAt(line.start()) == ';') {
            return;
        }
        if (text.charAt(line.start()) == '[') {
            section(line);
        } else if (name.isEmpty()) {
            findings.error(line, "before the first section there can be comments only", "Expected [net].");
        } else {
            option(line);
        }
    }

    private void section(Span line) {
        close(line.start());
        name = Optional.of(line);
        if (text.charAt(line.end() - 1) != ']') {
            findings.error(line, "a section's name ends the line: Darknet takes all of it for the name", "Expected ].");
        }
    }

    private void option(Span line) {
        int equals = text.indexOf('=', line.start());
        if (equals < 0 || equals >= line.end() - 1) {
            findings.add(
                    Finding.at(new Place(source, line), Code.SS001, "expected KEY=VALUE; Darknet ignores this line")
                            .as(Severity.WARNING));
            return;
        }
        Span key = trimmed(text, line.start(), equals);
        Span value = trimmed(text, equals + 1, line.end());
        options.add(new IniOption(withoutBlanks(source.slice(key)), key, withoutBlanks(source.slice(value)), value));
    }

    /** Ends the section that is open. */
    private void close(int end) {
        name.ifPresent(line -> {
            String whole = withoutBlanks(source.slice(line));
            String inner = whole.endsWith("]") ? whole.substring(1, whole.length() - 1) : whole.substring(1);
            sections.add(new IniSection(inner, line, new Span(line.start(), end), options));
        });
        options.clear();
        name = Optional.empty();
    }

    private static Span trimmed(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return new Span(start, end);
    }

    private static String withoutBlanks(String text) {
        StringBuilder kept = new StringBuilder();
        text.chars().filter(c -> !isBlank((char) c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}

package samestep.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A comment that says which findings are not to be reported: {@code # samestep: ignore[SS204] reason} after the line or
 * in comments right above it, {@code # samestep: ignore-file[SS204] reason} anywhere for the whole file.
 *
 * @param place the comment
 * @param codes what is not reported
 * @param wholeFile whether it holds for the whole file
 * @param line the line that it holds for if it does not hold for the whole file, from 1
 * @param reason why, as it is written; may be empty
 */
record Suppression(Place place, Set<Code> codes, boolean wholeFile, int line, String reason) {
    private static final String WORD = "samestep:";
    private static final Pattern COMMENT =
            Pattern.compile("#\\s*samestep:\\s*ignore(-file)?\\b[ \\t]*(?:\\[([^\\]\\r\\n]*)\\])?([^\\r\\n]*)");

    Suppression {
        codes = Set.copyOf(codes);
    }

    /** Whether it is about a finding of its file. */
    boolean covers(Finding finding) {
        return codes.contains(finding.code())
                && (wholeFile
                        || finding.place()
                                .filter(p -> p.position().line() == line)
                                .isPresent());
    }

    /** Those of a file; what is wrong with one is added to the findings. */
    static List<Suppression> in(SourceText source, List<Finding> findings) {
        List<Suppression> all = new ArrayList<>();
        // JSON has no comments, and what looks like one there is a text.
        if (!source.text().contains(WORD)
                || source.name().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return all;
        }
        Matcher comment = COMMENT.matcher(source.text());
        while (comment.find()) {
            Place place = new Place(source, new Span(comment.start(), comment.end()));
            Set<Code> codes = EnumSet.noneOf(Code.class);
            String list = Optional.ofNullable(comment.group(2)).orElse("");
            for (String word : list.split(",", -1)) {
                code(word.strip(), place, findings).ifPresent(codes::add);
            }
            String reason = Optional.ofNullable(comment.group(3)).orElse("").strip();
            all.add(new Suppression(place, codes, comment.group(1) != null, line(source, place), reason));
        }
        return all;
    }

    private static Optional<Code> code(String word, Place place, List<Finding> findings) {
        for (Code code : Code.values()) {
            if (code.name().equals(word)) {
                return Optional.of(code);
            }
        }
        findings.add(Finding.at(
                place,
                Code.SS801,
                word.isEmpty()
                        ? "say what is ignored: ignore[SS601]"
                        : "there is no finding " + word + "; \"translate explain SS\" lists them"));
        return Optional.empty();
    }

    /** The comment's own line; for a comment on a line of its own, the next line that is not a comment. */
    private static int line(SourceText source, Place place) {
        int line = place.position().line();
        int lines = source.position(source.text().length()).line();
        boolean alone = isComment(source, line);
        while (alone && line < lines && isComment(source, line)) {
            line++;
        }
        return line;
    }

    /** Whether a line holds a comment only; in a notebook a line of a cell is a string of its own. */
    private static boolean isComment(SourceText source, int line) {
        String text = source.line(line).stripLeading();
        boolean isNotebook = source.name().toLowerCase(Locale.ROOT).endsWith(".ipynb");
        return (isNotebook && text.startsWith("\"") ? text.substring(1).stripLeading() : text).startsWith("#");
    }
}

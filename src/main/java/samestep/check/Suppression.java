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
 * in comments right above it, {@code # samestep: ignore-file[SS204] reason} anywhere for the whole file, and
 * {@code # samestep: ignore-start[SS204] reason} up to {@code # samestep: ignore-end[SS204]} for the lines between.
 *
 * @param place the comment
 * @param codes what is not reported
 * @param first the first line that it holds for, from 1
 * @param last the last line that it holds for
 * @param reason why, as it is written; may be empty
 */
record Suppression(Place place, Set<Code> codes, int first, int last, String reason) {
    private static final String WORD = "samestep:";
    private static final Pattern COMMENT = Pattern.compile(
            "#\\s*samestep:\\s*ignore(-file|-start|-end)?\\b[ \\t]*(?:\\[([^\\]\\r\\n]*)\\])?([^\\r\\n]*)");

    Suppression {
        codes = Set.copyOf(codes);
    }

    /** Whether it is about a finding of its file. */
    boolean covers(Finding finding) {
        return codes.contains(finding.code())
                && finding.place()
                        .map(p -> p.position().line())
                        .filter(line -> line >= first && line <= last)
                        .isPresent();
    }

    /** The same, up to a line. */
    private Suppression upTo(int line) {
        return new Suppression(place, codes, first, line, reason);
    }

    /** Those of a file; what is wrong with one is added to the findings. */
    static List<Suppression> in(SourceText source, List<Finding> findings) {
        List<Suppression> all = new ArrayList<>();
        // JSON has no comments, and what looks like one there is a text.
        if (!source.text().contains(WORD)
                || source.name().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return all;
        }
        List<Suppression> open = new ArrayList<>();
        Matcher comment = COMMENT.matcher(source.text());
        while (comment.find()) {
            Place place = new Place(source, new Span(comment.start(), comment.end()));
            Set<Code> codes = codes(comment, place, findings);
            String reason = Optional.ofNullable(comment.group(3)).orElse("").strip();
            int line = place.position().line();
            switch (Optional.ofNullable(comment.group(1)).orElse("")) {
                case "-file" -> all.add(new Suppression(place, codes, 1, Integer.MAX_VALUE, reason));
                case "-start" -> open.add(new Suppression(place, codes, line, Integer.MAX_VALUE, reason));
                case "-end" -> end(codes, place, open, findings).ifPresent(all::add);
                default -> {
                    int held = line(source, place);
                    all.add(new Suppression(place, codes, held, held, reason));
                }
            }
        }
        for (Suppression start : open) {
            findings.add(Finding.at(start.place(), Code.SS801, "no ignore-end for it, so it ignores nothing")
                    .detail("Write \"# samestep: ignore-end[" + names(start.codes()) + "]\" after the last line that it"
                            + " is for; for the whole file write ignore-file."));
        }
        return all;
    }

    /** The latest open start with these codes, which ends here. */
    private static Optional<Suppression> end(
            Set<Code> codes, Place place, List<Suppression> open, List<Finding> findings) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).codes().equals(codes)) {
                return Optional.of(open.remove(i).upTo(place.position().line()));
            }
        }
        if (!codes.isEmpty()) {
            findings.add(Finding.at(
                    place, Code.SS801, "no ignore-start[" + names(codes) + "] above it, so it ends nothing"));
        }
        return Optional.empty();
    }

    /** Codes as a comment lists them. */
    static String names(Set<Code> codes) {
        return String.join(", ", codes.stream().sorted().map(Code::name).toList());
    }

    private static Set<Code> codes(Matcher comment, Place place, List<Finding> findings) {
        Set<Code> codes = EnumSet.noneOf(Code.class);
        String list = Optional.ofNullable(comment.group(2)).orElse("");
        for (String word : list.split(",", -1)) {
            code(word.strip(), place, findings).ifPresent(codes::add);
        }
        return codes;
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

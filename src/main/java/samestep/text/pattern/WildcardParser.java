package samestep.text.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import samestep.text.pattern.Wildcard.Kind;
import samestep.text.pattern.Wildcard.Step;

/** Reads a wildcard pattern as git's wildmatch does, what it makes of broken ones included. */
final class WildcardParser {
    private final byte[] pattern;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    private WildcardParser(byte[] pattern, int from) {
        this.pattern = pattern;
        this.at = from;
    }

    /**
     * The pattern from an offset on.
     *
     * @param from where git begins to look for wildcards: what is before it is literal, and not looked at here
     */
    static Wildcard parse(byte[] pattern, int from) {
        WildcardParser parser = new WildcardParser(pattern, from);
        parser.parse(from);
        return new Wildcard(parser.steps);
    }

    /** The byte at an offset; 0 at the end, as in C. */
    private int byteAt(int offset) {
        return offset < pattern.length ? pattern[offset] & 0xff : 0;
    }

    private void parse(int start) {
        while (at < pattern.length) {
            switch (byteAt(at)) {
                case '*' -> star(start);
                case '?' -> {
                    ByteSet any = new ByteSet();
                    any.addRange(0, 255);
                    add(any);
                    at++;
                }
                case '[' -> set();
                case '\\' -> {
                    at++;
                    if (at == pattern.length) {
                        steps.add(Step.of(Kind.NEVER));
                    } else {
                        steps.add(new Step(Kind.BYTE, ByteSet.of(byteAt(at++))));
                    }
                }
                default -> steps.add(new Step(Kind.BYTE, ByteSet.of(byteAt(at++))));
            }
        }
    }

    /** Wildcards for one byte never take a slash. */
    private void add(ByteSet set) {
        set.remove('/');
        steps.add(new Step(Kind.BYTE, set));
    }

    private void star(int start) {
        int first = at;
        while (byteAt(at) == '*') {
            at++;
        }
        boolean begins = first == start || byteAt(first - 1) == '/';
        boolean escapedSlash = byteAt(at) == '\\' && byteAt(at + 1) == '/';
        boolean ends = at == pattern.length || byteAt(at) == '/' || escapedSlash;
        if (at - first == 1 || !begins || !ends) {
            steps.add(Step.of(Kind.STAR));
        } else if (byteAt(at) == '/') {
            steps.add(Step.of(Kind.OPTIONAL));
            steps.add(Step.of(Kind.FOLDERS));
            at++;
        } else {
            steps.add(Step.of(Kind.ALL));
        }
    }

    /** A class in brackets. */
    private void set() {
        ByteSet set = new ByteSet();
        at++;
        boolean negated = byteAt(at) == '!' || byteAt(at) == '^';
        if (negated) {
            at++;
        }
        int before = 0;
        do {
            before = member(set, before);
            at++;
        } while (before >= 0 && (byteAt(at) != ']' || at >= pattern.length));
        if (before < 0) {
            steps.add(Step.of(Kind.NEVER));
            at = pattern.length;
            return;
        }
        at++;
        if (negated) {
            set.invert();
        }
        add(set);
    }

    /** One member; gives what a range may begin with, 0 for none, and -1 where the class is broken. */
    private int member(ByteSet set, int before) {
        int value = byteAt(at);
        if (value == 0) {
            return -1;
        }
        if (value == '\\') {
            at++;
            set.add(byteAt(at));
            return byteAt(at) == 0 ? -1 : byteAt(at);
        }
        if (value == '-' && before != 0 && byteAt(at + 1) != 0 && byteAt(at + 1) != ']') {
            at++;
            if (byteAt(at) == '\\') {
                at++;
            }
            set.addRange(before, byteAt(at));
            return byteAt(at) == 0 ? -1 : 0;
        }
        if (value == '[' && byteAt(at + 1) == ':') {
            return named(set);
        }
        set.add(value);
        return value;
    }

    private int named(ByteSet set) {
        int start = at + 2;
        int end = start;
        while (byteAt(end) != 0 && byteAt(end) != ']') {
            end++;
        }
        if (byteAt(end) == 0) {
            return -1;
        }
        if (end - start < 1 || byteAt(end - 1) != ':') {
            // No ":]": a bracket like any other character.
            set.add('[');
            return '[';
        }
        String name = new String(pattern, start, end - 1 - start, StandardCharsets.ISO_8859_1);
        at = end;
        return set.addClass(name) ? 0 : -1;
    }
}

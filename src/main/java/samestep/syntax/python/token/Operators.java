package samestep.syntax.python.token;

import java.util.List;

/** The operators and other marks, longest first. */
final class Operators {
    private static final List<String> LONG = List.of(
            "**=", "//=", ">>=", "<<=", "...", "!=", "->", ":=", "==", "<=", ">=", "<>", "+=", "-=", "*=", "/=", "%=",
            "&=", "|=", "^=", "@=", "**", "//", "<<", ">>");

    private static final String SINGLE = "+-*/%@&|^~<>()[]{},:.;=";

    private static final String[] TEXTS = new String[128];

    static {
        SINGLE.chars().forEach(c -> TEXTS[c] = String.valueOf((char) c));
    }

    private Operators() {}

    /** The operator at an offset; empty if there is none. */
    static String at(String text, int at, int limit) {
        char c = text.charAt(at);
        if (at + 1 < limit && (SINGLE.indexOf(text.charAt(at + 1)) >= 0)) {
            for (String operator : LONG) {
                if (at + operator.length() <= limit && text.startsWith(operator, at)) {
                    return operator;
                }
            }
        }
        return SINGLE.indexOf(c) >= 0 ? TEXTS[c] : "";
    }
}

package samestep.syntax.prototxt;

import java.util.List;
import java.util.Optional;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxFindings;
import samestep.text.SourceText;
import samestep.text.Span;

/** Says what is wrong and finds the place to continue from. */
final class Recovery {
    private final SourceText source;
    private final Input input;
    private final Nesting nesting;
    private final SyntaxFindings findings;
    private boolean endReported;

    Recovery(SourceText source, Input input, Nesting nesting, SyntaxFindings findings) {
        this.source = source;
        this.input = input;
        this.nesting = nesting;
        this.findings = findings;
    }

    /** Records that the token here is not the expected one. */
    void unexpected(String expected) {
        unexpected(expected, "");
    }

    /** The same with what to do about it, where the token found does not suggest anything. */
    void unexpected(String expected, String otherwise) {
        TokenKind kind = input.kind();
        if (input.isStopped() || endReported && kind == TokenKind.END) {
            return;
        }
        endReported |= kind == TokenKind.END;
        String found = switch (kind) {
            case END -> "the end of the file";
            case PLACEHOLDER -> "the placeholder " + Quoting.quote(input.text());
            case UNCLOSED_STRING -> "a string that is not closed: " + Quoting.quote(input.text());
            case MALFORMED_NUMBER -> Quoting.quote(input.text()) + ", which is not a number";
            default -> Quoting.quote(input.text());
        };
        String remedy = Remedies.of(kind, input.text(), source.text().startsWith("//", input.start()));
        findings.error(
                input.span(), "expected " + expected + ", found " + found, remedy.isEmpty() ? otherwise : remedy);
    }

    /**
     * Skips to the next line or the closing brace of this message, whichever comes first. Braces that open on the way
     * are skipped with all they hold: their contents belong to no field that could be named.
     */
    void skipLine() {
        if (input.startsLine() && input.isFieldStart()) {
            return;
        }
        int open = 0;
        if (closesAngle()) {
            return;
        }
        do {
            if (input.isSymbol('{')) {
                open++;
            } else if (input.isSymbol('}') && --open < 0) {
                return;
            }
            input.advance();
        } while (!input.is(TokenKind.END) && (open > 0 || !input.startsLine() && !closesAngle()));
    }

    /** Skips to after the closing bracket, or to where the list must have ended. */
    void skipList() {
        int open = 0;
        while (!input.is(TokenKind.END) && (open > 0 || !input.isFieldStart())) {
            if (input.isSymbol('{') || input.isSymbol('[')) {
                open++;
            } else if (input.isSymbol('}') || input.isSymbol(']')) {
                open--;
            }
            if (open < 0) {
                input.take(']');
                return;
            }
            input.advance();
        }
    }

    /** Skips a message with all it holds. */
    void skipMessage() {
        int open = 0;
        do {
            if (input.isSymbol('{') || input.isSymbol('<')) {
                open++;
            } else if (input.isSymbol('}') || input.isSymbol('>')) {
                open--;
            }
            input.advance();
        } while (open > 0 && !input.is(TokenKind.END));
    }

    /**
     * Records that a message is not closed, with the field that shows where its brace should be. Of all that
     * the end of the file leaves open only the innermost is reported: the others have the same cause.
     */
    void unclosed(String name, Span brace, List<PrototxtField> fields) {
        if (endReported || input.isStopped() || findings.isFull()) {
            return;
        }
        endReported = input.is(TokenKind.END);
        String closing = source.slice(brace).equals("<") ? ">" : "}";
        String message = "expected \"" + closing + "\" to close " + Quoting.quote(name + " " + source.slice(brace))
                + ", found " + (endReported ? "the end of the file" : Quoting.quote(input.text()));
        String remedy = outdented(brace, fields)
                .map(field -> "probably missing before " + Quoting.quote(field.name()) + " in line "
                        + source.position(field.nameSpan().start()).line())
                .orElse("write " + closing + " after its last field");
        findings.error(brace, message, remedy);
    }

    /** The first field on a later line that is indented no deeper than the line that opens the message. */
    private Optional<PrototxtField> outdented(Span brace, List<PrototxtField> fields) {
        int opened = source.position(brace.start()).line();
        String line = source.line(opened);
        int indent = line.length() - line.stripLeading().length();
        return fields.stream()
                .filter(field -> indentOf(field) <= indent)
                .filter(field -> source.position(field.nameSpan().start()).line() > opened)
                .findFirst();
    }

    /** How many blanks are before the field in its line; the largest integer if it is not the first. */
    private int indentOf(PrototxtField field) {
        int start = field.nameSpan().start();
        int at = start;
        while (at > 0 && (source.text().charAt(at - 1) == ' ' || source.text().charAt(at - 1) == '\t')) {
            at--;
        }
        boolean first =
                at == 0 || source.text().charAt(at - 1) == '\n' || source.text().charAt(at - 1) == '\r';
        return first ? start - at : Integer.MAX_VALUE;
    }

    private boolean closesAngle() {
        return input.isSymbol('>') && nesting.awaits(true);
    }
}

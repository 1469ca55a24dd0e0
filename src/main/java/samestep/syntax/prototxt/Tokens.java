package samestep.syntax.prototxt;

import java.util.ArrayList;
import java.util.List;
import samestep.text.SourceText;
import samestep.text.Span;

/** All tokens of a text; put together they are the text again. */
final class Tokens {
    private Tokens() {}

    /**
     * A token.
     *
     * @param kind what it is
     * @param span where it is
     */
    record Token(TokenKind kind, Span span) {}

    /** The tokens in order, without the empty one at the end. */
    static List<Token> of(SourceText source) {
        List<Token> tokens = new ArrayList<>();
        Scanner scanner = new Scanner(source.text());
        scanner.advance();
        while (scanner.kind() != TokenKind.END) {
            tokens.add(new Token(scanner.kind(), new Span(scanner.start(), scanner.end())));
            scanner.advance();
        }
        return tokens;
    }
}

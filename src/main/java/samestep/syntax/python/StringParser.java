package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.syntax.python.token.FormatScanner;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.token.Tokenizer;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.StringPiece;
import samestep.text.Span;

/** Reads strings and the fields of f-strings. */
final class StringParser {
    private StringParser() {}

    /** The strings that follow each other. */
    static Expression.Text text(Cursor cursor) {
        int start = cursor.start();
        List<StringPiece> pieces = new ArrayList<>();
        while (cursor.is(TokenKind.STRING)) {
            pieces.add(piece(cursor, cursor.next()));
        }
        return new Expression.Text(pieces, cursor.since(start));
    }

    private static StringPiece piece(Cursor cursor, Token token) {
        String text = token.text();
        int letters = 0;
        while (text.charAt(letters) != '"' && text.charAt(letters) != '\'') {
            letters++;
        }
        String prefix = text.substring(0, letters).toLowerCase(Locale.ROOT);
        String three = String.valueOf(text.charAt(letters)).repeat(3);
        int quotes = text.startsWith(three, letters) && text.length() >= letters + 6 ? 3 : 1;
        int quote = token.start() + letters;
        Span body = new Span(quote + quotes, Math.max(quote + quotes, token.end() - quotes));
        boolean isFormatted = prefix.contains("f") || prefix.contains("t");
        List<StringPiece.Field> fields = isFormatted
                ? fields(cursor, FormatScanner.fields(cursor.text(), quote, token.end(), prefix.contains("r")))
                : List.of();
        return new StringPiece(prefix, body, fields, token.span());
    }

    private static List<StringPiece.Field> fields(Cursor cursor, List<FormatScanner.Field> scanned) {
        List<StringPiece.Field> fields = new ArrayList<>();
        for (FormatScanner.Field field : scanned) {
            boolean hasFormat = field.formatText().start() > field.span().start()
                    && cursor.text().charAt(field.formatText().start() - 1) == ':';
            fields.add(new StringPiece.Field(
                    expression(cursor, field.expression()),
                    field.debug(),
                    field.conversion(),
                    hasFormat ? Optional.of(field.formatText()) : Optional.empty(),
                    fields(cursor, field.format()),
                    field.span()));
        }
        return fields;
    }

    private static Expression expression(Cursor outer, Span span) {
        Cursor cursor = new Cursor(outer.text(), Tokenizer.tokenizeExpression(outer.text(), span));
        cursor.resetDepth(outer.depth() + 1);
        try {
            Expression value = new ExpressionParser(cursor).listOrYield();
            if (!cursor.is(TokenKind.END)) {
                throw cursor.problem("the end of the field");
            }
            return Heights.isTooDeep(value) ? new Expression.Opaque("too deep", span) : value;
        } catch (SyntaxProblem problem) {
            return new Expression.Opaque(String.valueOf(problem.getMessage()), span);
        }
    }
}

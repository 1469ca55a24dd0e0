package samestep.syntax.prototxt;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import samestep.syntax.Quoting;
import samestep.text.Span;

/** Reads the names of fields. */
final class FieldNames {
    private final Input input;
    private final Recovery recovery;
    private final Map<String, String> known = new HashMap<>();

    FieldNames(Input input, Recovery recovery) {
        this.input = input;
        this.recovery = recovery;
    }

    /** Reads the name that should be here; if there is no name, records that and skips what is here. */
    Optional<FieldName> read() {
        if (input.is(TokenKind.IDENTIFIER)) {
            FieldName name = new FieldName(known.computeIfAbsent(input.text(), text -> text), input.span());
            input.advance();
            return Optional.of(name);
        }
        if (input.isSymbol('[')) {
            return bracketed();
        }
        recovery.unexpected("a field name", advice());
        if (input.isSymbol(',') || input.isSymbol(';')) {
            input.advance();
        } else {
            recovery.skipLine();
        }
        return Optional.empty();
    }

    private String advice() {
        if (input.is(TokenKind.NUMBER) || input.is(TokenKind.STRING)) {
            return "several values are written name: [1, 2], or as one field each";
        }
        boolean partOfWord = input.isSymbol(':') && input.start() == input.previousEnd();
        return partOfWord ? "put quotes around text that holds such characters" : "";
    }

    /** An extension {@code [foo.bar]} or a type {@code [type.googleapis.com/foo.Bar]}. */
    private Optional<FieldName> bracketed() {
        int start = input.start();
        StringBuilder text = new StringBuilder("[");
        input.advance();
        while (isNamePart() && !input.isFieldStart()) {
            text.append(input.text());
            input.advance();
        }
        boolean empty = text.length() == 1;
        if (!input.isSymbol(']') || empty) {
            String expected = empty ? "the name of an extension" : "\"]\"";
            recovery.unexpected(expected + " after " + Quoting.quote(text.toString()));
            recovery.skipLine();
            return Optional.empty();
        }
        input.advance();
        return Optional.of(new FieldName(text.append(']').toString(), new Span(start, input.previousEnd())));
    }

    private boolean isNamePart() {
        return input.is(TokenKind.IDENTIFIER)
                || input.is(TokenKind.NUMBER)
                || input.isSymbol('.')
                || input.isSymbol('/')
                || input.isSymbol('-');
    }
}

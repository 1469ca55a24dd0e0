package samestep.syntax.prototxt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxFindings;
import samestep.text.SourceText;
import samestep.text.Span;

/** One run of the parser. Recursion is as deep as the messages nest, which {@link Prototxt#MAX_DEPTH} bounds. */
final class Parser {
    private final SourceText source;
    private final SyntaxFindings findings;
    private final Input input;
    private final Scalars scalars;
    private final Recovery recovery;
    private final Map<String, String> names = new HashMap<>();
    private final Nesting nesting = new Nesting();
    private int values;

    Parser(SourceText source) {
        this.source = source;
        this.findings = new SyntaxFindings(source);
        this.input = new Input(source.text());
        this.recovery = new Recovery(source, input, nesting, findings);
        this.scalars = new Scalars(source.text(), input, findings, recovery);
    }

    Outcome<PrototxtDocument> parse() {
        List<PrototxtField> fields = new ArrayList<>();
        while (!input.is(TokenKind.END)) {
            if (input.isSymbol('}') || input.isSymbol('>')) {
                findings.error(input.span(), input.text() + " closes nothing", "remove it, or find the brace it belongs to");
                input.advance();
            } else {
                field(fields);
            }
        }
        warnOfCarriageReturns();
        PrototxtMessage root = new PrototxtMessage(fields, new Span(0, source.text().length()));
        return Outcome.of(new PrototxtDocument(source, root, input.comments()), findings.toList());
    }

    private void field(List<PrototxtField> fields) {
        Optional<Name> name = name();
        if (name.isEmpty()) {
            return;
        }
        boolean colon = input.take(':');
        if (isMessageStart()) {
            Optional<PrototxtMessage> message = message(name.get());
            message.ifPresent(value -> add(fields, name.get(), value, name.get().span().start()));
        } else if (input.isSymbol('[')) {
            list(fields, name.get(), colon);
        } else if (colon) {
            Optional<PrototxtScalar> scalar = scalars.read(name.get().text(), ":");
            scalar.ifPresent(value -> add(fields, name.get(), value, name.get().span().start()));
            if (scalar.isEmpty()) {
                recovery.skipLine();
                return;
            }
        } else {
            recovery.unexpected("\":\" or \"{\" after " + Quoting.quote(name.get().text()));
            recovery.skipLine();
            return;
        }
        if (!input.take(';')) {
            input.take(',');
        }
    }

    /** A field's name. */
    private record Name(String text, Span span) {}

    private Optional<Name> name() {
        if (input.is(TokenKind.IDENTIFIER)) {
            Name name = new Name(names.computeIfAbsent(input.text(), text -> text), input.span());
            input.advance();
            return Optional.of(name);
        }
        if (input.isSymbol('[')) {
            return bracketedName();
        }
        recovery.unexpected("a field name", adviceForNoName());
        if (input.isSymbol(',') || input.isSymbol(';')) {
            input.advance();
        } else {
            recovery.skipLine();
        }
        return Optional.empty();
    }

    private String adviceForNoName() {
        if (input.is(TokenKind.NUMBER) || input.is(TokenKind.STRING)) {
            return "several values are written name: [1, 2], or as one field each";
        }
        boolean partOfWord = input.isSymbol(':') && input.start() == input.previousEnd();
        return partOfWord ? "put quotes around text that holds such characters" : "";
    }

    private Optional<Name> bracketedName() {
        int start = input.start();
        StringBuilder text = new StringBuilder("[");
        input.advance();
        while (isNamePart()) {
            text.append(input.text());
            input.advance();
        }
        boolean empty = text.length() == 1;
        if (!input.isSymbol(']') || empty) {
            recovery.unexpected((empty ? "the name of an extension after " : "\"]\" after ") + Quoting.quote(text.toString()));
            recovery.skipLine();
            return Optional.empty();
        }
        input.advance();
        return Optional.of(new Name(text.append(']').toString(), new Span(start, input.previousEnd())));
    }

    private boolean isNamePart() {
        return input.is(TokenKind.IDENTIFIER)
                || input.is(TokenKind.NUMBER)
                || input.isSymbol('.')
                || input.isSymbol('/')
                || input.isSymbol('-');
    }

    private boolean isMessageStart() {
        return input.isSymbol('{') || input.isSymbol('<');
    }

    /** Reads a message up to its closing brace; where the brace is missing, the message is what was read. */
    private Optional<PrototxtMessage> message(Name name) {
        int start = input.start();
        boolean angle = input.isSymbol('<');
        if (nesting.depth() == Prototxt.MAX_DEPTH) {
            findings.error(input.span(), "messages nest deeper than " + Prototxt.MAX_DEPTH, "is a closing brace missing?");
            recovery.skipMessage();
            return Optional.empty();
        }
        nesting.open(angle);
        input.advance();
        List<PrototxtField> fields = new ArrayList<>();
        while (!input.is(TokenKind.END) && !input.isSymbol('}') && !input.isSymbol('>')) {
            field(fields);
        }
        close(name, start, angle, fields);
        nesting.close(angle);
        return Optional.of(new PrototxtMessage(fields, new Span(start, Math.max(start + 1, input.previousEnd()))));
    }

    private void close(Name name, int start, boolean angle, List<PrototxtField> fields) {
        while (!input.take(angle ? '>' : '}')) {
            if (input.isStopped()) {
                return;
            }
            if (input.is(TokenKind.END) || nesting.awaits(input.isSymbol('>'))) {
                recovery.unclosed(name.text(), new Span(start, start + 1), fields);
                return;
            }
            findings.error(input.span(), "expected \"" + (angle ? ">" : "}") + "\", found \"" + input.text() + "\"", "");
            input.advance();
            while (!input.is(TokenKind.END) && !input.isSymbol('}') && !input.isSymbol('>')) {
                field(fields);
            }
        }
    }

    private void list(List<PrototxtField> fields, Name name, boolean colon) {
        input.advance();
        if (input.take(']')) {
            return;
        }
        do {
            Optional<? extends PrototxtValue> value = element(name, colon);
            value.ifPresent(present -> add(fields, name, present, present.span().start()));
            if (value.isEmpty()) {
                recovery.skipList();
                return;
            }
        } while (input.take(','));
        if (!input.take(']') && !input.isStopped()) {
            recovery.unexpected("\",\" or \"]\" in the list of " + Quoting.quote(name.text()));
            recovery.skipList();
        }
    }

    private Optional<? extends PrototxtValue> element(Name name, boolean colon) {
        if (isMessageStart()) {
            return message(name);
        }
        if (!colon) {
            recovery.unexpected("\":\" after " + Quoting.quote(name.text()) + ", or messages in the list");
            return Optional.empty();
        }
        return scalars.read(name.text(), ": [");
    }

    private void add(List<PrototxtField> fields, Name name, PrototxtValue value, int start) {
        if (++values > Prototxt.MAX_VALUES || input.comments().size() > Prototxt.MAX_VALUES) {
            if (!input.isStopped()) {
                findings.error(name.span(), "more than " + Prototxt.MAX_VALUES + " values or comments", "");
            }
            input.stop();
            return;
        }
        fields.add(new PrototxtField(name.text(), name.span(), value, new Span(start, value.span().end())));
    }

    /** Old line ends: an editor shows fields where protobuf reads one long comment. */
    private void warnOfCarriageReturns() {
        for (Span comment : input.comments()) {
            String text = source.slice(comment);
            int lineEnd = text.indexOf('\r');
            if (lineEnd >= 0 && !text.substring(lineEnd).isBlank()) {
                String message = "this comment hides the lines below it: carriage returns alone end no comment";
                findings.add(Finding.at(new Place(source, comment), Code.SS001, message)
                        .as(Severity.WARNING)
                        .detail("convert the line ends of the file to line feeds"));
                return;
            }
        }
    }
}

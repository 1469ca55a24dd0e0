package samestep.syntax.prototxt;

import java.util.ArrayList;
import java.util.List;
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
    private final int maxValues;
    private final SyntaxFindings findings;
    private final Nesting nesting = new Nesting();
    private final Input input;
    private final Recovery recovery;
    private final FieldNames names;
    private final Scalars scalars;
    private int values;

    Parser(SourceText source, int maxValues) {
        this.source = source;
        this.maxValues = maxValues;
        this.findings = new SyntaxFindings(source);
        this.input = new Input(source.text(), maxValues);
        this.recovery = new Recovery(source, input, nesting, findings);
        this.names = new FieldNames(input, recovery);
        this.scalars = new Scalars(source.text(), input, findings, recovery);
    }

    Outcome<PrototxtDocument> parse() {
        List<PrototxtField> fields = new ArrayList<>();
        fields(fields);
        while (!input.is(TokenKind.END)) {
            String message = Quoting.quote(input.text()) + " closes nothing";
            findings.error(input.span(), message, "remove it, or find the brace it belongs to");
            input.advance();
            fields(fields);
        }
        if (input.isStopped()) {
            findings.error(input.span(), "more than " + maxValues + " values or comments", "is this a training file?");
        }
        warnOfCarriageReturns();
        Span all = new Span(0, source.text().length());
        PrototxtMessage root = new PrototxtMessage(fields, all);
        return Outcome.of(new PrototxtDocument(source, root, input.comments()), findings.toList());
    }

    /** Reads fields up to a closing brace of either kind. */
    private void fields(List<PrototxtField> fields) {
        while (!input.is(TokenKind.END) && !input.isSymbol('}') && !input.isSymbol('>')) {
            Optional<FieldName> name = names.read();
            if (name.isPresent() && values(fields, name.get()) && !input.take(';')) {
                input.take(',');
            }
        }
    }

    /** Reads the value after a name; false when there was no value and the text has been skipped. */
    private boolean values(List<PrototxtField> fields, FieldName name) {
        boolean colon = input.take(':');
        if (isMessageStart()) {
            message(name)
                    .ifPresent(value -> add(fields, name, value, name.span().start()));
            return true;
        }
        if (input.isSymbol('[')) {
            list(fields, name, colon);
            return true;
        }
        if (!colon) {
            recovery.unexpected("\":\" or \"{\" after " + Quoting.quote(name.text()));
            recovery.skipLine();
            return false;
        }
        Optional<PrototxtScalar> scalar = scalars.read(name.text(), ":");
        scalar.ifPresent(value -> add(fields, name, value, name.span().start()));
        if (scalar.isEmpty()) {
            recovery.skipLine();
        }
        return scalar.isPresent();
    }

    private boolean isMessageStart() {
        return input.isSymbol('{') || input.isSymbol('<');
    }

    /** Reads a message up to its closing brace; where the brace is missing, the message is what was read. */
    private Optional<PrototxtMessage> message(FieldName name) {
        Span brace = input.span();
        if (nesting.depth() == Prototxt.MAX_DEPTH) {
            findings.error(brace, "messages nest deeper than " + Prototxt.MAX_DEPTH, "is a closing brace missing?");
            recovery.skipMessage();
            return Optional.empty();
        }
        boolean angle = input.isSymbol('<');
        nesting.open(angle);
        input.advance();
        List<PrototxtField> fields = new ArrayList<>();
        fields(fields);
        close(name, brace, angle, fields);
        nesting.close(angle);
        return Optional.of(new PrototxtMessage(fields, brace.to(new Span(brace.start(), input.previousEnd()))));
    }

    private void close(FieldName name, Span brace, boolean angle, List<PrototxtField> fields) {
        while (!input.take(angle ? '>' : '}')) {
            if (input.is(TokenKind.END) || nesting.awaits(input.isSymbol('>'))) {
                recovery.unclosed(name.text(), brace, fields);
                return;
            }
            String message = "expected \"" + (angle ? ">" : "}") + "\", found " + Quoting.quote(input.text());
            findings.error(input.span(), message, "");
            input.advance();
            fields(fields);
        }
    }

    private void list(List<PrototxtField> fields, FieldName name, boolean colon) {
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
        if (!input.take(']')) {
            recovery.unexpected("\",\" or \"]\" in the list of " + Quoting.quote(name.text()));
            recovery.skipList();
        }
    }

    private Optional<? extends PrototxtValue> element(FieldName name, boolean colon) {
        if (isMessageStart()) {
            return message(name);
        }
        if (!colon) {
            recovery.unexpected("\":\" after " + Quoting.quote(name.text()) + ", or messages in the list");
            return Optional.empty();
        }
        return scalars.read(name.text(), ": [");
    }

    private void add(List<PrototxtField> fields, FieldName name, PrototxtValue value, int start) {
        if (++values > maxValues) {
            input.stop();
        } else {
            Span span = new Span(start, value.span().end());
            fields.add(new PrototxtField(name.text(), name.span(), value, span));
        }
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

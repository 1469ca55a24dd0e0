package samestep.syntax.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxError;
import samestep.syntax.SyntaxFindings;
import samestep.syntax.json.Remedies.Situation;
import samestep.text.SourceText;
import samestep.text.Span;

/** One run of the parser. Recursion is as deep as the values nest, which {@link Json#MAX_DEPTH} bounds. */
final class JsonParser {
    private final SourceText source;
    private final int maxValues;
    private final JsonInput input;
    private final JsonStrings strings;
    private final JsonNumbers numbers;
    private final SyntaxFindings repeated;
    private int values;
    private int depth;

    JsonParser(SourceText source, int maxValues) {
        this.source = source;
        this.maxValues = maxValues;
        this.input = new JsonInput(source.text());
        this.strings = new JsonStrings(input);
        this.numbers = new JsonNumbers(input);
        this.repeated = new SyntaxFindings(source);
    }

    Outcome<JsonValue> parse() {
        try {
            JsonValue value = value(() -> "a JSON value", Situation.START);
            input.skipBlanks();
            if (!input.atEnd()) {
                throw input.unexpected("the end of the file", Situation.COMPLETE);
            }
            return Outcome.of(value, repeated.toList());
        } catch (SyntaxError error) {
            List<Finding> findings = new ArrayList<>(repeated.toList());
            findings.add(error.finding(source));
            return Outcome.failed(findings);
        }
    }

    private JsonValue value(Supplier<String> expected, Situation situation) {
        input.skipBlanks();
        if (++values > maxValues) {
            throw new SyntaxError(here(), "more than " + maxValues + " values", "is this a training file?");
        }
        char c = input.peek();
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> strings.read();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numbers.read();
            default -> word(expected, situation);
        };
    }

    private JsonValue word(Supplier<String> expected, Situation situation) {
        Span span = new Span(input.at(), input.endOfWord());
        String word = source.slice(span);
        JsonValue value = switch (word) {
            case "true" -> new JsonBoolean(true, span);
            case "false" -> new JsonBoolean(false, span);
            case "null" -> new JsonNull(span);
            case "NaN", "Infinity" -> new JsonNumber(word, span);
            default -> throw input.unexpected(expected.get(), situation);
        };
        input.moveTo(span.end());
        return value;
    }

    private JsonObject object() {
        int start = open();
        List<JsonMember> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (!input.take('}')) {
            members.add(member(names, "a name in double quotes or \"}\"", Situation.NAME));
            while (!closes('}', () -> behind(members))) {
                members.add(member(names, "a name in double quotes after \",\"", Situation.AFTER_COMMA));
            }
        }
        depth--;
        return new JsonObject(members, new Span(start, input.at()));
    }

    private static String behind(List<JsonMember> members) {
        return "the value of " + Quoting.quote(members.get(members.size() - 1).name());
    }

    private JsonMember member(Set<String> names, String expected, Situation situation) {
        input.skipBlanks();
        if (input.peek() != '"') {
            throw input.unexpected(expected, situation);
        }
        JsonString name = strings.read();
        input.skipBlanks();
        if (!input.take(':')) {
            throw input.unexpected("\":\" after " + Quoting.quote(name.value()), Situation.VALUE);
        }
        if (!names.add(name.value())) {
            repeated.add(givenAgain(name));
        }
        JsonValue value = value(() -> "a value after " + Quoting.quote(name.value()) + ":", Situation.VALUE);
        return new JsonMember(name.value(), name.span(), value, name.span().to(value.span()));
    }

    private Finding givenAgain(JsonString name) {
        String message = Quoting.quote(name.value()) + " is given again in the same object; Python takes the last";
        return Finding.at(new Place(source, name.span()), Code.SS005, message)
                .as(Severity.WARNING)
                .detail("remove all but one");
    }

    private JsonArray array() {
        int start = open();
        List<JsonValue> elements = new ArrayList<>();
        if (!input.take(']')) {
            elements.add(value(() -> "a value or \"]\" after \"[\"", Situation.VALUE));
            while (!closes(']', () -> "an element")) {
                elements.add(value(() -> "a value after \",\"", Situation.AFTER_COMMA));
            }
        }
        depth--;
        return new JsonArray(elements, new Span(start, input.at()));
    }

    private int open() {
        int start = input.at();
        if (++depth > Json.MAX_DEPTH) {
            throw new SyntaxError(here(), "objects and arrays nest deeper than " + Json.MAX_DEPTH, "");
        }
        input.next();
        input.skipBlanks();
        return start;
    }

    /** Whether the closing mark is next; if not, steps over the comma. */
    private boolean closes(char closing, Supplier<String> behind) {
        input.skipBlanks();
        if (input.take(closing)) {
            return true;
        }
        if (!input.take(',')) {
            throw input.unexpected("\",\" or \"" + closing + "\" after " + behind.get(), Situation.SEPARATOR);
        }
        return false;
    }

    private Span here() {
        return new Span(input.at(), Math.min(input.at() + 1, source.text().length()));
    }
}

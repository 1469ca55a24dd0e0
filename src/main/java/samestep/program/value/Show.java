package samestep.program.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import samestep.program.value.Value.Guarded;

/** Values in words, on one line, cut where they are deep or long. */
public final class Show {
    static final String ABSENT = "not bound on the other branch";

    private static final int DEEPEST = 8;
    private static final int MOST_ELEMENTS = 20;
    private static final int LONGEST_TEXT = 60;
    private static final int LONGEST_PATH = 12;

    private Show() {}

    /** A value. */
    public static String value(Value value) {
        return value(value, 0);
    }

    /** What is called or read, as a path from the library: {@code torch.optim.SGD().step}. */
    public static String path(Value value) {
        return path(value, 0);
    }

    private static String path(Value value, int depth) {
        if (depth > LONGEST_PATH) {
            return "...";
        }
        if (value instanceof Value.Library library) {
            return library.name();
        }
        if (value instanceof Value.Made made) {
            return path(made.call().callee(), depth + 1) + "()";
        }
        if (value instanceof Value.Member member) {
            return path(member.owner(), depth + 1) + "." + member.name();
        }
        if (value instanceof Value.Element element) {
            return path(element.owner(), depth + 1) + "[" + value(element.index(), DEEPEST - 1) + "]";
        }
        if (value instanceof Value.Each each) {
            return path(each.iterable(), depth + 1) + "[each]";
        }
        if (value instanceof Instance instance) {
            return instance.type().name() + "()";
        }
        return value instanceof Value.Unknown ? "?" : value(value, DEEPEST - 1);
    }

    /** A call with its arguments. */
    public static String call(RecordedCall call) {
        List<String> arguments = new ArrayList<>();
        call.positional().forEach(a -> arguments.add(value(a.value(), 1)));
        call.keywords().forEach((name, a) -> arguments.add(name + "=" + value(a.value(), 1)));
        if (call.isOpen()) {
            arguments.add("...");
        }
        return call.name() + "(" + String.join(", ", arguments) + ")";
    }

    private static String value(Value value, int depth) {
        if (depth >= DEEPEST) {
            return "...";
        }
        if (value instanceof Value.Number number) {
            return number(number);
        }
        if (value instanceof Value.Text text) {
            return quoted(text.value());
        }
        if (value instanceof Value.Bool bool) {
            return bool.value() ? "True" : "False";
        }
        if (value instanceof Value.None) {
            return "None";
        }
        if (value instanceof Sequence sequence) {
            return sequence(sequence, depth);
        }
        if (value instanceof Mapping mapping) {
            return mapping(mapping, depth);
        }
        if (value instanceof Value.Range range) {
            return "range(" + range.start().text() + ", " + range.stop().text() + ", "
                    + range.step().text() + ")";
        }
        return object(value, depth);
    }

    private static String object(Value value, int depth) {
        if (value instanceof Value.Made made) {
            return "#" + made.call().number();
        }
        if (value instanceof Value.OneOf oneOf) {
            String where = oneOf.decidedAt().map(place -> " by " + place).orElse("");
            return "one of ("
                    + oneOf.alternatives().stream()
                            .map(a -> value(a.value(), depth + 1))
                            .collect(Collectors.joining(" | "))
                    + ")" + where;
        }
        if (value instanceof Value.Unknown unknown) {
            return "?(" + unknown + ")";
        }
        if (value instanceof Guarded guarded) {
            String conditions = guarded.when().conditions().stream()
                    .map(Circumstances.Condition::toString)
                    .collect(Collectors.joining(" and "));
            return value(guarded.value(), depth + 1) + (conditions.isEmpty() ? " for each turn" : " if " + conditions);
        }
        if (value instanceof Value.Computed computed) {
            return "(" + computed.operator() + " "
                    + computed.operands().stream().map(v -> value(v, depth + 1)).collect(Collectors.joining(" "))
                    + ")";
        }
        if (value instanceof Partial partial) {
            return "partial(" + value(partial.function(), depth + 1) + ")";
        }
        if (value instanceof Value.Member member) {
            return value(member.owner(), depth + 1) + "." + member.name();
        }
        if (value instanceof Value.Element element) {
            return value(element.owner(), depth + 1) + "[" + value(element.index(), depth + 1) + "]";
        }
        if (value instanceof Value.Each each) {
            return "each of " + value(each.iterable(), depth + 1);
        }
        return value instanceof Instance || value instanceof Value.Library ? path(value) : value.toString();
    }

    private static String sequence(Sequence sequence, int depth) {
        String brackets = switch (sequence.kind()) {
            case LIST -> "[]";
            case TUPLE -> "()";
            case SET -> "{}";
        };
        List<String> parts = new ArrayList<>();
        for (Value element : sequence.elements()) {
            if (parts.size() == MOST_ELEMENTS) {
                parts.add("... " + sequence.elements().size() + " in all");
                break;
            }
            parts.add(value(element, depth + 1));
        }
        sequence.rest().ifPresent(rest -> parts.add("... " + value(rest, depth + 1)));
        return brackets.charAt(0) + String.join(", ", parts) + brackets.charAt(1);
    }

    private static String mapping(Mapping mapping, int depth) {
        List<String> parts = new ArrayList<>();
        for (Mapping.Entry entry : mapping.entries()) {
            if (parts.size() == MOST_ELEMENTS) {
                parts.add("... " + mapping.size() + " in all");
                break;
            }
            parts.add(value(entry.key(), depth + 1) + ": " + value(entry.value(), depth + 1));
        }
        mapping.rest().ifPresent(rest -> parts.add("... " + value(rest, depth + 1)));
        String type = mapping.type().equals(Mapping.DICT) ? "" : mapping.type();
        return type + "{" + String.join(", ", parts) + "}";
    }

    static String number(Value.Number number) {
        if (number.integer().isPresent()) {
            return number.integer().get().toString();
        }
        double value = number.value();
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        BigDecimal plain = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (value != 0 && (exponent < -4 || exponent >= 16)) {
            String digits = plain.unscaledValue().abs().toString();
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String sign = value < 0 ? "-" : "";
            String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
            return sign + digits.charAt(0) + fraction + "e" + power;
        }
        String text = value == 0 ? (1 / value < 0 ? "-0" : "0") : plain.toPlainString();
        return text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static String quoted(String text) {
        String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
        StringBuilder out = new StringBuilder("'");
        for (char c : cut.toCharArray()) {
            if (c == '\n') {
                out.append("\\n");
            } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c == '\'' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append('\'').toString();
    }
}

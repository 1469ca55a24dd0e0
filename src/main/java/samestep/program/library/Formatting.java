package samestep.program.library;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** Texts from values: {@code %}, {@code format} and f-strings. */
public final class Formatting {
    private static final int WIDEST = 1_000;

    private final Host host;

    /** Formatting of one interpretation. */
    public Formatting(Host host) {
        this.host = host;
    }

    /** A value as {@code str} has it, if it is known. */
    public Optional<String> text(Value value) {
        if (value instanceof Value.Text text) {
            return Optional.of(text.value());
        }
        boolean isConstant =
                value instanceof Value.Number || value instanceof Value.Bool || value instanceof Value.None;
        boolean isKnown = isConstant || value instanceof Sequence sequence && isPlain(sequence);
        return isKnown ? Optional.of(Show.value(value)) : Optional.empty();
    }

    private boolean isPlain(Sequence sequence) {
        return sequence.isComplete()
                && sequence.elements().size() < 20
                && sequence.elements().stream().allMatch(e -> !(e instanceof Sequence) && text(e).isPresent());
    }

    /** A value in a format such as {@code .3f}, if both are known. */
    public Optional<String> formatted(Value value, String format) {
        if (format.isEmpty()) {
            return text(value);
        }
        return FormatSpec.parse(format).flatMap(spec -> spec.apply(value, text(value)));
    }

    /** {@code format % arguments}. */
    public Value percent(Value.Text format, Value arguments, Place place) {
        List<Value> values =
                arguments instanceof Sequence s && s.kind() == Sequence.Kind.TUPLE ? s.elements() : List.of(arguments);
        StringBuilder out = new StringBuilder();
        Origin origin = format.origin();
        String text = format.value();
        int at = 0;
        int next = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (at < text.length() && text.charAt(at) == '%') {
                out.append('%');
                at++;
                continue;
            }
            Value value = null;
            if (at < text.length() && text.charAt(at) == '(') {
                int close = text.indexOf(')', at);
                String key = close < 0 ? "" : text.substring(at + 1, close);
                value = arguments instanceof Mapping mapping ? mapping.get(key).orElse(null) : null;
                at = close < 0 ? text.length() : close + 1;
            } else if (next < values.size()) {
                value = values.get(next++);
            }
            int start = at;
            while (at < text.length() && !Character.isLetter(text.charAt(at))) {
                at++;
            }
            if (value == null || at >= text.length()) {
                return host.unknown("a text with a value that is not known", place);
            }
            Optional<String> part = percentPart(text.substring(start, at), text.charAt(at++), value);
            if (part.isEmpty()) {
                return host.unknown("a text with a value that is not known", place);
            }
            out.append(part.get());
            origin = origin.and(value.born());
        }
        return new Value.Text(out.toString(), origin);
    }

    private Optional<String> percentPart(String flags, char type, Value value) {
        String format = flags.startsWith("-") ? "<" + flags.substring(1) : flags;
        return switch (type) {
            case 's', 'r', 'a' -> {
                Optional<String> plain = type == 's' ? text(value) : Optional.of(Show.value(value));
                yield text(value).isEmpty()
                        ? Optional.empty()
                        : format.isEmpty()
                                ? plain
                                : FormatSpec.parse((flags.startsWith("-") ? "<" : ">") + flags.replace("-", ""))
                                        .flatMap(spec ->
                                                spec.apply(new Value.Text(plain.orElse(""), Origin.NONE), plain));
            }
            case 'i', 'u', 'd' -> {
                Value whole = value instanceof Value.Number n && !n.isInteger() && Double.isFinite(n.value())
                        ? Value.Number.of(new BigDecimal(n.value()).toBigInteger(), n.origin())
                        : value;
                yield formatted(whole, format + "d");
            }
            default -> formatted(value, format + type);
        };
    }

    /** {@code format.format(arguments)}. */
    public Value format(Value.Text format, Arguments arguments, Place place) {
        StringBuilder out = new StringBuilder();
        Origin origin = format.origin();
        String text = format.value();
        int at = 0;
        int automatic = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            boolean isDoubled = at < text.length() && text.charAt(at) == c;
            if ((c == '{' || c == '}') && isDoubled) {
                out.append(c);
                at++;
            } else if (c == '{') {
                int close = closing(text, at);
                if (close < 0) {
                    return host.unknown("a format that is not understood", place);
                }
                String field = text.substring(at, close);
                at = close + 1;
                int colon = field.indexOf(':');
                String name = colon < 0 ? field : field.substring(0, colon);
                int bang = name.indexOf('!');
                name = bang < 0 ? name : name.substring(0, bang);
                boolean isAutomatic = name.isEmpty();
                Optional<Value> value = field(isAutomatic ? String.valueOf(automatic++) : name, arguments, place);
                Optional<String> part = value.flatMap(v -> formatted(v, colon < 0 ? "" : field.substring(colon + 1)));
                if (part.isEmpty()) {
                    return host.unknown("a text with a value that is not known", place);
                }
                out.append(part.get());
                origin = origin.and(value.get().born());
            } else {
                out.append(c);
            }
        }
        return new Value.Text(out.toString(), origin);
    }

    private static int closing(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '}' && depth-- == 0) {
                return i;
            }
            depth += c == '{' ? 1 : 0;
        }
        return -1;
    }

    private Optional<Value> field(String name, Arguments arguments, Place place) {
        String[] parts = name.split("\\.");
        String first = parts[0].replaceAll("\\[.*", "");
        Optional<Value> value = first.chars().allMatch(Character::isDigit) && first.length() < 6
                ? arguments.at(Integer.parseInt("0" + first))
                : arguments.get(-1, first);
        if (!first.equals(parts[0])) {
            return Optional.empty();
        }
        for (int i = 1; i < parts.length && value.isPresent(); i++) {
            value = Optional.of(host.attribute(value.get(), parts[i], place));
        }
        return value;
    }

    /** A parsed format. */
    private record FormatSpec(char fill, char align, boolean plus, int width, boolean comma, int precision, char type) {

        static Optional<FormatSpec> parse(String format) {
            int at = 0;
            char fill = ' ';
            char align = 0;
            if (format.length() > 1 && "<>^=".indexOf(format.charAt(1)) >= 0) {
                fill = format.charAt(0);
                align = format.charAt(1);
                at = 2;
            } else if (!format.isEmpty() && "<>^=".indexOf(format.charAt(0)) >= 0) {
                align = format.charAt(0);
                at = 1;
            }
            boolean plus = at < format.length() && format.charAt(at) == '+';
            if (at < format.length() && "+- #".indexOf(format.charAt(at)) >= 0) {
                at++;
            }
            if (at < format.length() && format.charAt(at) == '0') {
                fill = align == 0 ? '0' : fill;
                align = align == 0 ? '=' : align;
                at++;
            }
            int start = at;
            while (at < format.length() && Character.isDigit(format.charAt(at))) {
                at++;
            }
            int width = at == start ? 0 : number(format.substring(start, at));
            boolean comma = at < format.length() && (format.charAt(at) == ',' || format.charAt(at) == '_');
            at += comma ? 1 : 0;
            int precision = -1;
            if (at < format.length() && format.charAt(at) == '.') {
                start = ++at;
                while (at < format.length() && Character.isDigit(format.charAt(at))) {
                    at++;
                }
                precision = number(format.substring(start, at));
            }
            char type = at < format.length() ? format.charAt(at++) : 0;
            boolean isLegal = at == format.length() && width <= WIDEST && precision <= WIDEST && !comma;
            return isLegal
                    ? Optional.of(new FormatSpec(fill, align, plus, width, comma, precision, type))
                    : Optional.empty();
        }

        private static int number(String digits) {
            return digits.isEmpty() ? 0 : digits.length() > 4 ? WIDEST + 1 : Integer.parseInt(digits);
        }

        Optional<String> apply(Value value, Optional<String> plain) {
            boolean isNumber = value instanceof Value.Number;
            Optional<String> body = isNumber ? number((Value.Number) value, plain) : words(plain);
            return body.map(text -> padded(text, isNumber));
        }

        private Optional<String> words(Optional<String> plain) {
            if (type != 0 && type != 's') {
                return Optional.empty();
            }
            return plain.map(text -> precision >= 0 && precision < text.length() ? text.substring(0, precision) : text);
        }

        private Optional<String> number(Value.Number number, Optional<String> plain) {
            if (!Double.isFinite(number.value())) {
                return plain;
            }
            BigDecimal exact = number.integer().map(BigDecimal::new).orElseGet(() -> new BigDecimal(number.value()));
            int digits = precision < 0 ? 6 : precision;
            Optional<String> text = switch (type) {
                case 'f', 'F' ->
                    Optional.of(exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString());
                case '%' ->
                    Optional.of(exact.movePointRight(2)
                                    .setScale(digits, RoundingMode.HALF_EVEN)
                                    .toPlainString()
                            + "%");
                case 'e', 'E' -> Optional.of(exponent(String.format(Locale.ROOT, "%." + digits + type, exact)));
                case 'd' -> number.integer().map(Object::toString);
                case 'x' -> number.integer().map(i -> i.toString(16));
                case 'b' -> number.integer().map(i -> i.toString(2));
                case 'o' -> number.integer().map(i -> i.toString(8));
                case 0, 'g', 's' ->
                    precision < 0 && (type != 'g' || number.isInteger()) ? plain : general(exact, digits);
                default -> Optional.empty();
            };
            return text.map(t -> plus && !t.startsWith("-") ? "+" + t : t);
        }

        private static Optional<String> general(BigDecimal exact, int digits) {
            BigDecimal rounded = exact.round(new java.math.MathContext(Math.max(1, digits), RoundingMode.HALF_EVEN));
            BigDecimal stripped = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
            int exponent = stripped.precision() - stripped.scale() - 1;
            if (exponent >= -4 && exponent < Math.max(1, digits)) {
                return Optional.of(stripped.toPlainString());
            }
            String all = stripped.unscaledValue().abs().toString();
            String mantissa = all.length() > 1 ? all.charAt(0) + "." + all.substring(1) : all;
            return Optional.of((stripped.signum() < 0 ? "-" : "")
                    + exponent(mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent)));
        }

        /** Python writes two digits at least. */
        private static String exponent(String text) {
            int e = Math.max(text.indexOf('e'), text.indexOf('E'));
            return e >= 0 && text.length() - e == 3 ? text.substring(0, e + 2) + "0" + text.substring(e + 2) : text;
        }

        private String padded(String text, boolean isNumber) {
            int missing = width - text.length();
            if (missing <= 0) {
                return text;
            }
            String padding = String.valueOf(fill).repeat(missing);
            char how = align == 0 ? (isNumber ? '>' : '<') : align;
            return switch (how) {
                case '<' -> text + padding;
                case '^' -> padding.substring(0, missing / 2) + text + padding.substring(missing / 2);
                case '=' ->
                    text.startsWith("-") || text.startsWith("+")
                            ? text.charAt(0) + padding + text.substring(1)
                            : padding + text;
                default -> padding + text;
            };
        }
    }
}

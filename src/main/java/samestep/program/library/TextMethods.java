package samestep.program.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The methods of strings. */
final class TextMethods {
    private final Host host;

    TextMethods(Host host) {
        this.host = host;
    }

    Optional<Value> call(Value.Text text, String method, Arguments arguments, Place place) {
        String value = text.value();
        return switch (method) {
            case "format" -> Optional.of(new Formatting(host).format(text, arguments, place));
            case "join" -> join(text, arguments, place);
            case "lower", "casefold" -> made(text, value.toLowerCase(Locale.ROOT));
            case "upper" -> made(text, value.toUpperCase(Locale.ROOT));
            case "capitalize" ->
                made(
                        text,
                        value.isEmpty()
                                ? value
                                : value.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + value.substring(1).toLowerCase(Locale.ROOT));
            case "strip", "lstrip", "rstrip" -> stripped(text, method, arguments);
            case "split", "rsplit" -> split(text, method.equals("rsplit"), arguments, place);
            case "splitlines" -> Optional.of(list(text, List.of(value.split("\r\n|\r|\n")), place));
            case "startswith", "endswith" -> affix(value, method.equals("startswith"), arguments);
            case "replace" -> replaced(text, arguments);
            case "find", "index", "rfind", "count" -> searched(text, method, arguments);
            case "isdigit", "isnumeric", "isdecimal" ->
                bool(!value.isEmpty() && value.chars().allMatch(Character::isDigit));
            case "isalpha" -> bool(!value.isEmpty() && value.chars().allMatch(Character::isLetter));
            case "isupper" -> bool(!value.isEmpty() && value.equals(value.toUpperCase(Locale.ROOT)));
            case "islower" -> bool(!value.isEmpty() && value.equals(value.toLowerCase(Locale.ROOT)));
            case "encode", "decode", "expanduser", "title", "__str__" ->
                method.equals("title") ? Optional.empty() : Optional.of(text);
            case "zfill" ->
                argument(arguments, 0, Value.Number.class)
                        .flatMap(Value.Number::small)
                        .filter(n -> n < 100)
                        .map(n -> "0".repeat(Math.max(0, n - value.length())) + value)
                        .flatMap(padded -> made(text, padded));
            default -> Optional.empty();
        };
    }

    private static Optional<Value> made(Value.Text from, String value) {
        return Optional.of(new Value.Text(value, from.origin()));
    }

    private static Optional<Value> bool(boolean value) {
        return Optional.of(new Value.Bool(value, Origin.NONE));
    }

    private static <T extends Value> Optional<T> argument(Arguments arguments, int position, Class<T> type) {
        return arguments.at(position).filter(type::isInstance).map(type::cast);
    }

    private Optional<Value> join(Value.Text separator, Arguments arguments, Place place) {
        Optional<List<Value>> parts = arguments.at(0).flatMap(host::elements);
        if (parts.isEmpty() || !parts.get().stream().allMatch(Value.Text.class::isInstance)) {
            return Optional.empty();
        }
        Origin origin = separator.origin();
        List<String> texts = new ArrayList<>();
        for (Value part : parts.get()) {
            texts.add(((Value.Text) part).value());
            origin = origin.and(part.born());
        }
        return Optional.of(new Value.Text(String.join(separator.value(), texts), origin));
    }

    private static Optional<Value> stripped(Value.Text text, String method, Arguments arguments) {
        String characters =
                argument(arguments, 0, Value.Text.class).map(Value.Text::value).orElse(" \t\n\r\f");
        int start = 0;
        int end = text.value().length();
        while (!method.equals("rstrip")
                && start < end
                && characters.indexOf(text.value().charAt(start)) >= 0) {
            start++;
        }
        while (!method.equals("lstrip")
                && end > start
                && characters.indexOf(text.value().charAt(end - 1)) >= 0) {
            end--;
        }
        return made(text, text.value().substring(start, end));
    }

    private static Value list(Value.Text from, List<String> parts, Place place) {
        List<Value> values = new ArrayList<>();
        parts.forEach(part -> values.add(new Value.Text(part, from.origin())));
        return new Sequence(Sequence.Kind.LIST, values, Optional.of(place));
    }

    private static Optional<Value> split(Value.Text text, boolean fromRight, Arguments arguments, Place place) {
        Optional<String> separator =
                arguments.get(0, "sep").filter(Value.Text.class::isInstance).map(v -> ((Value.Text) v).value());
        int most = arguments
                .get(1, "maxsplit")
                .filter(Value.Number.class::isInstance)
                .flatMap(v -> ((Value.Number) v).small())
                .orElse(-1);
        boolean isOdd = arguments.count() > 0
                && separator.isEmpty()
                && !(arguments.at(0).orElseThrow() instanceof Value.None);
        if (isOdd || separator.isPresent() && separator.get().isEmpty()) {
            return Optional.empty();
        }
        if (separator.isEmpty()) {
            String stripped = text.value().strip();
            return most >= 0
                    ? Optional.empty()
                    : Optional.of(list(text, stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+")), place));
        }
        List<String> parts = new ArrayList<>();
        String rest = text.value();
        String mark = separator.get();
        while (most < 0 || parts.size() < most) {
            int at = fromRight ? rest.lastIndexOf(mark) : rest.indexOf(mark);
            if (at < 0) {
                break;
            }
            if (fromRight) {
                parts.add(0, rest.substring(at + mark.length()));
                rest = rest.substring(0, at);
            } else {
                parts.add(rest.substring(0, at));
                rest = rest.substring(at + mark.length());
            }
        }
        parts.add(fromRight ? 0 : parts.size(), rest);
        return Optional.of(list(text, parts, place));
    }

    private Optional<Value> affix(String value, boolean isStart, Arguments arguments) {
        Optional<Value> given = arguments.at(0);
        if (given.isEmpty() || arguments.count() > 1) {
            return Optional.empty();
        }
        List<Value> candidates =
                given.get() instanceof Sequence ? host.elements(given.get()).orElse(List.of()) : List.of(given.get());
        if (candidates.isEmpty() || !candidates.stream().allMatch(Value.Text.class::isInstance)) {
            return Optional.empty();
        }
        return bool(candidates.stream()
                .map(v -> ((Value.Text) v).value())
                .anyMatch(part -> isStart ? value.startsWith(part) : value.endsWith(part)));
    }

    private static Optional<Value> replaced(Value.Text text, Arguments arguments) {
        Optional<Value.Text> from = argument(arguments, 0, Value.Text.class);
        Optional<Value.Text> to = argument(arguments, 1, Value.Text.class);
        if (from.isEmpty() || to.isEmpty() || arguments.count() > 2) {
            return Optional.empty();
        }
        long size = (long) text.value().length() * Math.max(1, to.get().value().length());
        return size > 1_000_000
                ? Optional.empty()
                : made(text, text.value().replace(from.get().value(), to.get().value()));
    }

    private static Optional<Value> searched(Value.Text text, String method, Arguments arguments) {
        Optional<Value.Text> part = argument(arguments, 0, Value.Text.class);
        if (part.isEmpty() || arguments.count() > 1 || part.get().value().isEmpty()) {
            return Optional.empty();
        }
        String value = text.value();
        String wanted = part.get().value();
        int result = switch (method) {
            case "rfind" -> value.lastIndexOf(wanted);
            case "count" -> (value.length() - value.replace(wanted, "").length()) / wanted.length();
            default -> value.indexOf(wanted);
        };
        boolean isPosition = !method.equals("count") && result > 0;
        return Optional.of(Value.Number.of(isPosition ? value.codePointCount(0, result) : result, Origin.NONE));
    }
}

package samestep.dialect.write;

import java.util.Optional;
import java.util.stream.Collectors;
import samestep.finding.Place;
import samestep.program.value.RecordedCall;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** Says why a value of a program is not known. */
public final class Reasons {
    private static final int LONGEST = 80;

    private Reasons() {}

    /** In words. */
    public static String of(Value value) {
        if (value instanceof Value.Unknown unknown) {
            return unknown.reason();
        }
        if (value instanceof Value.OneOf oneOf) {
            String all = oneOf.alternatives().stream()
                    .map(a -> shown(a.value()))
                    .distinct()
                    .collect(Collectors.joining(" or "));
            return "it is " + all
                    + oneOf.decidedAt().map(p -> ", decided at " + p).orElse("");
        }
        if (value instanceof Value.Made made) {
            return "it is what " + cut(made.call().name()) + " gives";
        }
        return "it is " + shown(value);
    }

    /** Where it is decided. */
    public static Optional<Place> place(Value value) {
        if (value instanceof Value.Unknown unknown) {
            return unknown.place();
        }
        return value instanceof Value.OneOf oneOf ? oneOf.decidedAt() : Optional.empty();
    }

    /** A value in a few words. */
    public static String shown(Value value) {
        return value instanceof Value.Made made ? shown(made.call()) : cut(Show.value(value));
    }

    private static String shown(RecordedCall call) {
        return cut(call.place().text().replaceAll("\\s+", " "));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}

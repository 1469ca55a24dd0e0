package samestep.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.ClassValue;
import samestep.program.value.Event;
import samestep.program.value.FunctionValue;
import samestep.program.value.ModuleValue;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** A trace for people: one line for each event, with the origins of its constants below. */
public final class TraceText {
    private TraceText() {}

    /** The whole trace. */
    public static String of(Trace trace) {
        List<String> lines = new ArrayList<>();
        trace.events().forEach(event -> event(event, lines));
        trace.bindings().forEach((name, value) -> {
            boolean isShown = !name.startsWith("__")
                    && !(value instanceof Value.Library)
                    && !(value instanceof ModuleValue)
                    && !(value instanceof FunctionValue)
                    && !(value instanceof ClassValue);
            if (isShown) {
                lines.add(name + " = " + Show.value(value) + origin(value.born()));
            }
        });
        trace.notes().forEach(note -> lines.add("note: " + note));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static void event(Event event, List<String> lines) {
        String where = at(event.place()) + " ";
        if (event instanceof RecordedCall call) {
            lines.add("#" + call.number() + " " + where + call + circumstances(event.circumstances()));
            for (int i = 0; i < call.positional().size(); i++) {
                argument(String.valueOf(i), call.positional().get(i), lines);
            }
            call.keywords().forEach((name, argument) -> argument(name, argument, lines));
        } else if (event instanceof Event.AttributeSet set) {
            lines.add("set " + where + Show.value(set.owner()) + "." + set.name() + " = " + Show.value(set.value())
                    + circumstances(event.circumstances()));
        } else if (event instanceof Event.ElementSet set) {
            lines.add("set " + where + Show.value(set.owner()) + "[" + Show.value(set.index()) + "] = "
                    + Show.value(set.value()) + circumstances(event.circumstances()));
        }
    }

    private static void argument(String name, RecordedCall.Argument argument, List<String> lines) {
        Origin origin = argument.value().born();
        boolean isPlain = origin.passages().isEmpty()
                && origin.notes().isEmpty()
                && origin.literals().size() < 2
                && origin.literals().stream().allMatch(argument.place()::equals);
        if (!isPlain) {
            lines.add("    " + name + " = " + Show.value(argument.value()) + origin(origin));
        }
    }

    private static String origin(Origin origin) {
        String text = origin.toString();
        return text.isEmpty() ? "" : "  <- " + text;
    }

    private static String circumstances(Circumstances when) {
        List<String> parts = new ArrayList<>();
        when.functions().stream().reduce((a, b) -> b).ifPresent(f -> parts.add("in " + f));
        when.contexts().forEach(context -> parts.add("with " + Show.value(context)));
        for (Circumstances.Loop loop : when.loops()) {
            parts.add(loop.isKnown() ? "turn " + loop.turn() : "each turn of " + at(loop.place()));
        }
        when.conditions().forEach(condition -> parts.add("if " + condition));
        return parts.isEmpty() ? "" : "  [" + String.join("; ", parts) + "]";
    }

    private static String at(Place place) {
        return place.toString();
    }
}

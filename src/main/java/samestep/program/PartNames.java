package samestep.program;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.RecordedCall;

/**
 * The names by which one of several calls of a program can be chosen: what its result is assigned to, what its method
 * belongs to, and the functions in which it is.
 */
public final class PartNames {
    private static final Pattern ASSIGNED = Pattern.compile("([A-Za-z_][\\w.]*)\\s*(?::[^=\\n]{1,60})?=\\s*$");
    private static final Pattern OWNER = Pattern.compile("^([A-Za-z_][\\w.]*)\\.\\w+\\s*\\(");
    private static final int LOOKED_AT = 160;

    private PartNames() {}

    /** All of them: {@code self.optimizer} is found by that and by {@code optimizer}. */
    public static Set<String> of(RecordedCall call) {
        Set<String> names = new LinkedHashSet<>();
        Place place = call.place();
        int start = place.span().start();
        String before = place.source().text().substring(Math.max(0, start - LOOKED_AT), start);
        add(ASSIGNED.matcher(before), names);
        if (call.owner().isPresent()) {
            add(OWNER.matcher(place.text()), names);
        }
        names.addAll(call.circumstances().functions());
        return names;
    }

    private static void add(Matcher matcher, Set<String> names) {
        if (matcher.find()) {
            String path = matcher.group(1);
            names.add(path);
            names.add(path.substring(path.lastIndexOf('.') + 1));
        }
    }

    /** Those calls that have a name. */
    public static List<RecordedCall> named(List<RecordedCall> calls, String name) {
        return calls.stream().filter(call -> of(call).contains(name)).toList();
    }

    /** A name for each of several calls that has one of its own. */
    public static List<String> choices(List<RecordedCall> calls) {
        return calls.size() < 2
                ? List.of()
                : calls.stream().flatMap(call -> choice(call, calls).stream()).toList();
    }

    private static Optional<String> choice(RecordedCall call, List<RecordedCall> calls) {
        return of(call).stream().filter(name -> named(calls, name).size() == 1).findFirst();
    }

    /** A finding with how to choose: by the first name of each call that none of the others has. */
    public static Finding choosing(Finding finding, List<RecordedCall> calls) {
        Set<String> choices = new LinkedHashSet<>();
        for (RecordedCall call : calls) {
            choice(call, calls)
                    .ifPresent(name -> choices.add(call.place().source().name() + ":" + name));
        }
        return choices.isEmpty()
                ? finding
                : finding.detail("One is chosen by its name: " + String.join(", ", choices) + ".");
    }
}

package samestep.dialect.tensorflow.program;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Calls on the way to a loss that may make variables of which the program says nothing: models of other modules. */
final class Networks {
    private static final Set<String> HARMLESS = Set.of("numpy", "math", "random", "os", "time", "six", "itertools");
    private static final int MOST = 50_000;

    private final GraphWorld world;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Place, String> found = new LinkedHashMap<>();

    Networks(GraphWorld world) {
        this.world = world;
    }

    /** Looks at what a term of a loss is made of. */
    void look(Value value) {
        Object key = value instanceof Value.Made made ? made.call() : value;
        if (!seen.add(key) || seen.size() > MOST || world.variables().of(value).isPresent()) {
            return;
        }
        if (value instanceof Value.Made made && isForeign(made.call())) {
            found.putIfAbsent(made.call().place(), made.call().name());
            return;
        }
        LossParts.inside(value).forEach(this::look);
    }

    private static boolean isForeign(RecordedCall call) {
        if (call.callee() instanceof Value.Library library) {
            String root = library.name().split("\\.", 2)[0];
            boolean isKeras = library.name().contains(".keras.layers.") || library.name().contains(".keras.models.");
            boolean isOurs = Names.of(library).isPresent() && !isKeras;
            return !isOurs && !HARMLESS.contains(root) && hasTensor(call);
        }
        boolean isKerasLayer = call.callee() instanceof Value.Made made
                && made.call().name().contains(".keras.");
        boolean isUnknown = call.callee() instanceof Value.Unknown;
        boolean isMethod = call.callee() instanceof Value.Member member && member.owner() instanceof Value.Unknown;
        return isKerasLayer || (isUnknown || isMethod) && hasTensor(call);
    }

    private static boolean hasTensor(RecordedCall call) {
        return call.positional().stream().anyMatch(a -> a.value().isSymbolic() && !(a.value() instanceof Value.Library));
    }

    /** Says which there are. */
    void check(Problems problems) {
        found.forEach((place, name) -> problems.unknown(
                place, "the variables and penalties that this call makes are not in the program"));
    }
}

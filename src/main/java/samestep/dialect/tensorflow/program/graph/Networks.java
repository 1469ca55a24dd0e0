package samestep.dialect.tensorflow.program.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.dialect.tensorflow.program.call.Contents;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.finding.Place;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Calls on the way to a loss that may make variables of which the program says nothing: models of other modules. */
public final class Networks {
    private static final Set<String> HARMLESS = Set.of("numpy", "math", "random", "os", "time", "six", "itertools");
    /** Functions of TensorFlow itself that make variables which are not read here. */
    private static final Pattern MAKERS = Pattern.compile(
            ".*(\\.nets\\.|rnn|RNN|LSTM|GRU|\\.keras\\.|\\bhub\\b|embed_sequence|embed_sparse|\\.gdn|legacy_|input_layer|linear_model).*");

    private static final Set<String> LAYERS_WITHOUT_VARIABLES = Set.of(
            "dropout",
            "flatten",
            "max_pooling1d",
            "max_pooling2d",
            "max_pooling3d",
            "average_pooling1d",
            "average_pooling2d",
            "average_pooling3d");

    private static final int MOST = 50_000;

    private final GraphWorld world;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Place, String> found = new LinkedHashMap<>();

    public Networks(GraphWorld world) {
        this.world = world;
    }

    /** Looks at what a term of a loss is made of. */
    public void look(Value value) {
        Object key = value instanceof Value.Made made ? made.call() : value;
        if (!seen.add(key) || seen.size() > MOST || world.variables().of(value).isPresent()) {
            return;
        }
        if (value instanceof Value.Made made && isForeign(made.call())) {
            found.putIfAbsent(made.call().place(), made.call().name());
            return;
        }
        Contents.of(value).forEach(this::look);
    }

    /** Whether a function of TensorFlow makes variables of its own. */
    static boolean makesVariables(String name) {
        String last = Names.last(name);
        boolean isKeras =
                name.contains(".keras.") && !name.contains(".keras.layers.") && !name.contains(".applications.");
        boolean isOther = name.startsWith("tf.layers.")
                && Character.isLowerCase(last.charAt(0))
                && LayerKind.of(name).isEmpty()
                && !LAYERS_WITHOUT_VARIABLES.contains(last);
        return isOther || !isKeras && MAKERS.matcher(name).matches();
    }

    private static boolean isForeign(RecordedCall call) {
        if (WrittenNetwork.is(call)) {
            return false;
        }
        if (call.callee() instanceof Value.Library library) {
            if (Tensorpack.name(call).filter(Tensorpack.PLAIN::contains).isPresent()) {
                return false;
            }
            String root = library.name().split("\\.", 2)[0];
            boolean isOurs = Names.of(library).filter(n -> !makesVariables(n)).isPresent();
            return !isOurs && !HARMLESS.contains(root) && hasTensor(call);
        }
        boolean isKerasLayer =
                call.callee() instanceof Value.Made made && made.call().name().contains(".keras.");
        boolean isUnknown = call.callee() instanceof Value.Unknown;
        boolean isMethod = call.callee() instanceof Value.Member member && member.owner() instanceof Value.Unknown;
        return isKerasLayer || (isUnknown || isMethod) && hasTensor(call);
    }

    private static boolean hasTensor(RecordedCall call) {
        return call.positional().stream()
                .anyMatch(a -> a.value().isSymbolic() && !(a.value() instanceof Value.Library));
    }

    /** Says which there are. */
    public void check(Problems problems) {
        found.forEach((place, name) ->
                problems.unknown(place, "the variables and penalties that this call makes are not in the program"));
    }
}

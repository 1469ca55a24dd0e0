package samestep.dialect.tensorflow.program.loss;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.graph.Networks;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.tensorflow.program.graph.Variables;
import samestep.program.value.Circumstances;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/** The losses that a program minimizes, each read once, and the penalties that it collects and leaves out. */
public final class LossesRead {
    private final GraphWorld world;
    private final Networks networks;
    private final Map<Object, LossReader> read = new HashMap<>();
    private Optional<LossReader> collected = Optional.empty();

    public LossesRead(GraphWorld world) {
        this.world = world;
        this.networks = new Networks(world);
    }

    /** What is not in the program and may have variables. */
    public Networks networks() {
        return networks;
    }

    /** A loss. */
    public LossReader of(Value loss, RecordedCall call, Circumstances when) {
        return read.computeIfAbsent(Keys.of(loss), k -> {
            LossReader reader = new LossReader(world, when);
            reader.read(loss, call.place());
            reader.data().forEach(networks::look);
            return reader;
        });
    }

    /**
     * The penalties that a variable's regularizers make, if the loss has none of them.
     *
     * @param inLoss what it has
     */
    public List<Added> declared(Variable variable, List<Added> inLoss, Circumstances when) {
        boolean isAdded = inLoss.stream().anyMatch(a -> a.regularizer().isPresent());
        boolean isWrittenOut = !inLoss.isEmpty()
                && variable.losses().stream()
                        .noneMatch(v ->
                                v instanceof Value.Computed c && c.operator().equals(Variables.REGULARIZED));
        return isAdded || isWrittenOut ? List.of() : all(variable, when);
    }

    /** The penalties that a variable's regularizers make. */
    public List<Added> all(Variable variable, Circumstances when) {
        LossReader alone = new LossReader(world, when);
        variable.losses().forEach(loss -> alone.read(loss, variable.place()));
        return alone.of(variable);
    }

    /** Whether a penalty of a variable is in any collection. */
    public boolean isCollected(Variable variable, Circumstances when) {
        if (collected.isEmpty()) {
            LossReader all = new LossReader(world, when, new Problems());
            world.collections().all().forEach(entry -> all.read(entry.value(), variable.place()));
            collected = Optional.of(all);
        }
        return !collected.get().of(variable).isEmpty()
                || !collected.get().unreadOf(variable).isEmpty();
    }

    /** Whether the data's loss is one mean over the batch. */
    public boolean isMean() {
        List<Value> data = new ArrayList<>();
        read.values().forEach(r -> data.addAll(r.data()));
        return data.size() == 1 && isMean(data.get(0));
    }

    private static boolean isMean(Value value) {
        if (!(value instanceof Value.Made made)) {
            return false;
        }
        String name = Names.of(made.call()).orElse("");
        boolean isWeighted = made.call().keyword("weights").isPresent()
                || made.call().keyword("reduction").isPresent();
        if (name.equals("tf.losses.softmax_cross_entropy")
                || name.equals("tf.losses.sparse_softmax_cross_entropy")
                || name.equals("slim.losses.softmax_cross_entropy")
                || name.equals("slim.losses.sparse_softmax_cross_entropy")) {
            return !isWeighted && made.call().positional().size() <= 2;
        }
        Optional<Value> inner = made.call().positional().stream().findFirst().map(Argument::value);
        return name.equals("tf.reduce_mean")
                && inner.filter(Value.Made.class::isInstance)
                        .flatMap(v -> Names.of(((Value.Made) v).call()))
                        .filter(n -> n.endsWith("softmax_cross_entropy_with_logits")
                                || n.endsWith("softmax_cross_entropy_with_logits_v2"))
                        .isPresent();
    }
}

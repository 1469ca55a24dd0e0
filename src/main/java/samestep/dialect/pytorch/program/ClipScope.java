package samestep.dialect.pytorch.program;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Whether a clip is of all gradients that the optimizer uses, and of no others: a norm over some is another number. */
final class ClipScope {
    private final RecordedCall optimizer;
    private final List<ModelParameter> used;
    private final ModelWorld world;

    ClipScope(RecordedCall optimizer, List<Groups.Group> groups, ModelWorld world) {
        this.optimizer = optimizer;
        this.used = groups.stream().flatMap(g -> g.parameters().stream()).toList();
        this.world = world;
    }

    /** Whether the parameters that a clip is given are those of the optimizer. */
    boolean isAll(RecordedCall clip) {
        Optional<Value> given = clip.argument("parameters", 0).map(RecordedCall.Argument::value);
        if (given.isEmpty()) {
            return true;
        }
        boolean isSame = optimizer
                .argument("params", 0)
                .filter(own -> Keys.of(own.value()).equals(Keys.of(given.get())))
                .isPresent();
        Members.Found found = Members.of(given.get(), world);
        return isSame || isOfOptimizer(given.get()) || found.unknown().isEmpty() && isAll(found.parameters());
    }

    private boolean isAll(List<ModelParameter> clipped) {
        Set<Object> ours = new HashSet<>(ids(used).toList());
        Set<Object> theirs = new HashSet<>(ids(clipped).toList());
        if (ours.equals(theirs)) {
            return true;
        }
        // A model that is not in the program may have two names in it.
        boolean areStandIns = Stream.concat(used.stream(), clipped.stream()).allMatch(ModelParameter::isStandIn);
        return areStandIns
                && models(used) == 1
                && models(clipped) == 1
                && roles(used).equals(roles(clipped));
    }

    private static Stream<Object> ids(List<ModelParameter> parameters) {
        return parameters.stream().map(ModelParameter::id);
    }

    private static long models(List<ModelParameter> parameters) {
        return parameters.stream().map(p -> Keys.of(p.model())).distinct().count();
    }

    private static Set<Object> roles(List<ModelParameter> parameters) {
        Set<Object> roles = new HashSet<>();
        parameters.forEach(p -> roles.add(p.role()));
        return roles;
    }

    /** {@code optimizer.param_groups[0]["params"]}, apex's {@code amp.master_params(optimizer)}. */
    private boolean isOfOptimizer(Value value) {
        return value instanceof Value.Made made && made.call().lastName().equals("master_params");
    }
}

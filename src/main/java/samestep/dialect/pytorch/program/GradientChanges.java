package samestep.dialect.pytorch.program;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.program.model.ModuleTree;
import samestep.dialect.pytorch.program.table.InPlace;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * Where a program changes gradients by itself, and parameters in its training loop: {@code p.grad.clamp_(-1, 1)}, {@code p.grad
 * /= n}, {@code torch._foreach_mul_(grads, c)}, a hook. That a gradient is changed is enough: how is not read.
 */
final class GradientChanges {
    /** What gives the same memory under another shape. */
    private static final Set<String> VIEWS = Set.of(
            "view",
            "view_as",
            "reshape",
            "flatten",
            "detach",
            "squeeze",
            "unsqueeze",
            "t",
            "transpose",
            "narrow",
            "coalesce",
            "to_dense",
            "_values",
            "values",
            "contiguous",
            "permute",
            "expand",
            "chunk",
            "split");

    private static final Set<String> HOOKS = Set.of(
            "register_hook",
            "register_post_accumulate_grad_hook",
            "register_backward_hook",
            "register_full_backward_hook",
            "register_full_backward_pre_hook",
            "register_module_full_backward_hook",
            "register_module_full_backward_pre_hook",
            "register_comm_hook",
            "register_step_pre_hook",
            "register_step_post_hook",
            "register_optimizer_step_pre_hook",
            "register_optimizer_step_post_hook");
    /** Functions that make other parameters of those of a module. */
    private static final Set<String> REPARAMETRIZED =
            Set.of("weight_norm", "spectral_norm", "orthogonal", "register_parametrization");
    /** What sets all parameters of a model. */
    private static final Set<String> SETS_ALL = Set.of("load_state_dict", "apply", "vector_to_parameters");

    private static final Set<String> OF_WEIGHTS = Set.of("data", "grad", "copy_");
    private static final int DEEPEST = 10;

    private final Trace trace;
    private final Steps steps;
    private final ModelWorld world;
    private final Unread unread;
    private final List<RecordedCall> optimizer;
    private final Set<Object> used;
    private boolean isAfter;

    /**
     * @param optimizer the calls that made it
     * @param used the identities of its parameters
     */
    GradientChanges(
            Trace trace, List<RecordedCall> optimizer, Steps steps, ModelWorld world, Set<Object> used, Unread unread) {
        this.trace = trace;
        this.used = used;
        this.optimizer = optimizer;
        this.steps = steps;
        this.world = world;
        this.unread = unread;
    }

    /** Adds each change. */
    void find() {
        for (Event event : trace.events()) {
            if (event instanceof RecordedCall call) {
                isAfter |= optimizer.contains(call);
                call(call);
            } else if (event instanceof Event.AttributeSet set) {
                boolean isNone = set.value() instanceof Value.None;
                replaced(set.owner(), set.value(), set.circumstances(), set.place());
                if (!isNone && (set.name().equals("grad") || isGradient(set.owner(), 0))) {
                    gradient(set.place());
                } else if (!isNone && OF_WEIGHTS.contains(set.name()) && isOfParameter(set.owner())) {
                    parameter(set.circumstances(), set.place());
                }
            } else if (event instanceof Event.ElementSet set) {
                replaced(set.owner(), set.value(), set.circumstances(), set.place());
                if (isGradient(set.owner(), 0)) {
                    gradient(set.place());
                } else if (isOfParameter(set.owner())) {
                    parameter(set.circumstances(), set.place());
                }
            }
        }
    }

    /** A layer or a parameter is set after the optimizer was made: it has the one from before. */
    private void replaced(Value owner, Value value, Circumstances when, Place place) {
        boolean isTorch = value instanceof Value.Made made && made.call().name().startsWith("torch.nn.");
        boolean isOurs = ModuleTree.isModule(owner) || world.isModel(owner) || world.isLayer(owner);
        if (isTorch && isAfter && isOurs && world.ofModel(owner).stream().anyMatch(p -> used.contains(p.id()))) {
            parameter(when, place);
            unread.add(place, "a part of the model is replaced here, and the optimizer was made before");
        }
    }

    private void gradient(Place place) {
        unread.add(place, "the program's own code changes gradients here");
    }

    /** Before the training loop weights are made; in it they are changed. */
    private void parameter(Circumstances when, Place place) {
        Optional<RecordedCall> step = steps.step();
        List<Place> loops = when.loops().stream().map(Loop::place).toList();
        boolean isInLoop = steps.batches()
                .map(loop -> loops.contains(loop.place()))
                .orElseGet(() -> step.map(s -> isIn(when, s)).orElse(false));
        if (isInLoop) {
            unread.add(place, "the training loop's own code changes parameters here");
        }
    }

    /** Whether it happens in the function that steps, where no loop is around the step. */
    private static boolean isIn(Circumstances when, RecordedCall step) {
        List<String> functions = step.circumstances().functions();
        return !functions.isEmpty()
                && when.functions().size() >= functions.size()
                && when.functions().subList(0, functions.size()).equals(functions);
    }

    private void call(RecordedCall call) {
        String last = call.lastName();
        Optional<Value> owner = call.owner();
        boolean isOn = owner.isPresent() && isGradient(owner.get(), 0);
        boolean isGiven = call.positional().stream().anyMatch(a -> isGradient(a.value(), 0));
        boolean isInPlace = InPlace.is(last);
        boolean isClip = last.startsWith("clip_grad_");
        boolean isOut =
                call.keyword("out").filter(a -> isGradient(a.value(), 0)).isPresent();
        boolean isSum = last.startsWith("all_reduce") || last.startsWith("allreduce");
        if (isOut || isInPlace && !isClip && (isOn || isGiven) || isSum && isGiven) {
            gradient(call.place());
        } else if (HOOKS.contains(last)) {
            unread.add(call.place(), "a hook may change gradients");
        } else if (REPARAMETRIZED.contains(last) && call.name().startsWith("torch.nn.utils.")) {
            unread.add(call.place(), "parameters are made of others here");
        } else if (isInPlace && (owner.filter(this::isOfParameter).isPresent() || isOnParameter(call, owner))) {
            parameter(call.circumstances(), call.place());
        } else if (SETS_ALL.contains(last) && isOfModel(call, owner)) {
            parameter(call.circumstances(), call.place());
        }
    }

    /** A function of a library that changes its first argument, such as {@code nn.init.zeros_(p)}. */
    private boolean isOnParameter(RecordedCall call, Optional<Value> owner) {
        return owner.isEmpty()
                && call.positional().stream()
                        .limit(1)
                        .map(RecordedCall.Argument::value)
                        .anyMatch(this::isOfParameter);
    }

    private boolean isOfModel(RecordedCall call, Optional<Value> owner) {
        return call.lastName().equals("vector_to_parameters")
                || owner.filter(o -> world.isModel(o) && !isCopy(o)).isPresent();
    }

    /** A copy of a model, such as an average of its weights. */
    private static boolean isCopy(Value model) {
        return model instanceof Value.Made made && made.call().lastName().equals("deepcopy");
    }

    private boolean isOfParameter(Value value) {
        return world.parameter(value).isPresent()
                || value instanceof Value.Member member && isOfParameter(member.owner())
                || value instanceof Value.Each each && isParameters(each.iterable())
                || value instanceof Value.Element element && isOfParameter(element.owner())
                || isState(value);
    }

    /** What {@code model.state_dict()} gave: the parameters themselves. */
    private boolean isState(Value value) {
        return value instanceof Value.Made made
                && made.call().lastName().equals("state_dict")
                && made.call()
                        .owner()
                        .filter(owner -> world.isModel(owner) && !isCopy(owner))
                        .isPresent();
    }

    /** {@code group["params"]}, or what a call of {@code parameters()} gave. */
    private static boolean isParameters(Value value) {
        return value instanceof Value.Element element
                        && element.index() instanceof Value.Text key
                        && key.value().equals("params")
                || value instanceof Value.Made made && made.call().lastName().equals("parameters");
    }

    /** Whether a value is a gradient, a part or a view of one, or a list with one. */
    private static boolean isGradient(Value value, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (value instanceof Value.Member member) {
            return member.name().equals("grad") && !(member.owner() instanceof Value.Library)
                    || isGradient(member.owner(), depth + 1);
        }
        if (value instanceof Value.Element element) {
            return isGradient(element.owner(), depth + 1);
        }
        if (value instanceof Value.Each each) {
            return isGradient(each.iterable(), depth + 1);
        }
        if (value instanceof Value.Guarded guarded) {
            return isGradient(guarded.value(), depth + 1);
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream().anyMatch(a -> isGradient(a.value(), depth + 1));
        }
        if (value instanceof Sequence sequence) {
            return sequence.elements().stream().anyMatch(e -> isGradient(e, depth + 1))
                    || sequence.rest().filter(r -> isGradient(r, depth + 1)).isPresent();
        }
        return value instanceof Value.Made made
                && VIEWS.contains(made.call().lastName())
                && made.call().owner().filter(o -> isGradient(o, depth + 1)).isPresent();
    }
}

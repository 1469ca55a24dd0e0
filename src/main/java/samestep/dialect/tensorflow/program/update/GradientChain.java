package samestep.dialect.tensorflow.program.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Products;
import samestep.dialect.tensorflow.program.call.Scalars;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.dialect.tensorflow.program.graph.Gradients;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.loss.LossParts;
import samestep.dialect.write.Reasons;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** What happens to the gradient of a variable between the loss and the optimizer. */
public final class GradientChain {
    private static final Set<String> SAME = Set.of(
            "tf.identity",
            "tf.check_numerics",
            "tf.cast",
            "tf.expand_dims",
            "tf.squeeze",
            "tf.convert_to_tensor",
            "tf.debugging.check_numerics");
    private static final Set<String> LISTS = Set.of("tf.stack", "tf.pack", "tf.concat");
    private static final int DEEPEST = 60;

    private final GraphWorld world;
    private final Circumstances when;
    private final int trained;
    private final List<Stage> stages = new ArrayList<>();
    private Optional<Gradients.Gradient> base = Optional.empty();

    private GradientChain(GraphWorld world, Circumstances when, int trained) {
        this.world = world;
        this.when = when;
        this.trained = trained;
    }

    /**
     * A gradient as it is applied.
     *
     * @param gradient that of the loss
     * @param stages what is done to it, in order
     */
    public record Read(Gradients.Gradient gradient, List<Stage> stages) {}

    /**
     * Reads a gradient; empty, with a finding, where it cannot be read.
     *
     * @param trained how many variables are trained with it
     */
    public static Optional<Read> of(Value gradient, Place place, GraphWorld world, Circumstances when, int trained) {
        GradientChain chain = new GradientChain(world, when, trained);
        boolean isRead = chain.follow(gradient, 0);
        if (!isRead) {
            world.problems()
                    .refuse(
                            Reasons.place(gradient).orElse(at(gradient).orElse(place)),
                            "what is done to the gradients cannot be read: " + Reasons.of(gradient));
        }
        return isRead ? chain.base.map(b -> new Read(b, List.copyOf(chain.stages))) : Optional.empty();
    }

    private static Optional<Place> at(Value value) {
        return value instanceof Value.Made made
                ? Optional.of(made.call().place())
                : value instanceof Value.Computed computed ? Optional.of(computed.place()) : Optional.empty();
    }

    private boolean follow(Value value, int depth) {
        Value peeled = when.narrowed(Gradients.bare(value));
        Optional<Gradients.Gradient> gradient = world.gradients().of(peeled);
        if (gradient.isPresent()) {
            base = gradient;
            return true;
        }
        if (depth > DEEPEST) {
            return false;
        }
        if (peeled instanceof Value.Computed computed) {
            return computed(computed, depth);
        }
        return peeled instanceof Value.Made made && made(made.call(), depth);
    }

    private boolean computed(Value.Computed computed, int depth) {
        List<Value> operands = computed.operands();
        Place place = computed.place();
        return switch (computed.operator()) {
            case Gradients.CLIPPED -> {
                boolean isAll = operands.get(2) instanceof Sequence list
                        && list.elements().size() == trained;
                yield isAll && clipped(operands, Stage.Clip.Kind.GLOBAL_NORM, place, depth);
            }
            case Gradients.CLIPPED_ALONE -> clipped(operands, Stage.Clip.Kind.TENSOR_NORM, place, depth);
            case "*" ->
                scaled(operands.get(0), operands.get(1), place, depth)
                        || scaled(operands.get(1), operands.get(0), place, depth);
            case "/" -> divided(operands.get(0), operands.get(1), place, depth);
            case "+" ->
                added(operands.get(0), operands.get(1), place, depth)
                        || added(operands.get(1), operands.get(0), place, depth);
            default -> false;
        };
    }

    private boolean clipped(List<Value> operands, Stage.Clip.Kind kind, Place place, int depth) {
        Optional<Quantity> threshold = number(operands.get(1), place);
        return threshold.isPresent()
                && follow(operands.get(0), depth + 1)
                && stages.add(new Stage.Clip(kind, threshold.get()));
    }

    private static Optional<Quantity> number(Value value, Place place) {
        return Scalars.peeled(value) instanceof Value.Number number
                        && number.formula().isPresent()
                ? Optional.of(Births.quantity(number, place))
                : Optional.empty();
    }

    private boolean scaled(Value gradient, Value factor, Place place, int depth) {
        Optional<Quantity> by = number(Products.uncast(factor, List.of(gradient)), place);
        if (by.isEmpty() || !follow(gradient, depth + 1)) {
            return false;
        }
        if (!by.get().isOne()) {
            stages.add(new Stage.Scale(by.get()));
        }
        return true;
    }

    private boolean divided(Value gradient, Value divisor, Place place, int depth) {
        Optional<Quantity> by = number(divisor, place);
        if (by.isEmpty() || by.get().isZero() || !follow(gradient, depth + 1)) {
            return false;
        }
        Quantity d = by.get();
        stages.add(new Stage.Scale(
                d.derived(samestep.equation.Expression.literal(1).over(d.value()), "1 / " + d.written())));
        return true;
    }

    /** {@code g + wd * v}: a decay that is added to the gradient. */
    private boolean added(Value gradient, Value decay, Place place, int depth) {
        Optional<Stage.Penalty> penalty = penalty(decay, place);
        return penalty.isPresent()
                && follow(gradient, depth + 1)
                && isOwn(decay)
                && (penalty.get().coefficient().isZero() || stages.add(penalty.get()));
    }

    private boolean isOwn(Value decay) {
        return base.isPresent()
                && new LossParts(world.variables())
                        .variables(decay)
                        .equals(Set.of(base.get().variable()));
    }

    /** A number times a variable, or times its sign. */
    private Optional<Stage.Penalty> penalty(Value value, Place place) {
        List<Value> factors = Products.factors(value);
        for (int i = 0; i < factors.size(); i++) {
            Optional<Quantity> by = number(factors.get(i), place);
            Value of = factors.get(1 - i);
            Optional<Value> signed =
                    of instanceof Value.Made made && Names.is(made.call().callee(), "tf.sign")
                            ? made.call().argument("x", 0).map(RecordedCall.Argument::value)
                            : Optional.empty();
            if (by.isPresent() && world.variables().of(signed.orElse(of)).isPresent()) {
                Stage.Penalty.Norm norm = signed.isPresent() ? Stage.Penalty.Norm.L1 : Stage.Penalty.Norm.L2;
                return Optional.of(new Stage.Penalty(norm, by.get()));
            }
        }
        return Optional.empty();
    }

    private boolean made(RecordedCall call, int depth) {
        String name = Names.of(call).orElse("");
        List<Value> arguments =
                call.positional().stream().map(RecordedCall.Argument::value).toList();
        if (SAME.contains(name) && !arguments.isEmpty()) {
            return follow(arguments.get(0), depth + 1);
        }
        return switch (name) {
            case "tf.clip_by_norm" -> {
                var given = Signatures.arguments(name, call);
                yield given.keySet().stream().noneMatch("axes"::equals)
                        && given.containsKey("t")
                        && given.containsKey("clip_norm")
                        && clipped(
                                List.of(
                                        given.get("t").value(),
                                        given.get("clip_norm").value()),
                                Stage.Clip.Kind.TENSOR_NORM,
                                call.place(),
                                depth);
            }
            case "tf.clip_by_value" -> clippedByValue(call, depth);
            case "tf.multiply", "tf.scalar_mul" ->
                arguments.size() == 2
                        && (scaled(arguments.get(0), arguments.get(1), call.place(), depth)
                                || scaled(arguments.get(1), arguments.get(0), call.place(), depth));
            case "tf.divide" ->
                arguments.size() == 2 && divided(arguments.get(0), arguments.get(1), call.place(), depth);
            case "tf.add" ->
                arguments.size() == 2
                        && (added(arguments.get(0), arguments.get(1), call.place(), depth)
                                || added(arguments.get(1), arguments.get(0), call.place(), depth));
            case "tf.add_n" ->
                !arguments.isEmpty()
                        && arguments.get(0) instanceof Sequence list
                        && list.elements().size() == 1
                        && list.isComplete()
                        && follow(list.elements().get(0), depth + 1);
            case "tf.reduce_mean" -> mean(call, depth);
            default -> false;
        };
    }

    private boolean clippedByValue(RecordedCall call, int depth) {
        var given = Signatures.arguments("tf.clip_by_value", call);
        if (!given.containsKey("clip_value_min") || !given.containsKey("clip_value_max") || !given.containsKey("t")) {
            return false;
        }
        Optional<Quantity> low = number(given.get("clip_value_min").value(), call.place());
        Optional<Quantity> high = number(given.get("clip_value_max").value(), call.place());
        boolean isSymmetric = low.isPresent()
                && high.isPresent()
                && low.get().decimal().negate().compareTo(high.get().decimal()) == 0
                && high.get().decimal().signum() >= 0;
        return isSymmetric
                && follow(given.get("t").value(), depth + 1)
                && stages.add(new Stage.Clip(Stage.Clip.Kind.VALUE, high.get()));
    }

    /** The mean over towers that all do the same. */
    private boolean mean(RecordedCall call, int depth) {
        Value first = call.positional().isEmpty()
                ? new Value.None(samestep.program.value.Origin.NONE)
                : call.positional().get(0).value();
        boolean isList = first instanceof Value.Made list
                && Names.of(list.call()).filter(LISTS::contains).isPresent();
        if (!isList) {
            return false;
        }
        RecordedCall list = ((Value.Made) first).call();
        Optional<Sequence> towers = list.argument("values", -1)
                .map(RecordedCall.Argument::value)
                .or(() -> list.positional().stream()
                        .map(RecordedCall.Argument::value)
                        .filter(Sequence.class::isInstance)
                        .findFirst())
                .filter(Sequence.class::isInstance)
                .map(Sequence.class::cast);
        if (towers.isEmpty()
                || !towers.get().isComplete()
                || towers.get().elements().isEmpty()) {
            return false;
        }
        List<Value> all = towers.get().elements();
        if (all.size() > 1) {
            world.problems()
                    .unknown(
                            call.place(),
                            "gradients of " + all.size() + " towers are averaged; the first tower is read");
        }
        return follow(all.get(0), depth + 1);
    }
}

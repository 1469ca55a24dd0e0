package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.program.World;
import samestep.program.value.Arguments;
import samestep.program.value.FunctionValue;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Where a program applies gradients, by whichever of TensorFlow's ways. */
public final class Trainings {
    private static final Map<String, String> OPTIMIZERS = Map.of(
            "SGD", "GradientDescentOptimizer",
            "Adam", "AdamOptimizer",
            "Adagrad", "AdagradOptimizer",
            "Ftrl", "FtrlOptimizer",
            "RMSProp", "RMSPropOptimizer",
            "Momentum", "MomentumOptimizer");

    /**
     * An update of variables.
     *
     * @param optimizer what makes it
     * @param pairs gradients, and the variables that they change
     * @param call where
     * @param variables how many variables there were
     */
    public record Training(Value optimizer, Sequence pairs, RecordedCall call, int variables) {
        /** The same, of other gradients. */
        public Training with(Sequence others) {
            return new Training(optimizer, others, call, variables);
        }
    }

    private final GraphWorld world;
    private final List<Training> all = new ArrayList<>();

    Trainings(GraphWorld world) {
        this.world = world;
    }

    /** All of them, in order. */
    public List<Training> all() {
        return List.copyOf(all);
    }

    /** A place that updates the same variables counts once, however often a function is called. */
    public List<Training> distinct() {
        Map<List<Object>, Training> distinct = new LinkedHashMap<>();
        all.forEach(t -> distinct.putIfAbsent(List.of(t.call().place(), variables(t)), t));
        return List.copyOf(distinct.values());
    }

    private List<Optional<Variable>> variables(Training training) {
        return training.pairs().elements().stream()
                .map(pair -> world.variables().of(variable(Gradients.bare(pair))))
                .toList();
    }

    private static Optional<Argument> given(String function, String name, RecordedCall call) {
        return Optional.ofNullable(Signatures.arguments(function, call).get(name))
                .filter(a -> !(a.value() instanceof Value.None));
    }

    /** {@code minimize(loss)}. */
    Optional<Value> minimized(RecordedCall call) {
        pairs("minimize", "loss", "var_list", call)
                .ifPresent(pairs -> applied(call.owner().orElseThrow(), pairs, call));
        return Optional.empty();
    }

    /** {@code compute_gradients(loss)}: pairs of gradients and variables. */
    public Optional<Value> computed(RecordedCall call) {
        return pairs("compute_gradients", "loss", "var_list", call).map(Value.class::cast);
    }

    private Optional<Sequence> pairs(String function, String loss, String variables, RecordedCall call) {
        Optional<Argument> of = given(function, loss, call);
        Sequence list = given(function, variables, call)
                .map(Argument::value)
                .map(v -> v instanceof Sequence s ? s : single(v))
                .orElseGet(() -> world.variables().list(v -> true, call.circumstances(), call.place()));
        if (of.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Value>> gradients = world.gradients().by(of.get().value(), list, call);
        if (gradients.isEmpty()) {
            world.problems().refuse(call.place(), "the variables that are trained here are not known");
        }
        return gradients.map(g -> Gradients.pairs(g, list, call));
    }

    private static Sequence single(Value value) {
        return Sequence.list(List.of(value));
    }

    /** {@code apply_gradients(pairs)}. */
    public Optional<Value> applied(RecordedCall call) {
        Optional<Argument> pairs = given("apply_gradients", "grads_and_vars", call);
        if (pairs.isPresent() && pairs.get().value() instanceof Sequence list) {
            applied(call.owner().orElseThrow(), list, call);
        } else {
            world.problems().refuse(call.place(), "the gradients that are applied here are not known");
        }
        return Optional.empty();
    }

    /** Gradients are applied. */
    public void applied(Value optimizer, Sequence pairs, RecordedCall call) {
        all.add(new Training(optimizer, pairs, call, world.variables().all().size()));
    }

    /** {@code tf.gradients(loss, variables)}. */
    Optional<Value> differentiated(RecordedCall call) {
        Optional<Argument> loss = given("tf.gradients", "ys", call);
        Optional<Argument> of = given("tf.gradients", "xs", call);
        if (loss.isEmpty() || of.isEmpty()) {
            return Optional.empty();
        }
        Sequence list =
                of.get().value() instanceof Sequence s ? s : single(of.get().value());
        return world.gradients().by(loss.get().value(), list, call).map(Sequence::list);
    }

    /** {@code tf.clip_by_global_norm(gradients, norm)}: the clipped ones, and the norm. */
    Optional<Value> clipped(RecordedCall call) {
        Optional<Argument> list = given("tf.clip_by_global_norm", "t_list", call);
        Optional<Argument> norm = given("tf.clip_by_global_norm", "clip_norm", call);
        if (list.isEmpty() || norm.isEmpty() || !(list.get().value() instanceof Sequence gradients)) {
            return Optional.empty();
        }
        Sequence each = Gradients.each(gradients, g -> clipped(Gradients.CLIPPED, g, norm.get(), gradients));
        return Optional.of(Sequence.tuple(each, new Value.Made(call)));
    }

    private static Value clipped(String how, Value gradient, Argument norm, Sequence all) {
        return new Value.Computed(how, List.of(gradient, norm.value(), all), 1, norm.place());
    }

    /** {@code slim.learning.clip_gradient_norms(pairs, norm)}: each by its own. */
    Optional<Value> clippedPairs(RecordedCall call) {
        Optional<Argument> pairs = call.argument("gradients_to_variables", 0);
        Optional<Argument> norm = call.argument("max_norm", 1);
        return pairs.isPresent() && norm.isPresent() && pairs.get().value() instanceof Sequence list
                ? Optional.of(eachClipped(list, Gradients.CLIPPED_ALONE, norm.get()))
                : Optional.empty();
    }

    private static Sequence eachClipped(Sequence pairs, String how, Argument norm) {
        Sequence gradients = Gradients.each(pairs, Trainings::gradient);
        return Gradients.each(
                pairs, pair -> Sequence.tuple(clipped(how, gradient(pair), norm, gradients), variable(pair)));
    }

    /** The gradient of a pair. */
    public static Value gradient(Value pair) {
        return pair instanceof Sequence s && s.elements().size() == 2
                ? s.elements().get(0)
                : pair;
    }

    /** The variable of a pair. */
    public static Value variable(Value pair) {
        return pair instanceof Sequence s && s.elements().size() == 2
                ? s.elements().get(1)
                : pair;
    }

    /** {@code create_train_op} of slim, and {@code optimize_loss}. */
    Optional<Value> created(String function, RecordedCall call, World.Calls calls) {
        boolean isSlim = function.endsWith("create_train_op");
        Optional<Sequence> pairs =
                pairs(function, isSlim ? "total_loss" : "loss", isSlim ? "variables_to_train" : "variables", call);
        for (String unread : List.of("gradient_multipliers", "gradient_noise_scale", "transform_grads_fn")) {
            given(function, unread, call)
                    .ifPresent(a -> world.problems().unknown(a.place(), unread + " of gradients cannot be read yet"));
        }
        Optional<Value> optimizer =
                isSlim ? given(function, "optimizer", call).map(Argument::value) : optimizer(function, call, calls);
        if (pairs.isEmpty() || optimizer.isEmpty()) {
            return Optional.empty();
        }
        Optional<Argument> clip = given(function, isSlim ? "clip_gradient_norm" : "clip_gradients", call)
                .filter(a -> !(a.value() instanceof Value.Number n) || n.value() != 0 || !isSlim);
        String how = isSlim ? Gradients.CLIPPED_ALONE : Gradients.CLIPPED;
        applied(optimizer.get(), clip.map(c -> eachClipped(pairs.get(), how, c)).orElse(pairs.get()), call);
        return Optional.empty();
    }

    /** The optimizer of {@code optimize_loss}: a name, a class, an object, or a function of the rate. */
    private Optional<Value> optimizer(String function, RecordedCall call, World.Calls calls) {
        Optional<Argument> given = given(function, "optimizer", call);
        Optional<Argument> rate = given(function, "learning_rate", call);
        Optional<Argument> decay = given(function, "learning_rate_decay_fn", call);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Value value = given.get().value();
        Optional<Argument> course = rate.map(r -> decay.map(d -> new Argument(
                        calls.call(d.value(), Arguments.of(d.place(), r.value(), new Value.Made(call))), r.place()))
                .orElse(r));
        if (value instanceof FunctionValue && course.isPresent()) {
            return Optional.of(calls.call(
                    value, Arguments.of(given.get().place(), course.get().value())));
        }
        Optional<Value> type = value instanceof Value.Text text
                ? Optional.ofNullable(OPTIMIZERS.get(text.value()))
                        .map(name -> Value.Library.of("tensorflow.train." + name))
                : Optional.of(value).filter(Value.Library.class::isInstance);
        if (type.isEmpty()) {
            return Optional.of(value);
        }
        Map<String, Argument> arguments = new LinkedHashMap<>();
        course.ifPresent(c -> arguments.put("learning_rate", c));
        if (value instanceof Value.Text text && text.value().equals("Momentum")) {
            Value momentum = Value.Number.of(
                    new java.math.BigDecimal("0.9"), Origin.NONE.noted("what optimize_loss gives to Momentum"));
            arguments.put("momentum", new Argument(momentum, given.get().place()));
        }
        return Optional.of(new Value.Made(new RecordedCall(
                call.number(), type.get(), List.of(), arguments, false, call.place(), call.circumstances())));
    }
}

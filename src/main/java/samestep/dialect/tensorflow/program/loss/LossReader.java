package samestep.dialect.tensorflow.program.loss;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.ProgramCall;
import samestep.dialect.tensorflow.program.call.Scalars;
import samestep.dialect.tensorflow.program.graph.GraphCollections;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.tensorflow.program.graph.Variables;
import samestep.dialect.write.Reasons;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * The terms of a loss: which penalties of which variables are in it, times what. The data's part is kept apart from
 * them; a term of variables alone that is not understood is reported.
 */
public final class LossReader {
    private static final Set<String> SUMS = Set.of("tf.add_n", "tf.accumulate_n", "tf.stack", "tf.pack");
    private static final Set<String> SAME = Set.of(
            "tf.identity",
            "tf.check_numerics",
            "tf.Print",
            "tf.cast",
            "tf.to_float",
            "tf.convert_to_tensor",
            "tf.squeeze",
            "tf.reshape",
            "tf.expand_dims",
            "tf.debugging.check_numerics",
            "slim.losses.compute_weighted_loss");
    /** Calls of functions that are given. */
    private static final Set<String> BRANCHES = Set.of(
            "tf.cond",
            "tf.case",
            "tf.switch_case",
            "tf.while_loop",
            "tf.map_fn",
            "tf.scan",
            "tf.foldl",
            "tf.foldr",
            "tf.py_func",
            "tf.py_function",
            "tf.numpy_function",
            "tf.custom_gradient",
            "tf.recompute_grad");

    private static final Set<String> PRODUCTS = Set.of("tf.multiply", "tf.scalar_mul");
    private static final int DEEPEST = 200;

    private final GraphWorld world;
    private final LossParts parts;
    private final Circumstances when;
    private final Problems problems;
    private final Map<Variable, List<Added>> added = new LinkedHashMap<>();
    private final List<Value> data = new ArrayList<>();
    /** What is not known of the penalties of some variables. */
    private final Map<Variable, List<String>> unread = new LinkedHashMap<>();
    /** What may be about any variable. */
    private final List<String> unreadOfAll = new ArrayList<>();

    /**
     * @param when under what the loss is minimized: this is taken to hold
     */
    public LossReader(GraphWorld world, Circumstances when) {
        this(world, when, world.problems());
    }

    /** One that says what is not known to others than the reader of the program. */
    public LossReader(GraphWorld world, Circumstances when, Problems problems) {
        this.world = world;
        this.parts = new LossParts(world.variables());
        this.when = when;
        this.problems = problems;
    }

    /** Reads a loss. */
    public void read(Value loss, Place place) {
        term(loss, Optional.empty(), place, 0);
    }

    /** The penalties of a variable. */
    public List<Added> of(Variable variable) {
        return added.getOrDefault(variable, List.of());
    }

    /** The terms that the data gives; a factor of one is a product of theirs. */
    List<Value> data() {
        return data;
    }

    /** What is not known of the penalties of this variable alone. */
    public List<String> unreadOf(Variable variable) {
        return unread.getOrDefault(variable, List.of());
    }

    /** What is not known of the penalties of a variable; empty where all is. */
    public List<String> unread(Variable variable) {
        List<String> all = new ArrayList<>(unreadOfAll);
        all.addAll(unread.getOrDefault(variable, List.of()));
        return all;
    }

    /** A part that is not known, or not understood. */
    private void open(Place place, String message, Value part) {
        problems.unknown(place, message);
        String what = "a part of the loss at " + place;
        Set<Variable> variables = parts.variables(part);
        variables.forEach(v -> unread.computeIfAbsent(v, k -> new ArrayList<>()).add(what));
        if (variables.isEmpty()) {
            unreadOfAll.add(what);
        }
    }

    private void term(Value value, Optional<Quantity> factor, Place place, int depth) {
        if (depth > DEEPEST) {
            open(place, "a loss that is nested too deep", value);
        } else if (value instanceof Value.Guarded guarded) {
            guarded(guarded, factor, place, depth);
        } else if (value instanceof Value.OneOf oneOf) {
            oneOf(oneOf, factor, place, depth);
        } else if (value instanceof Sequence list) {
            list(list, factor, place, depth);
        } else if (value instanceof Value.Computed computed) {
            computed(computed, factor, depth);
        } else if (value instanceof Value.Made made) {
            made(made, factor, depth);
        } else {
            leaf(value, factor, place);
        }
    }

    private void list(Sequence list, Optional<Quantity> factor, Place place, int depth) {
        list.elements().forEach(e -> term(e, factor, place, depth + 1));
        list.rest().ifPresent(rest -> unread(rest, place));
    }

    /** A term that is there under conditions: those of the variable itself do not count, those of the training do. */
    private void guarded(Value.Guarded guarded, Optional<Quantity> factor, Place place, int depth) {
        List<Condition> open = guarded.when().conditions().stream()
                .filter(c -> when.decides(c.test()).isEmpty())
                .toList();
        boolean isAgainst = guarded.when().conditions().stream()
                .anyMatch(c ->
                        when.decides(c.test()).map(holds -> holds != c.holds()).orElse(false));
        if (isAgainst) {
            return;
        }
        List<Condition> others = open.stream()
                .filter(c -> parts.variables(guarded.value()).stream()
                        .noneMatch(v -> v.when().conditions().stream()
                                .anyMatch(k -> k.place().equals(c.place()) && k.holds() == c.holds())))
                .toList();
        if (!others.isEmpty() && parts.hasPenalty(guarded.value())) {
            open(place, "whether a penalty is in the loss depends on the run: " + others.get(0), guarded.value());
        }
        term(guarded.value(), factor, place, depth + 1);
    }

    private void oneOf(Value.OneOf oneOf, Optional<Quantity> factor, Place place, int depth) {
        Value narrowed = when.narrowed(oneOf);
        if (!(narrowed instanceof Value.OneOf still)) {
            term(narrowed, factor, place, depth + 1);
            return;
        }
        boolean hasPenalty = still.alternatives().stream().anyMatch(a -> parts.hasPenalty(a.value()));
        if (hasPenalty) {
            open(place, "which penalties are in the loss depends on the run: " + Reasons.of(still), still);
        }
        term(still.alternatives().get(0).value(), factor, place, depth + 1);
    }

    private void computed(Value.Computed computed, Optional<Quantity> factor, int depth) {
        List<Value> operands = computed.operands();
        Place place = computed.place();
        switch (computed.operator()) {
            case "+", GraphCollections.SUM -> operands.forEach(o -> term(o, factor, place, depth + 1));
            case "sum" -> term(operands.get(0), factor, place, depth + 1);
            case "-" -> {
                if (operands.size() == 2) {
                    term(operands.get(0), factor, place, depth + 1);
                    term(operands.get(1), Optional.of(times(factor, minusOne())), place, depth + 1);
                } else {
                    term(operands.get(0), Optional.of(times(factor, minusOne())), place, depth + 1);
                }
            }
            case "*" -> product(computed, operands.get(0), operands.get(1), factor, place, depth);
            case "/" -> quotient(computed, operands.get(0), operands.get(1), factor, place, depth);
            case Variables.REGULARIZED -> regularized(operands.get(0), operands.get(1), factor, place);
            default -> leaf(computed, factor, place);
        }
    }

    private static Quantity minusOne() {
        return Quantity.byDefault("-1", "the minus before it");
    }

    private void product(Value whole, Value left, Value right, Optional<Quantity> factor, Place place, int depth) {
        Optional<Quantity> first = number(left, place);
        Optional<Quantity> second = number(right, place);
        if (first.isPresent()) {
            term(right, Optional.of(times(factor, first.get())), place, depth + 1);
        } else if (second.isPresent()) {
            term(left, Optional.of(times(factor, second.get())), place, depth + 1);
        } else {
            if (!parts.hasPenalty(whole)) {
                problems.unknown(place, "the data's loss is multiplied by what is not known here");
            }
            leaf(whole, factor, place);
        }
    }

    private void quotient(Value whole, Value left, Value right, Optional<Quantity> factor, Place place, int depth) {
        Optional<Quantity> divisor = number(right, place);
        if (divisor.isPresent() && divisor.get().decimal().signum() != 0) {
            Quantity first = factor.orElseGet(() -> Quantity.byDefault("1", "a factor of 1"));
            Quantity by = divisor.get();
            term(
                    left,
                    Optional.of(by.derived(first.value().over(by.value()), "divided by " + by.written())),
                    place,
                    depth + 1);
        } else {
            leaf(whole, factor, place);
        }
    }

    private static Optional<Quantity> number(Value value, Place place) {
        return Scalars.peeled(value) instanceof Value.Number number
                        && number.formula().isPresent()
                ? Optional.of(Births.quantity(number, place))
                : Optional.empty();
    }

    private static Quantity times(Optional<Quantity> factor, Quantity by) {
        return factor.map(f -> by.derived(f.value().times(by.value()), f.written() + " * " + by.written()))
                .orElse(by);
    }

    private void made(Value.Made made, Optional<Quantity> factor, int depth) {
        RecordedCall call = made.call();
        String name = Names.of(call).orElse("");
        Optional<Value> first = argument(call, 0);
        Optional<Value> second = argument(call, 1);
        if (first.isEmpty()) {
            leaf(made, factor, call.place());
        } else if (SUMS.contains(name) || SAME.contains(name)) {
            term(first.get(), factor, call.place(), depth + 1);
        } else if (name.equals("tf.add") && second.isPresent()) {
            term(first.get(), factor, call.place(), depth + 1);
            term(second.get(), factor, call.place(), depth + 1);
        } else if (name.equals("tf.subtract") && second.isPresent()) {
            term(first.get(), factor, call.place(), depth + 1);
            term(second.get(), Optional.of(times(factor, minusOne())), call.place(), depth + 1);
        } else if (PRODUCTS.contains(name) && second.isPresent()) {
            product(made, first.get(), second.get(), factor, call.place(), depth);
        } else if (name.equals("tf.divide") && second.isPresent()) {
            quotient(made, first.get(), second.get(), factor, call.place(), depth);
        } else if (name.equals("tf.reduce_sum") || name.equals("tf.reduce_mean")) {
            reduced(made, first.get(), factor, depth);
        } else {
            norm(made, factor);
        }
    }

    private static Optional<Value> argument(RecordedCall call, int position) {
        if (position < call.positional().size()) {
            return Optional.of(call.positional().get(position).value());
        }
        List<String> names = position == 0
                ? List.of("inputs", "x", "scalar", "t", "input", "input_tensor", "values", "tensor")
                : List.of("y", "x");
        return names.stream().flatMap(n -> call.keyword(n).stream()).findFirst().map(Argument::value);
    }

    /**
     * A sum or a mean. Of a list it is that of its elements; scalar penalties pass through one over the data's samples, since
     * the mean of a constant is the constant.
     */
    private void reduced(Value.Made made, Value inner, Optional<Quantity> factor, int depth) {
        boolean isMean = Names.is(made.call().callee(), "tf.reduce_mean");
        Place place = made.call().place();
        Value list = inner instanceof Value.Made stack
                        && Names.of(stack.call())
                                .filter(n -> n.equals("tf.stack") || n.equals("tf.pack"))
                                .isPresent()
                ? argument(stack.call(), 0).orElse(inner)
                : inner;
        if (list instanceof Sequence elements) {
            boolean isSure = elements.isComplete();
            if (isMean && !isSure) {
                unread(made, place);
            } else if (isMean && !elements.elements().isEmpty()) {
                Quantity first = factor.orElseGet(() -> Quantity.byDefault("1", "a factor of 1"));
                int n = elements.elements().size();
                Quantity mean = first.derived(first.value().over(Expression.literal(n)), "divided by " + n);
                list(elements, Optional.of(mean), place, depth);
            } else {
                list(elements, factor, place, depth);
            }
            return;
        }
        if (parts.norm(made).isPresent() || !parts.hasPenalty(inner)) {
            norm(made, factor);
        } else if (isMean || parts.isScalarPenalty(inner)) {
            term(inner, factor, place, depth + 1);
        } else {
            unread(made, place);
        }
    }

    /** A penalty that is written out, or a term of the data. */
    private void norm(Value.Made made, Optional<Quantity> factor) {
        Optional<LossParts.Found> found = parts.norm(made);
        if (found.isEmpty()) {
            leaf(made, factor, made.call().place());
            return;
        }
        Place place = made.call().place();
        Quantity plain = factor.orElseGet(() -> new Quantity(
                Expression.literal(1), "", new samestep.recipe.Origin.Derived("a factor of 1", Optional.of(place))));
        Quantity coefficient = found.get().isDoubled()
                ? plain.derived(Expression.literal(2).times(plain.value()), "2 * " + plain.written())
                : plain;
        put(found.get().variable(), Added.of(new Stage.Penalty(found.get().norm(), coefficient)));
    }

    private void regularized(Value regularizer, Value variable, Optional<Quantity> factor, Place place) {
        Optional<Variable> of = world.variables().of(variable);
        Value narrowed = when.narrowed(regularizer);
        if (narrowed instanceof Value.None) {
            return;
        }
        boolean isNested = narrowed instanceof Value.Made sum
                && Names.of(sum.call())
                        .filter(n -> n.equals("slim.sum_regularizer"))
                        .isPresent();
        if (isNested) {
            argument(((Value.Made) narrowed).call(), 0)
                    .filter(Sequence.class::isInstance)
                    .ifPresentOrElse(
                            all -> ((Sequence) all).elements().forEach(r -> regularized(r, variable, factor, place)),
                            () -> unread(narrowed, place));
        } else if (of.isPresent()
                && narrowed instanceof Value.Made made
                && Names.of(made.call()).isPresent()) {
            put(of.get(), Added.of(ProgramCall.of(made.call(), problems), factor));
        } else if (of.isPresent()) {
            open(place, "the regularizer of " + of.get().path() + " is not known: " + Reasons.of(narrowed), variable);
        } else {
            unread(variable, place);
        }
    }

    private void put(Variable variable, Added penalty) {
        added.computeIfAbsent(variable, v -> new ArrayList<>()).add(penalty);
    }

    /** What is not a sum or product: the data's, or something of the variables that is not understood. */
    private void leaf(Value value, Optional<Quantity> factor, Place place) {
        if (parts.hasPenalty(value)) {
            unread(value, place);
        } else if (isOfBranches(value)) {
            open(
                    place,
                    "a part of the loss is what functions give that TensorFlow calls; they are not followed",
                    value);
        } else if (isForeign(value)) {
            open(place, "a part of the loss is not known: " + Reasons.of(value), value);
        } else if (value instanceof Value.Unknown unknown) {
            open(unknown.place().orElse(place), "a part of the loss is not known: " + unknown.reason(), value);
        } else if (!(value instanceof Value.Number) && !(value instanceof Value.None)) {
            boolean isSum =
                    value instanceof Value.Made made && Names.is(made.call().callee(), "tf.reduce_sum");
            if (isSum || factor.filter(f -> !f.isOne()).isPresent()) {
                problems.unknown(
                        place,
                        (isSum ? "the data's loss is a sum" : "a number multiplies the data's loss")
                                + " here: its gradient against that of a mean over the batch is not known");
            }
            data.add(
                    factor.filter(f -> !f.isOne()).isPresent()
                            ? new Value.Unknown("scaled", Optional.of(place))
                            : value);
        }
    }

    /** Whether a term, or what it is the mean of, is made by functions of the program: one of them may add a penalty. */
    private static boolean isOfBranches(Value value) {
        if (!(value instanceof Value.Made made)) {
            return false;
        }
        String name = Names.of(made.call()).orElse("");
        boolean isReduced = SAME.contains(name) || name.equals("tf.reduce_mean") || name.equals("tf.reduce_sum");
        return BRANCHES.contains(name)
                || isReduced
                        && argument(made.call(), 0)
                                .filter(LossReader::isOfBranches)
                                .isPresent();
    }

    /** What another library, or something that is not known, gives: it may have penalties in it. */
    private static boolean isForeign(Value value) {
        Value base = value;
        while (base instanceof Value.Member || base instanceof Value.Element) {
            base = base instanceof Value.Member member ? member.owner() : ((Value.Element) base).owner();
        }
        if (base instanceof Value.Made made) {
            RecordedCall call = made.call();
            boolean isNumpy = call.name().startsWith("numpy.");
            return !isNumpy
                    && Names.of(call).isEmpty()
                    && call.owner().map(LossReader::isForeign).orElse(true);
        }
        return base != value && base instanceof Value.Unknown || base instanceof Value.Library && base != value;
    }

    private void unread(Value value, Place place) {
        open(place, "a part of the loss has variables in it and cannot be read: " + Reasons.shown(value), value);
    }
}

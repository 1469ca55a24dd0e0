package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.dialect.pytorch.program.table.Values;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/**
 * Penalties in the loss that a program differentiates: {@code loss + wd * sum(p.pow(2).sum() for p in model.parameters())}. A
 * term that has parameters in it and is nothing known is an error: the update would be another one.
 */
final class Penalties {
    private static final Expression TWO = Expression.literal(2);
    private static final int DEEPEST = 60;
    private static final int MOST = 20_000;

    private final Trace trace;
    private final int microSteps;
    private final ModelWorld world;
    private final NamedTerms namedTerms;
    private final Function<List<ModelParameter>, ParameterGroup.Members> members;
    private final List<Finding> findings;

    /** A norm of parameters. */
    private record Part(Norm norm, List<ModelParameter> of) {}

    /**
     * @param microSteps how many batches make one update
     */
    Penalties(
            Trace trace,
            int microSteps,
            ModelWorld world,
            NamedTerms namedTerms,
            Function<List<ModelParameter>, ParameterGroup.Members> members,
            List<Finding> findings) {
        this.trace = trace;
        this.microSteps = microSteps;
        this.world = world;
        this.members = members;
        this.namedTerms = namedTerms;
        this.findings = findings;
    }

    /** The stages of the first loss that has any. */
    List<BeforeStep> stages() {
        List<Place> seen = new ArrayList<>();
        List<BeforeStep> stages = new ArrayList<>();
        for (RecordedCall call : trace.calls()) {
            if (call.name().endsWith("backward") && !seen.contains(call.place())) {
                seen.add(call.place());
                Losses.of(call).ifPresent(loss -> term(loss, Optional.empty(), call.place(), stages, 0));
            }
        }
        return stages;
    }

    private void term(Value value, Optional<Quantity> factor, Place place, List<BeforeStep> stages, int depth) {
        if (depth > DEEPEST || !isPenalty(value)) {
            return;
        }
        Optional<Part> part = part(value);
        if (part.isPresent()) {
            stages.add(stage(part.get(), factor, place));
            return;
        }
        if (value instanceof Value.Computed computed) {
            List<Value> operands = computed.operands();
            switch (computed.operator()) {
                case "+" -> {
                    operands.forEach(operand -> term(operand, factor, place, stages, depth + 1));
                    return;
                }
                case "*" -> {
                    for (int i = 0; i < 2; i++) {
                        if (operands.get(i) instanceof Value.Number number) {
                            term(operands.get(1 - i), Losses.times(factor, number, place), place, stages, depth + 1);
                            return;
                        }
                    }
                }
                case "/" -> {
                    if (operands.get(1) instanceof Value.Number n
                            && n.value() == microSteps
                            && microSteps > 1
                            && depth == 0) {
                        // The whole loss by the number of batches that are added up: the mean of all.
                        term(operands.get(0), factor, place, stages, depth + 1);
                        return;
                    }
                    if (operands.get(1) instanceof Value.Number number) {
                        term(operands.get(0), Losses.over(factor, number, place), place, stages, depth + 1);
                        return;
                    }
                }
                default -> {}
            }
        }
        findings.add(Finding.at(
                place,
                Code.SS010,
                "the loss has a term of the model's parameters that cannot be read: " + Values.why(value)));
    }

    private BeforeStep stage(Part part, Optional<Quantity> factor, Place place) {
        Quantity plain = factor.orElseGet(() -> Quantity.byDefault("1", "a factor of 1"));
        // The sum of squares has no half in front: its gradient is twice the number times the weight.
        Quantity coefficient = part.norm == Norm.L1
                ? plain
                : plain.derived(
                        plain.value().times(TWO), "2 * " + plain.decimal().toPlainString());
        return new BeforeStep(new Stage.Penalty(part.norm, coefficient), members.apply(part.of));
    }

    /** The norm of parameters that a value is, or a sum of such of one kind. */
    private Optional<Part> part(Value value) {
        if (value instanceof Value.Computed computed && computed.operator().equals("sum")) {
            if (!(computed.operands().get(0) instanceof Sequence sequence)
                    || sequence.rest().isPresent()) {
                return Optional.empty();
            }
            return sequence.isComplete() ? joined(sequence.elements()) : named(sequence);
        }
        if (value instanceof Value.Computed computed && computed.operator().equals("+")) {
            return joined(computed.operands().stream()
                    .filter(operand -> !(operand instanceof Value.Number n && n.value() == 0))
                    .toList());
        }
        return square(value)
                .map(p -> new Part(Norm.L2, List.of(p)))
                .or(() -> absolute(value).map(p -> new Part(Norm.L1, List.of(p))));
    }

    /** A sum over the parameters of some names. */
    private Optional<Part> named(Sequence terms) {
        Optional<List<ModelParameter>> picked = namedTerms.of(terms);
        return picked.isEmpty()
                ? Optional.empty()
                : joined(terms.elements().stream()
                                .map(term -> ((Value.Guarded) term).value())
                                .toList())
                        .map(whole -> new Part(whole.norm, picked.get()));
    }

    private Optional<Part> joined(List<Value> values) {
        List<ModelParameter> all = new ArrayList<>();
        Optional<Norm> norm = Optional.empty();
        for (Value value : values) {
            Optional<Part> part = part(value);
            boolean fits = part.isPresent() && (norm.isEmpty() || norm.get() == part.get().norm);
            if (!fits) {
                return Optional.empty();
            }
            norm = Optional.of(part.get().norm);
            all.addAll(part.get().of);
        }
        return norm.map(n -> new Part(n, all));
    }

    /** The parameter of which a value is the sum of squares. */
    private Optional<ModelParameter> square(Value value) {
        Optional<Value> summed = summed(value);
        if (summed.isPresent()) {
            return squared(summed.get()).flatMap(world::parameter);
        }
        return squared(value).flatMap(norm -> normed(norm, 2));
    }

    private Optional<ModelParameter> absolute(Value value) {
        Optional<Value> summed = summed(value);
        return summed.isPresent() ? call(summed.get(), "abs").flatMap(world::parameter) : normed(value, 1);
    }

    /** What is summed: {@code x.sum()}, {@code torch.sum(x)}. */
    private static Optional<Value> summed(Value value) {
        return call(value, "sum");
    }

    /** What is squared: {@code x ** 2}, {@code x.pow(2)}, {@code torch.square(x)}, {@code x * x}. */
    private static Optional<Value> squared(Value value) {
        if (value instanceof Value.Computed computed && computed.operands().size() == 2) {
            Value left = computed.operands().get(0);
            Value right = computed.operands().get(1);
            boolean isSquare = computed.operator().equals("**") && right instanceof Value.Number n && n.value() == 2
                    || computed.operator().equals("*") && left.equals(right);
            return isSquare ? Optional.of(left) : Optional.empty();
        }
        Optional<Value> pow = call(value, "pow");
        if (pow.isPresent()) {
            List<RecordedCall.Argument> arguments = ((Value.Made) value).call().positional();
            boolean isTwo = !arguments.isEmpty()
                    && arguments.get(arguments.size() - 1).value() instanceof Value.Number n
                    && n.value() == 2;
            return isTwo ? pow : Optional.empty();
        }
        return call(value, "square");
    }

    /** The parameter of a norm {@code p.norm(2)} or {@code torch.norm(p)}; without a number it is the second. */
    private Optional<ModelParameter> normed(Value value, int order) {
        Optional<Value> of = call(value, "norm");
        if (of.isEmpty()) {
            return Optional.empty();
        }
        RecordedCall call = ((Value.Made) value).call();
        boolean isMethod = call.owner().isPresent() && !(call.callee() instanceof Value.Library);
        Optional<Value> p = call.argument("p", isMethod ? 0 : 1).map(RecordedCall.Argument::value);
        boolean fits =
                p.map(v -> v instanceof Value.Number n && n.value() == order).orElse(order == 2);
        return fits ? of.flatMap(world::parameter) : Optional.empty();
    }

    /** What a method is called on, or a function of torch is given. */
    private static Optional<Value> call(Value value, String name) {
        if (!(value instanceof Value.Made made)) {
            return Optional.empty();
        }
        RecordedCall call = made.call();
        if (call.name().equals("torch." + name) || call.name().equals("torch.linalg." + name)) {
            return call.positional().stream().findFirst().map(RecordedCall.Argument::value);
        }
        return call.callee() instanceof Value.Member member && member.name().equals(name)
                ? Optional.of(member.owner())
                : Optional.empty();
    }

    /** Whether a term of a loss is about parameters. */
    boolean isPenalty(Value value) {
        return mentions(value, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Whether a parameter of a model is in a value, other than as the model's own input. */
    private boolean mentions(Value value, Set<Object> seen) {
        Object key = value instanceof Value.Made made ? made.call() : value;
        if (!seen.add(key) || seen.size() > MOST) {
            return false;
        }
        if (world.parameter(value).isPresent() || world.parametersOf(value).isPresent()) {
            return true;
        }
        return inside(value).stream().anyMatch(part -> mentions(part, seen));
    }

    private static List<Value> inside(Value value) {
        if (value instanceof Value.Computed computed) {
            return computed.operands();
        }
        if (value instanceof Sequence sequence) {
            return sequence.elements();
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream().map(Value.Alternative::value).toList();
        }
        if (value instanceof Value.Guarded guarded) {
            return List.of(guarded.value());
        }
        if (value instanceof Value.Member member) {
            return List.of(member.owner());
        }
        if (!(value instanceof Value.Made made)) {
            return List.of();
        }
        List<Value> parts = new ArrayList<>();
        made.call().owner().ifPresent(parts::add);
        made.call().positional().forEach(argument -> parts.add(argument.value()));
        return parts;
    }
}

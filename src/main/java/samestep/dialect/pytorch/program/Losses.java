package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import samestep.dialect.pytorch.program.model.ModuleTree;
import samestep.dialect.pytorch.program.table.Prepared;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.BoundMethod;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Keys;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.Stage.LossScale.Form;

/** The losses that a program differentiates before the optimizer's step. */
final class Losses {
    private static final int DEEPEST = 60;
    private static final int MOST_TURNS = 300;

    private static final Map<String, String> OPERATIONS = Map.of(
            "mul",
            "*",
            "mul_",
            "*",
            "multiply",
            "*",
            "div",
            "/",
            "div_",
            "/",
            "divide",
            "/",
            "true_divide",
            "/",
            "add",
            "+",
            "add_",
            "+");

    private final Trace trace;
    private final RecordedCall step;

    /**
     * @param step the optimizer's step
     */
    Losses(Trace trace, RecordedCall step) {
        this.trace = trace;
        this.step = step;
    }

    /**
     * The data's part of a loss: what is left without penalties and constant factors.
     *
     * @param value the part
     * @param factor the product of the constant factors; empty where there is none
     * @param isMean whether one of the factors was one over the number of batches of an update
     */
    record Data(Value value, Optional<Quantity> factor, boolean isMean) {}

    /** The last backward pass before the step; empty where none was found. */
    Optional<RecordedCall> backward() {
        return trace.calls().stream()
                .filter(call -> call.name().endsWith("backward") && call.number() < step.number())
                .reduce((first, second) -> second);
    }

    /** Says what the last backward pass does not tell: another one before it, or gradients that it is given. */
    void unread(Predicate<Value> isPenalty, Unread unread) {
        Optional<RecordedCall> last = backward();
        if (last.isEmpty()) {
            return;
        }
        boolean isGiven = last.get().keyword("gradient").isPresent()
                || !isOfWrapper(last.get())
                        && last.get().positional().stream()
                                .anyMatch(a -> a.value() instanceof Value.Made made
                                        && made.call().name().startsWith("torch.")
                                        && made.call().owner().isEmpty()
                                        && last.get().owner().isPresent());
        data(1, isPenalty)
                .filter(data -> isOwn(data.value))
                .ifPresent(data -> unread.add(
                        last.get().place(), "the loss is of a class of the program whose method is not followed"));
        last.get()
                .keyword("inputs")
                .filter(a -> !(a.value() instanceof Value.None))
                .ifPresent(a -> unread.add(a.place(), "the backward pass gives gradients to these only"));
        if (isGiven) {
            unread.add(last.get().place(), "the backward pass is given gradients");
        }
        Optional<String> first = factor(last.get(), isPenalty);
        trace.calls().stream()
                .filter(call -> call.place().equals(last.get().place())
                        && call.number() > last.get().number())
                .limit(MOST_TURNS)
                .filter(call -> !factor(call, isPenalty).equals(first))
                .findFirst()
                .ifPresent(call -> unread.add(
                        call.place(), "the loss is multiplied by another number in another turn of its loop"));
        trace.calls().stream()
                .filter(call -> call.lastName().equals("backward")
                        && call.number() < last.get().number()
                        && !call.place().equals(last.get().place())
                        && !call.circumstances().loops().isEmpty()
                        && Steps.areInOneTurn(call, last.get())
                        && !Steps.areExclusive(call, last.get())
                        && of(call).filter(isPenalty).isEmpty())
                .findFirst()
                .ifPresent(call -> unread.add(call.place(), "another backward pass adds its gradients here"));
    }

    /** What the data's loss is multiplied by, in words. */
    private Optional<String> factor(RecordedCall backward, Predicate<Value> isPenalty) {
        return of(backward)
                .map(loss -> data(new Data(loss, Optional.empty(), false), 1, isPenalty))
                .map(data -> form(data.value)
                        + data.factor.map(q -> q.decimal().toPlainString()).orElse("1"));
    }

    /** What is differentiated: {@code loss.backward()}, {@code scaler.scale(loss).backward()}, {@code x.backward(loss)}. */
    static Optional<Value> of(RecordedCall call) {
        Optional<Value> given = call.positional().stream().findFirst().map(RecordedCall.Argument::value);
        Optional<Value> owner = call.owner();
        if (owner.isPresent()
                && owner.get() instanceof Value.Made made
                && made.call().name().endsWith(".scale")
                && !made.call().positional().isEmpty()) {
            return Optional.of(made.call().positional().get(0).value());
        }
        boolean isLoss = isOfWrapper(call) || given.isPresent() && given.get() instanceof Value.Computed;
        return isLoss ? given : owner;
    }

    /** {@code accelerator.backward(loss)}, {@code fabric.backward(loss)}. */
    private static boolean isOfWrapper(RecordedCall call) {
        return call.owner()
                .filter(owner -> Prepared.isAccelerator(owner) || Prepared.isFabric(owner))
                .isPresent();
    }

    /** The loops around the backward pass that are not around the step: their turns are added up in one update. */
    List<Loop> inside() {
        List<Place> around = Steps.places(step);
        List<Loop> loops = backward().map(call -> call.circumstances().loops()).orElse(List.of());
        boolean isInside = loops.size() > around.size()
                && loops.stream().limit(around.size()).map(Loop::place).toList().equals(around);
        return isInside ? loops.subList(around.size(), loops.size()) : List.of();
    }

    /**
     * The data's part of the loss of the last backward pass.
     *
     * @param microSteps how many batches make one update
     * @param isPenalty whether a term is a penalty on parameters
     */
    Optional<Data> data(int microSteps, Predicate<Value> isPenalty) {
        Optional<Value> loss = backward().flatMap(Losses::of);
        return loss.map(value -> data(new Data(value, Optional.empty(), false), microSteps, isPenalty));
    }

    private Data data(Data from, int microSteps, Predicate<Value> isPenalty) {
        Data data = from;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Optional<Value.Computed> computed = computed(data.value);
            Optional<Data> next = computed.isPresent()
                    ? inner(data, computed.get(), microSteps, isPenalty)
                    : forward(data.value).map(own(data));
            if (next.isEmpty()) {
                return data;
            }
            data = next.get();
        }
        return data;
    }

    private static Function<Value, Data> own(Data data) {
        return value -> new Data(value, data.factor, data.isMean);
    }

    /** An operation, by its sign or by its name: {@code loss.mul(2)}. */
    private static Optional<Value.Computed> computed(Value value) {
        if (value instanceof Value.Computed computed) {
            return Optional.of(computed);
        }
        if (!(value instanceof Value.Made made)) {
            return Optional.empty();
        }
        RecordedCall call = made.call();
        boolean isFunction = call.name().equals("torch." + call.lastName());
        List<Value> operands = new ArrayList<>();
        if (!isFunction && call.owner().isPresent()) {
            operands.add(call.owner().get());
        }
        call.positional().forEach(a -> operands.add(a.value()));
        String operator = OPERATIONS.get(call.lastName());
        return operator != null && operands.size() == 2 && call.keywords().isEmpty()
                ? Optional.of(new Value.Computed(operator, operands, 1, call.place()))
                : Optional.empty();
    }

    /** A loss of a class of the program that {@link #forward} does not see through, and no model that gives its loss. */
    private static boolean isOwn(Value loss) {
        return loss instanceof Value.Made made
                && made.call().callee() instanceof Instance instance
                && instance.type().libraryBases().stream()
                        .anyMatch(base -> base.name().endsWith("Loss"));
    }

    /** What a loss of the program's own class gives. */
    private Optional<Value> forward(Value loss) {
        if (!(loss instanceof Value.Made made) || !(made.call().callee() instanceof Instance instance)) {
            return Optional.empty();
        }
        return ModuleTree.isModule(instance) || isOwn(loss)
                ? instance.type()
                        .attribute("forward")
                        .filter(FunctionValue.class::isInstance)
                        .map(f -> trace.call(
                                new BoundMethod(instance, (FunctionValue) f),
                                made.call().positional().stream()
                                        .map(RecordedCall.Argument::value)
                                        .toList()))
                        .filter(given -> made.call().keywords().isEmpty() && !(given instanceof Value.Unknown))
                : Optional.empty();
    }

    /** One factor or one penalty less; empty where the value is neither a product with a number nor a sum with a penalty. */
    private static Optional<Data> inner(
            Data data, Value.Computed computed, int microSteps, Predicate<Value> isPenalty) {
        List<Value> operands = computed.operands();
        Place place = computed.place();
        if (operands.size() != 2) {
            return Optional.empty();
        }
        Value left = operands.get(0);
        Value right = operands.get(1);
        switch (computed.operator()) {
            case "/" -> {
                if (right instanceof Value.Number n && n.value() == microSteps && microSteps > 1 && !data.isMean) {
                    return Optional.of(new Data(left, data.factor, true));
                }
                return right instanceof Value.Number number
                        ? Optional.of(new Data(left, over(data.factor, number, place), data.isMean))
                        : Optional.empty();
            }
            case "*" -> {
                if (right instanceof Value.Number number) {
                    return Optional.of(new Data(left, times(data.factor, number, place), data.isMean));
                }
                return left instanceof Value.Number number
                        ? Optional.of(new Data(right, times(data.factor, number, place), data.isMean))
                        : Optional.empty();
            }
            case "+" -> {
                if (Keys.of(left).equals(Keys.of(right))) {
                    Value.Number two = Value.Number.of(2, Origin.NONE);
                    return Optional.of(new Data(left, times(data.factor, two, place), data.isMean));
                }
                if (isPenalty.test(right) || right instanceof Value.Number) {
                    return Optional.of(new Data(left, data.factor, data.isMean));
                }
                return isPenalty.test(left) || left instanceof Value.Number
                        ? Optional.of(new Data(right, data.factor, data.isMean))
                        : Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    /**
     * What the loss is against the mean over the batch.
     *
     * @return empty where it is that
     */
    static Optional<Stage.LossScale> scale(Data data) {
        Form form = form(data.value);
        Quantity factor = data.factor.orElseGet(() -> Quantity.byDefault("1", "a factor of 1"));
        // The sum over outputs of the square is twice the half of it.
        Quantity weight = form == Form.SUMMED && isSquare(data.value)
                ? factor.derived(factor.value().times(Expression.literal(2)), "2 * factor")
                : factor;
        return form != Form.WEIGHTED || !weight.isOne()
                ? Optional.of(new Stage.LossScale(form, weight))
                : Optional.empty();
    }

    private static Form form(Value loss) {
        return switch (loss instanceof Value.Made made ? made.call().name() : "") {
            case PythonDefinitions.MEAN_OF_SQUARES -> Form.MEAN_SQUARE;
            case PythonDefinitions.SUM_OF_MEAN_SQUARES -> Form.SUMMED_SQUARE;
            case PythonDefinitions.SUM_OVER_BATCH -> Form.SUMMED;
            default -> isSum(loss) ? Form.SUMMED : isMean(loss) && isSquare(loss) ? Form.MEAN_SQUARE : Form.WEIGHTED;
        };
    }

    /** {@code nn.MSELoss()(...)}, {@code F.mse_loss(...)}. */
    private static boolean isSquare(Value loss) {
        String name = criterion(loss).map(RecordedCall::name).orElse("");
        // mse_loss(..., reduction="none").sum()
        boolean isReduced = loss instanceof Value.Made made
                && (made.call().lastName().equals("sum")
                        || made.call().lastName().equals("mean"))
                && made.call().owner().filter(Losses::isSquare).isPresent();
        return isReduced || name.equals("torch.nn.MSELoss") || name.equals("torch.nn.functional.mse_loss");
    }

    /** What a loss is made by: the class of a criterion, or the function. */
    private static Optional<RecordedCall> criterion(Value loss) {
        return loss instanceof Value.Made made
                ? Optional.of(made.call().callee() instanceof Value.Made criterion ? criterion.call() : made.call())
                : Optional.empty();
    }

    private static boolean isMean(Value loss) {
        return criterion(loss).stream()
                .noneMatch(c -> c.keyword("reduction").isPresent()
                        && !(c.keyword("reduction").get().value() instanceof Value.Text text
                                && text.value().equals("mean")));
    }

    /** {@code nn.CrossEntropyLoss(reduction="sum")(...)}, {@code F.cross_entropy(..., reduction="sum")}, or of before. */
    private static boolean isSum(Value loss) {
        if (criterion(loss).isEmpty()) {
            return false;
        }
        RecordedCall call = criterion(loss).get();
        boolean isSumOfAll = call.lastName().equals("sum")
                && call.keywords().isEmpty()
                && call.positional().size() == (call.name().equals("torch.sum") ? 1 : 0);
        if (isSumOfAll) {
            return true;
        }
        boolean isTorch = call.name().startsWith("torch.nn.");
        boolean isNamed = call.keyword("reduction")
                .filter(a ->
                        a.value() instanceof Value.Text text && text.value().equals("sum"))
                .isPresent();
        boolean isOld = call.keyword("size_average")
                .filter(a -> a.value() instanceof Value.Bool bool && !bool.value())
                .isPresent();
        return isTorch && (isNamed || isOld);
    }

    static Optional<Quantity> times(Optional<Quantity> factor, Value.Number number, Place place) {
        Optional<Quantity> own = Values.quantity(number, place);
        return factor.isEmpty()
                ? own
                : own.map(q -> q.derived(q.value().times(factor.get().value()), "the product of the factors"));
    }

    static Optional<Quantity> over(Optional<Quantity> factor, Value.Number number, Place place) {
        Quantity first = factor.orElseGet(() -> Quantity.byDefault("1", "a factor of 1"));
        Expression one = first.value();
        return Values.quantity(number, place)
                .map(q -> first.derived(one.over(q.value()), "divided by " + number.text()));
    }
}

package samestep.dialect.keras.program;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.curve.StepFunction;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Formula;
import samestep.equation.Function;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.BoundMethod;
import samestep.program.value.FunctionValue;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.syntax.python.tree.Parameter;

/**
 * The rates of a {@code LearningRateScheduler}: before each epoch the optimizer's rate is set to what a function of the program gives
 * for the epoch's number, and for the rate before it if the function takes that. Source: keras/src/callbacks/learning_rate_scheduler.py.
 *
 * @param form the rate by the epoch
 * @param table how many rates were written out; 0 where they are a formula
 * @param place of the callback
 */
record EpochRates(ScheduleForm form, int table, Place place) {
    private static final String CALLBACK = "LearningRateScheduler";
    private static final int MOST = 2_000;
    private static final int DEEPEST = 4;

    /** Those of a program's only callback that sets the rate, given to its only call of fit. */
    static Optional<EpochRates> of(Trace trace, Training training, Fit fit, Version version) {
        List<RecordedCall> callbacks = trace.calls().stream()
                .filter(call -> Names.ofKeras(call.callee())
                        .map(Names::last)
                        .filter(CALLBACK::equals)
                        .isPresent())
                .toList();
        List<RecordedCall> fits = trace.calls().stream()
                .filter(call -> call.name().endsWith(".fit") || call.name().endsWith(".fit_generator"))
                .toList();
        boolean isOnly = callbacks.size() == 1
                && fits.size() == 1
                && !fits.get(0).circumstances().isConditional()
                && fits.get(0).circumstances().loops().isEmpty()
                && !fits.get(0).isOpen()
                && fits.get(0).keyword("initial_epoch").isEmpty()
                && fits.get(0)
                        .keyword("callbacks")
                        .filter(a -> has(a.value(), callbacks.get(0), 0))
                        .isPresent();
        boolean isMeasured = trace.calls().stream()
                .anyMatch(call -> Names.ofKeras(call.callee())
                        .filter(name -> Names.last(name).equals("ReduceLROnPlateau"))
                        .isPresent());
        boolean isPlain = training.optimizer()
                .map(Argument::value)
                .filter(value ->
                        value instanceof Value.Text || value instanceof Value.Made made && isPlain(made.call()))
                .isPresent();
        if (!isOnly || isMeasured || !isPlain || trace.isCutOff()) {
            return Optional.empty();
        }
        RecordedCall callback = callbacks.get(0);
        Value function = callback.argument("schedule", 0).map(Argument::value).orElse(new Value.None(Origin.NONE));
        OptionalLong epochs =
                fit.epochs().map(e -> OptionalLong.of(e.decimal().longValue())).orElse(OptionalLong.empty());
        return rates(trace, function, version, epochs, base(training))
                .map(found ->
                        new EpochRates(found.form(), found.isTable() ? (int) epochs.orElse(0) : 0, callback.place()));
    }

    /** Whether nothing else decides the rate: no schedule, and no decay of it in each update. */
    private static boolean isPlain(RecordedCall optimizer) {
        boolean isNumber = optimizer
                .argument("learning_rate", 0)
                .map(Argument::value)
                .map(Value.Number.class::isInstance)
                .orElse(true);
        boolean isOldNumber = optimizer
                .keyword("lr")
                .map(Argument::value)
                .map(Value.Number.class::isInstance)
                .orElse(true);
        return isNumber
                && isOldNumber
                && !optimizer.isOpen()
                && optimizer.positional().size() <= 1
                && optimizer.keyword("decay").isEmpty();
    }

    private static boolean has(Value value, RecordedCall callback, int depth) {
        return value instanceof Value.Made made && made.call() == callback
                || depth < DEEPEST
                        && value instanceof Sequence sequence
                        && sequence.elements().stream().anyMatch(e -> has(e, callback, depth + 1));
    }

    private static Optional<Value.Number> base(Training training) {
        return training.optimizer()
                .map(Argument::value)
                .filter(Value.Made.class::isInstance)
                .map(value -> ((Value.Made) value).call())
                .flatMap(call -> call.argument("learning_rate", 0).or(() -> call.keyword("lr")))
                .map(Argument::value)
                .filter(Value.Number.class::isInstance)
                .map(Value.Number.class::cast);
    }

    private static Optional<StepFunction.Found> rates(
            Trace trace, Value function, Version version, OptionalLong epochs, Optional<Value.Number> base) {
        Optional<List<Parameter>> parameters = function instanceof FunctionValue plain
                ? Optional.of(plain.parameters())
                : function instanceof BoundMethod method
                                && method.function().parameters().size() > 1
                        ? Optional.of(method.function()
                                .parameters()
                                .subList(1, method.function().parameters().size()))
                        : Optional.empty();
        if (parameters.isEmpty()
                || parameters.get().stream()
                        .anyMatch(
                                p -> p.kind() != Parameter.Kind.NORMAL && p.kind() != Parameter.Kind.POSITIONAL_ONLY)) {
            return Optional.empty();
        }
        int all = parameters.get().size();
        if (all == 1) {
            return new StepFunction(epoch -> trace.call(function, List.of(epoch))).find(epochs);
        }
        long needed = parameters.get().stream()
                .filter(p -> p.defaultValue().isEmpty())
                .count();
        // The first versions give the epoch alone, later ones both where the function takes both.
        boolean areBothGiven = all == 2 && needed == 2
                || all >= 2 && needed <= 2 && version != Version.KERAS_1 && version != Version.KERAS_2;
        if (!areBothGiven) {
            return Optional.empty();
        }
        Value before = new Value.Unknown("the rate before", Optional.empty());
        return new StepFunction(epoch -> trace.call(function, List.of(epoch, before)))
                .find(epochs)
                .or(() -> oneAfterTheOther(trace, function, epochs, base));
    }

    /** Each from the one before, which Keras keeps in single precision. */
    private static Optional<StepFunction.Found> oneAfterTheOther(
            Trace trace, Value function, OptionalLong epochs, Optional<Value.Number> base) {
        if (epochs.isEmpty() || epochs.getAsLong() < 1 || epochs.getAsLong() > MOST || base.isEmpty()) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        double rate = single(base.get().value());
        for (long epoch = 0; epoch < epochs.getAsLong(); epoch++) {
            Value next = trace.call(
                    function, List.of(Value.Number.of(epoch, Origin.NONE), Value.Number.computed(rate, Origin.NONE)));
            if (!(next instanceof Value.Number number) || !Double.isFinite(number.value())) {
                return Optional.empty();
            }
            double before = rate;
            rate = single(number.value());
            if (epoch == 0 || rate != before) {
                if (epoch > 0) {
                    starts.add(epoch);
                }
                values.add(Expression.literal(new BigDecimal(rate)));
            }
        }
        return Optional.of(new StepFunction.Found(new ScheduleForm.Steps(starts, values), "each epoch", true));
    }

    private static double single(double rate) {
        return (float) rate;
    }

    /** What is said of it. */
    Optional<Finding> finding() {
        return table == 0
                ? Optional.empty()
                : Optional.of(Finding.at(
                        place,
                        Code.SS433,
                        "the function of " + CALLBACK + " is read as a table of the " + table + " epochs of the run"));
    }

    /**
     * The recipe with these rates; its own is the one before the first epoch, which no update has.
     *
     * @param updatesPerEpoch if known; the rates count epochs otherwise
     */
    Recipe in(Recipe recipe, OptionalLong updatesPerEpoch) {
        ScheduleForm own = updatesPerEpoch.isPresent() ? inUpdates(updatesPerEpoch.getAsLong()) : form;
        Schedule.Unit unit = updatesPerEpoch.isPresent() ? Schedule.Unit.UPDATES : Schedule.Unit.EPOCHS;
        return recipe.withSchedule(new Schedule(
                own, Formula.inSinglePrecision(own.formula()), 1, OptionalLong.empty(), CALLBACK, List.of(), unit));
    }

    private ScheduleForm inUpdates(long length) {
        if (form instanceof ScheduleForm.Steps steps) {
            return new ScheduleForm.Steps(
                    steps.starts().stream().map(start -> start * length).toList(), steps.values());
        }
        if (form instanceof ScheduleForm.Constant) {
            return form;
        }
        Expression epoch = Expression.call(Function.FLOOR, ScheduleForm.T.over(Expression.literal(length)));
        return new ScheduleForm.Other(Expressions.substitute(form.formula(), Map.of(Builtin.T, epoch)));
    }
}

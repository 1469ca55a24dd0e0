package samestep.dialect.keras.write;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.ParameterList;
import samestep.dialect.keras.KerasReader;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.write.HeldRate;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Numbers;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Sequence;

/** Writes the learning rate; what it cannot say of multipliers and schedules becomes findings. */
final class KerasRateWriter {
    private final KerasGeneration generation;
    private final Recipe recipe;
    private final boolean verbatim;
    private final List<Finding> findings;

    private final KerasScheduleWriter schedules;

    private final KerasNumbers numbers;
    private final boolean subclassing;
    private final Map<String, KerasValue.Num> rates = new LinkedHashMap<>();
    private final List<String> frozen = new ArrayList<>();

    /**
     * @param subclassing whether a subclass says what JSON cannot
     */
    KerasRateWriter(
            boolean subclassing,
            KerasGeneration generation,
            Recipe recipe,
            boolean verbatim,
            KerasNumbers numbers,
            List<Finding> findings) {
        this.subclassing = subclassing;
        this.generation = generation;
        this.numbers = numbers;
        this.schedules = new KerasScheduleWriter(numbers);
        this.recipe = recipe;
        this.verbatim = verbatim;
        this.findings = findings;
    }

    /** What the subclass multiplies rates by, once they are written. */
    Map<String, KerasValue.Num> rates() {
        return rates;
    }

    /** What the subclass does not train, once the rates are written. */
    List<String> frozen() {
        return frozen;
    }

    /** The arguments that say the rate. */
    Map<String, KerasValue> write() {
        Map<String, KerasValue> arguments = new LinkedHashMap<>();
        Optional<ScheduleForm.InverseTime> falling = fallingByDecay();
        if (falling.isPresent()) {
            arguments.put("learning_rate", numbers.number(falling.get().base()));
            arguments.put("decay", numbers.number(falling.get().slope()));
        } else {
            arguments.put("learning_rate", rate());
        }
        return arguments;
    }

    /** Before schedule objects, there was decay: the rate over 1 + decay * t, of one update and not of several batches. */
    private Optional<ScheduleForm.InverseTime> fallingByDecay() {
        Optional<ScheduleForm> form = recipe.schedule().formInUpdates();
        boolean old = !generation.hasScheduleObjects() && !verbatim && recipe.microSteps() == 1;
        if (!old || !(form.orElse(null) instanceof ScheduleForm.InverseTime inverse)) {
            return Optional.empty();
        }
        boolean plain = new Quantity(inverse.power(), "", new Origin.Default("")).isOne();
        Quantity common = commonMultiplier();
        if (!plain) {
            return Optional.empty();
        }
        multipliers(common);
        return Optional.of((ScheduleForm.InverseTime) ScheduleForms.scaled(inverse, common.value()));
    }

    private KerasValue rate() {
        Quantity common = commonMultiplier();
        multipliers(common);
        Schedule schedule = recipe.schedule();
        Optional<ScheduleForm> updates = schedule.formInUpdates();
        int n = recipe.microSteps();
        if (verbatim || updates.isEmpty()) {
            return schedules
                    .write(schedule.form(), verbatim ? 0 : 1)
                    .orElseGet(() -> schedules.nearest(schedule.form(), start()));
        }
        ScheduleForm scaled = ScheduleForms.scaled(updates.get(), common.value());
        Optional<ScheduleForm> spread = scaled.spreadOver(n);
        Optional<KerasValue> written = spread.filter(this::isSayable).flatMap(form -> schedules.write(form, 1));
        if (written.isEmpty() && subclassing) {
            written = spread.flatMap(schedules::subclass);
        }
        if (written.isEmpty()) {
            return nearest(spread.orElse(scaled));
        }
        explain(schedule, spread.orElseThrow(), n);
        return written.get();
    }

    /** What most trained kernels have; Keras can say one multiplier, in the rate itself. */
    private Quantity commonMultiplier() {
        Map<BigDecimal, Integer> counts = new LinkedHashMap<>();
        Map<BigDecimal, Quantity> quantities = new LinkedHashMap<>();
        List<Parameter> kernels = recipe.trained().stream()
                .filter(p -> p.name().role() == Role.KERNEL)
                .toList();
        // Other rates cannot be multiples of a rate of 0.
        List<Parameter> learning = Stream.of(kernels, recipe.trained())
                .map(all ->
                        all.stream().filter(p -> !p.rateMultiplier().isZero()).toList())
                .filter(all -> !all.isEmpty())
                .findFirst()
                .orElse(recipe.trained());
        for (Parameter parameter : learning) {
            BigDecimal value = parameter.rateMultiplier().decimal().stripTrailingZeros();
            counts.merge(value, 1, Integer::sum);
            quantities.putIfAbsent(value, parameter.rateMultiplier());
        }
        return counts.entrySet().stream()
                .max((one, other) -> one.getValue().equals(other.getValue())
                        ? Boolean.compare(isOne(one.getKey()), isOne(other.getKey()))
                        : one.getValue().compareTo(other.getValue()))
                .map(most -> quantities.get(most.getKey()))
                .orElse(Quantity.byDefault("1", "no multiplier"));
    }

    private static boolean isOne(BigDecimal multiplier) {
        return multiplier.compareTo(BigDecimal.ONE) == 0;
    }

    private void multipliers(Quantity common) {
        Map<BigDecimal, List<Parameter>> different = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            BigDecimal value = parameter.rateMultiplier().decimal().stripTrailingZeros();
            if (value.compareTo(common.decimal()) != 0) {
                different.computeIfAbsent(value, k -> new ArrayList<>()).add(parameter);
            }
        }
        if (subclassing) {
            different
                    .values()
                    .forEach(parameters -> parameters.forEach(p -> rates.put(
                            KerasReader.path(p.name()),
                            numbers.number(p.rateMultiplier().value().over(common.value())))));
        } else {
            different.forEach((multiplier, parameters) -> different(multiplier, parameters, common));
        }
        partlyFrozen();
    }

    private void different(BigDecimal multiplier, List<Parameter> parameters, Quantity common) {
        BigDecimal base = recipe.schedule().rateAtStart();
        String theirs = Numbers.plain(base.multiply(multiplier).round(new MathContext(12)));
        String written = Numbers.plain(base.multiply(common.decimal()).round(new MathContext(12)));
        String part = multiplier.signum() == 0
                ? "another rate than " + recipe.possessive() + " 0"
                : Numbers.rounded(
                                common.decimal()
                                        .divide(multiplier, MathContext.DECIMAL32)
                                        .doubleValue(),
                                4)
                        + " of " + recipe.possessive() + " rate";
        findings.add(Finding.of(
                        Code.SS301,
                        "a learning-rate multiplier of " + multiplier.toPlainString()
                                + " cannot be said in Keras JSON: " + part
                                + " for " + ParameterList.count(parameters))
                .at(parameters
                        .get(0)
                        .rateMultiplier()
                        .place()
                        .or(() -> parameters.get(0).place()))
                .labelled(ParameterList.others(parameters))
                .detail(recipe.framework() + ": " + theirs + " at step 0.  Written: " + written + "."));
    }

    /** Keras freezes whole layers. */
    private void partlyFrozen() {
        List<Parameter> alone = recipe.parameters().stream()
                .filter(p -> p.frozen() && p.name().role() != Role.STATISTICS)
                .filter(p -> recipe.trained().stream()
                        .anyMatch(t -> t.name().layer().equals(p.name().layer())))
                .toList();
        if (subclassing) {
            alone.forEach(p -> frozen.add(KerasReader.path(p.name())));
        } else if (!alone.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS301,
                            "Keras freezes whole layers: " + ParameterList.count(alone)
                                    + " of layers with other trained parameters cannot be frozen alone")
                    .at(alone.get(0).place())
                    .labelled(ParameterList.others(alone)));
        }
    }

    private Expression start() {
        return Expression.literal(recipe.schedule().rateAtStart())
                .times(commonMultiplier().value());
    }

    private boolean isSayable(ScheduleForm form) {
        // A warm-up came with the optimizers that decay weights.
        boolean warmUp = !(form instanceof Sequence) || generation.hasOptimizerDecay();
        return generation.hasScheduleObjects() && warmUp || form instanceof ScheduleForm.Constant;
    }

    private KerasValue nearest(ScheduleForm form) {
        if (!generation.hasScheduleObjects()) {
            HeldRate held = HeldRate.of(recipe.schedule());
            findings.add(Finding.of(
                            Code.SS402,
                            generation.title() + " has no schedules in the optimizer, and decay is not "
                                    + recipe.possessive() + " \""
                                    + recipe.schedule().name() + "\"")
                    .detail("Written: " + held.words() + ". Set the others from a callback before each batch."));
            return numbers.number(held.expression().times(commonMultiplier().value()));
        }
        findings.add(Finding.of(
                        Code.SS402,
                        "Keras has no schedule like " + recipe.possessive() + " \""
                                + recipe.schedule().name() + "\""
                                + (form instanceof ScheduleForm.InverseTime ? " with a power other than 1" : ""))
                .detail(
                        form instanceof ScheduleForm.InverseTime
                                ? "Written: InverseTimeDecay with the same rate and slope at step 0."
                                : form instanceof Sequence sequence && KerasScheduleWriter.isWarmUp(sequence)
                                        ? "Written: CosineDecay with its own warm-up, with the same rates at both ends"
                                                + " of the cosine."
                                        : "Written: the constant base rate."));
        return schedules.nearest(form, start());
    }

    private void explain(Schedule schedule, ScheduleForm written, int n) {
        if (n > 1 && !(written instanceof ScheduleForm.Constant)) {
            findings.add(Finding.of(
                    Code.SS404,
                    "Keras' schedules count micro-steps, " + n
                            + " to an update, and an update reads the rate of the last:" + " \"" + schedule.name()
                            + "\" is stretched and shifted so that every update has its rate"));
        }
        if (written instanceof ScheduleForm.Steps steps && !steps.starts().isEmpty()) {
            findings.add(Finding.of(
                    Code.SS401,
                    "Keras keeps the old rate at a boundary, " + recipe.framework()
                            + " changes it there: boundaries are" + " one less than the steps " + steps.starts()));
        }
        if (written instanceof ScheduleForm.Polynomial && schedule.horizon().isPresent()) {
            findings.add(Finding.of(
                    Code.SS403,
                    "poly is the same up to max_iter, " + schedule.horizon().getAsLong()
                            + "; after it Keras holds the end rate and Caffe does not"));
        }
    }
}

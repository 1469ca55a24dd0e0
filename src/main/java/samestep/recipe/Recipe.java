package samestep.recipe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.setting.Settings;

/**
 * What a training configuration means: everything that decides the steps a weight takes.
 *
 * @param framework whose configuration it was, for messages
 * @param parameters each parameter, in declared order
 * @param schedule the learning rate, before multipliers
 * @param counting what one step of the framework's own training loop is
 * @param batchSize samples that one device takes in a micro-step, where the configuration says so; no update depends on
 *     it here, because the loss is a mean
 * @param activityPenalties penalties on what layers put out
 * @param rule how parameters that no file names are distinguished; empty where what they do in their layers
 *     distinguishes them
 * @param unknown fields of the configuration that are not known here, with what they say: the update may depend on them
 * @param settings what is trained beside the update, as far as the configuration says it
 */
public record Recipe(
        String framework,
        List<Parameter> parameters,
        Schedule schedule,
        Counting counting,
        Optional<Quantity> batchSize,
        List<ActivityPenalty> activityPenalties,
        Optional<ParameterRule> rule,
        Settings settings,
        List<String> unknown) {

    /** What a framework calls a step. */
    public enum Counting {
        /** An update of the weights, however many batches it takes. */
        UPDATES,
        /** A batch; the weights move at the last of each accumulation. */
        MICRO_STEPS
    }

    /** Copies the parameters. */
    public Recipe {
        parameters = List.copyOf(parameters);
        activityPenalties = List.copyOf(activityPenalties);
        unknown = List.copyOf(unknown);
    }

    /** The same with fields that are not known here. */
    public Recipe withUnknown(List<String> others) {
        return new Recipe(
                framework, parameters, schedule, counting, batchSize, activityPenalties, rule, settings, others);
    }

    /** A recipe whose configuration does not say how large a batch is. */
    public Recipe(String framework, List<Parameter> parameters, Schedule schedule, Counting counting) {
        this(
                framework,
                parameters,
                schedule,
                counting,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Settings.NONE,
                List.of());
    }

    /** The same with a batch size. */
    public Recipe withBatchSize(Optional<Quantity> other) {
        return new Recipe(framework, parameters, schedule, counting, other, activityPenalties, rule, settings, unknown);
    }

    /** The same with penalties on what layers put out. */
    public Recipe withActivityPenalties(List<ActivityPenalty> others) {
        return new Recipe(framework, parameters, schedule, counting, batchSize, others, rule, settings, unknown);
    }

    /** The same with a rule that tells unnamed parameters apart. */
    public Recipe withRule(Optional<ParameterRule> other) {
        return new Recipe(
                framework, parameters, schedule, counting, batchSize, activityPenalties, other, settings, unknown);
    }

    /** The same with settings. */
    public Recipe withSettings(Settings others) {
        return new Recipe(
                framework, parameters, schedule, counting, batchSize, activityPenalties, rule, others, unknown);
    }

    /** The settings that are said, and those that follow from the batch, the accumulation, the devices and the length of the run. */
    public Settings allSettings() {
        boolean counted = schedule.unit() == Schedule.Unit.UPDATES;
        return settings.and(Settings.ofRun(
                batchSize, microSteps(), settings.devices(), counted ? schedule.horizon() : OptionalLong.empty()));
    }

    /** Samples of an update: those of its micro-steps on every device, where the configuration says a batch. */
    public Optional<Quantity> samplesPerUpdate() {
        return batchSize.map(batch -> batch.derived(
                batch.value()
                        .times(Expression.Literal.of(microSteps()))
                        .times(Expression.Literal.of(settings.devices())),
                "samples of an update"));
    }

    /** Micro-steps in an update. */
    public int microSteps() {
        return parameters.stream()
                .flatMap(p -> p.stages(Stage.Accumulation.class).stream())
                .mapToInt(Stage.Accumulation::microSteps)
                .max()
                .orElse(1);
    }

    /** The parameters that are trained. */
    public List<Parameter> trained() {
        return parameters.stream().filter(p -> !p.frozen()).toList();
    }

    /** Every number of it, schedule first, then parameter by parameter. */
    public Stream<Quantity> quantities() {
        Stream<Quantity> rates = schedule.values().stream().map(Schedule.NamedValue::value);
        Stream<Quantity> others = parameters.stream()
                .flatMap(p -> Stream.concat(
                        Stream.of(p.rateMultiplier()),
                        p.stages().stream().flatMap(stage -> stage.values().values().stream())));
        return Stream.concat(rates, others);
    }

    /** The same with every number replaced. */
    public Recipe mapped(UnaryOperator<Expression> change) {
        UnaryOperator<Quantity> quantity = q -> new Quantity(change.apply(q.value()), q.text(), q.origin());
        List<Parameter> changed = parameters.stream()
                .map(p -> new Parameter(
                        p.name(),
                        quantity.apply(p.rateMultiplier()),
                        p.frozen(),
                        p.stages().stream().map(s -> s.mapped(quantity)).toList(),
                        p.place()))
                .toList();
        Schedule other = new Schedule(
                schedule.form().mapped(change),
                change.apply(schedule.formula()),
                schedule.microSteps(),
                schedule.horizon(),
                schedule.name(),
                schedule.values().stream()
                        .map(v -> new Schedule.NamedValue(v.field(), quantity.apply(v.value())))
                        .toList(),
                schedule.unit());
        return new Recipe(
                framework,
                changed,
                other,
                counting,
                batchSize,
                activityPenalties.stream().map(a -> a.mapped(quantity)).toList(),
                rule,
                settings,
                unknown);
    }

    /**
     * The same with every number, and every place, as they are called in another document.
     *
     * @param quantity for the numbers of the schedule and of the stages
     * @param origin for the settings
     * @param place for the parameters
     */
    public Recipe traced(UnaryOperator<Quantity> quantity, UnaryOperator<Origin> origin, UnaryOperator<Place> place) {
        List<Parameter> changed = parameters.stream()
                .map(p -> new Parameter(
                        p.name(),
                        quantity.apply(p.rateMultiplier()),
                        p.frozen(),
                        p.stages().stream().map(s -> s.mapped(quantity)).toList(),
                        p.place().map(place)))
                .toList();
        Schedule other = schedule.withValues(schedule.values().stream()
                .map(v -> new Schedule.NamedValue(v.field(), quantity.apply(v.value())))
                .toList());
        return new Recipe(
                framework,
                changed,
                other,
                counting,
                batchSize.map(quantity),
                activityPenalties.stream().map(a -> a.mapped(quantity)).toList(),
                rule,
                settings.traced(quantity, origin),
                unknown);
    }

    /** The same with another schedule. */
    public Recipe withSchedule(Schedule other) {
        return new Recipe(
                framework, parameters, other, counting, batchSize, activityPenalties, rule, settings, unknown);
    }

    /** The same with another schedule, and every multiplier times a factor. */
    public Recipe withRates(Schedule other, Expression factor) {
        List<Parameter> multiplied = parameters.stream()
                .map(p -> new Parameter(
                        p.name(),
                        p.rateMultiplier().derived(p.rateMultiplier().value().times(factor), "in another unit"),
                        p.frozen(),
                        p.stages(),
                        p.place()))
                .toList();
        return new Recipe(
                framework, multiplied, other, counting, batchSize, activityPenalties, rule, settings, unknown);
    }

    /** The same with other parameters. */
    public Recipe withParameters(List<Parameter> others) {
        return new Recipe(framework, others, schedule, counting, batchSize, activityPenalties, rule, settings, unknown);
    }

    /** The framework's name as an owner: Caffe's, Keras'. */
    public String possessive() {
        return framework + (framework.endsWith("s") ? "'" : "'s");
    }

    private List<Object> parts() {
        return List.of(
                framework, parameters, schedule, counting, batchSize, activityPenalties, rule, settings, unknown);
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Recipe that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }
}

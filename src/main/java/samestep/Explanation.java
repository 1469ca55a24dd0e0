package samestep;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;

/**
 * What a configuration does, in equations and numbers: {@link Samestep#explain}.
 *
 * @param updates what an update does, for each group of parameters that behave alike
 * @param values every number, with where it comes from
 * @param rates the learning rate at its turning points, before multipliers; empty where it is not known
 * @param findings what was noticed; an error where the configuration cannot be read, and then the other lists are empty
 */
public record Explanation(List<Update> updates, List<Value> values, List<Rate> rates, List<Finding> findings) {

    /**
     * Copies the lists.
     *
     * @param updates for each group
     * @param values every number
     * @param rates the learning rate
     * @param findings what was noticed
     */
    public Explanation {
        updates = List.copyOf(updates);
        values = List.copyOf(values);
        rates = List.copyOf(rates);
        findings = List.copyOf(findings);
    }

    /**
     * What an update does to some parameters.
     *
     * @param parameters such as {@code conv1 kernel}
     * @param equations in their order, with the numbers put in; {@code w} is the weight, {@code g} the gradient, {@code lr}
     *     the learning rate times the multiplier. Empty where the parameters are not trained
     * @param starts the states before the first update, such as {@code v = 0}
     * @param halfLife after how many updates a weight without gradient has halved in the long run, if it shrinks by a factor
     */
    public record Update(
            List<String> parameters, List<String> equations, List<String> starts, OptionalDouble halfLife) {

        /**
         * Copies the lists.
         *
         * @param parameters that behave alike
         * @param equations of the update
         * @param starts of the states
         * @param halfLife in updates
         */
        public Update {
            parameters = List.copyOf(parameters);
            equations = List.copyOf(equations);
            starts = List.copyOf(starts);
        }
    }

    /**
     * A number of the configuration.
     *
     * @param name what the framework calls it, or what it is
     * @param number its value; empty where the file does not let it be known
     * @param place where it is written; empty where it is a default
     */
    public record Value(String name, Optional<BigDecimal> number, Optional<Finding.Place> place) {
        static Value of(String name, Quantity quantity) {
            return new Value(
                    name,
                    quantity.isKnown() ? Optional.of(quantity.decimal()) : Optional.empty(),
                    quantity.origin().where().map(Finding::place));
        }
    }

    /**
     * The learning rate at one step.
     *
     * @param step from 0, in what the schedule counts: updates, or epochs, which need not be whole
     * @param rate before multipliers
     * @param why what is special about the step
     */
    public record Rate(BigDecimal step, double rate, String why) {}

    static Explanation unread(List<Finding> findings) {
        return new Explanation(List.of(), List.of(), List.of(), findings);
    }

    static Explanation of(samestep.explain.Explanation explanation, List<Finding> findings) {
        boolean known = explanation.recipe().schedule().isFirstKnown();
        return new Explanation(
                explanation.updates().stream()
                        .map(update -> update(update, explanation.isShrinkingKnown(update)))
                        .toList(),
                explanation.values().stream()
                        .map(value -> Value.of(value.name(), value.quantity()))
                        .toList(),
                known
                        ? explanation.rates().stream()
                                .map(point -> new Rate(point.step(), point.rate(), point.why()))
                                .toList()
                        : List.of(),
                findings);
    }

    private static Update update(samestep.explain.Explanation.Update update, boolean isKnown) {
        return new Update(
                update.parameters().stream()
                        .map(Parameter::name)
                        .map(Object::toString)
                        .toList(),
                update.lines().stream()
                        .map(samestep.explain.Explanation.Line::equation)
                        .toList(),
                update.starts(),
                update.halfLife()
                        .filter(life -> isKnown)
                        .map(life -> OptionalDouble.of(life.updates()))
                        .orElse(OptionalDouble.empty()));
    }
}

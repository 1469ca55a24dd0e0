package samestep.explain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.equation.print.Notation;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.UnknownStage;

/**
 * What a training configuration means.
 *
 * @param recipe what it says
 * @param updates what an update does, for each class of parameters that behave alike
 * @param values every number with its origin
 * @param rates the learning rate at its turning points, without multipliers
 * @param samples how many samples go into an update and into the run, as far as that is known
 */
public record Explanation(
        Recipe recipe, List<Update> updates, List<Value> values, List<RatePoint> rates, Samples samples) {

    /** Copies the lists. */
    public Explanation {
        updates = List.copyOf(updates);
        values = List.copyOf(values);
        rates = List.copyOf(rates);
    }

    /**
     * What an update does to some parameters.
     *
     * @param parameters those that behave alike
     * @param lines the equations in their order, numbers put in; empty when they are frozen
     * @param starts the states before the first update, such as {@code v = 0}
     * @param shrinking what becomes of a weight that has no gradient; empty when they are frozen
     * @param halfLife how fast that goes in the long run, where it goes by a factor
     */
    public record Update(
            List<Parameter> parameters,
            List<Line> lines,
            List<String> starts,
            Optional<Shrinking> shrinking,
            Optional<HalfLife> halfLife) {
        /** Copies the lists. */
        public Update {
            parameters = List.copyOf(parameters);
            lines = List.copyOf(lines);
            starts = List.copyOf(starts);
        }
    }

    /**
     * One equation.
     *
     * @param equation as in the language of equations
     * @param stage what it belongs to; empty where the line before says so
     */
    public record Line(String equation, String stage) {}

    /**
     * A number of the configuration.
     *
     * @param name what the framework calls it, or what it is
     */
    public record Value(String name, Quantity quantity) {}

    /**
     * The learning rate at one step.
     *
     * @param step from 0, in what the schedule counts: updates, or epochs, which need not be whole
     * @param rate before multipliers
     * @param why what is special about it
     */
    public record RatePoint(BigDecimal step, double rate, String why) {}

    /** Whether what an update does without a gradient follows from what was read: all of its stages, and the rate. */
    public boolean isShrinkingKnown(Update update) {
        return recipe.schedule().isFirstKnown()
                && update.parameters().stream()
                        .allMatch(p -> p.stages(UnknownStage.class).isEmpty());
    }

    /** The same with equations in another notation. */
    public Explanation in(Notation notation) {
        List<Update> others = updates.stream()
                .map(u -> new Update(
                        u.parameters(),
                        u.lines().stream()
                                .map(l -> new Line(notation.line(l.equation()), l.stage()))
                                .toList(),
                        u.starts().stream().map(notation::line).toList(),
                        u.shrinking(),
                        u.halfLife()))
                .toList();
        return new Explanation(recipe, others, values, rates, samples);
    }
}

package samestep.recipe;

import java.util.EnumSet;
import java.util.Set;

/** Which parts of a recipe round their numbers to single precision, as frameworks do even in a double-precision model. */
public enum Rounding {
    /** Hyper-parameters of the optimizer, clipping, decoupled decay and multipliers. */
    OPTIMIZER,
    /** The numbers that the optimizer's own code has, such as the 0.96 of Nadam: you cannot give them as doubles. */
    OWN_NUMBERS,
    /** The coefficients of penalties. */
    PENALTIES,
    /** The learning rate. */
    SCHEDULE;

    /** As the framework is shipped. */
    public static Set<Rounding> asShipped() {
        return EnumSet.allOf(Rounding.class);
    }

    /** Nowhere: the decimals as they are written. */
    public static Set<Rounding> nowhere() {
        return EnumSet.noneOf(Rounding.class);
    }

    /** The recipe with rounding in these parts only. */
    public static Recipe only(Set<Rounding> parts, Recipe recipe) {
        Schedule schedule =
                parts.contains(SCHEDULE) ? recipe.schedule() : recipe.schedule().withoutRounding();
        return new Recipe(
                recipe.framework(),
                recipe.parameters().stream().map(p -> only(parts, p)).toList(),
                schedule,
                recipe.counting(),
                recipe.batchSize(),
                parts.contains(PENALTIES)
                        ? recipe.activityPenalties()
                        : recipe.activityPenalties().stream()
                                .map(a -> a.mapped(Quantity::withoutRounding))
                                .toList(),
                recipe.rule(),
                recipe.settings(),
                recipe.unknown());
    }

    private static Parameter only(Set<Rounding> parts, Parameter parameter) {
        return new Parameter(
                parameter.name(),
                parts.contains(OPTIMIZER)
                        ? parameter.rateMultiplier()
                        : parameter.rateMultiplier().withoutRounding(),
                parameter.frozen(),
                parameter.stages().stream().map(stage -> only(parts, stage)).toList(),
                parameter.place());
    }

    private static Stage only(Set<Rounding> parts, Stage stage) {
        if (parts.contains(partOf(stage))) {
            return parts.contains(SCHEDULE) || !(stage instanceof IndependentDecay decay)
                    ? stage
                    : decay.courseWithoutRounding();
        }
        return parts.contains(OWN_NUMBERS) ? stage.roundingOwnNumbersOnly() : stage.withoutRounding();
    }

    private static Rounding partOf(Stage stage) {
        return stage instanceof Stage.Penalty || stage instanceof OrthogonalPenalty ? PENALTIES : OPTIMIZER;
    }
}

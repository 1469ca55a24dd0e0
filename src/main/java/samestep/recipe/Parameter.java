package samestep.recipe;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;

/**
 * What happens to one parameter in an update.
 *
 * @param name which one
 * @param rateMultiplier what the learning rate is multiplied by for it
 * @param frozen whether it is not trained at all; its gradient then counts in no norm
 * @param stages what happens to its gradient and its value, in order
 * @param place where the source says so, if it does
 */
public record Parameter(
        ParameterName name, Quantity rateMultiplier, boolean frozen, List<Stage> stages, Optional<Place> place) {
    /** Copies the stages. */
    public Parameter {
        stages = List.copyOf(stages);
    }

    /** The stages of a kind, in order. */
    public <S extends Stage> List<S> stages(Class<S> kind) {
        return stages.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Whether everything that happens to it has equations, so that it can be run. */
    public boolean isKnown() {
        return stages(UnknownStage.class).isEmpty();
    }

    /** The optimizer's own stage. */
    public Optional<Stage.Optimizer> optimizer() {
        return stages(Stage.Optimizer.class).stream().findFirst();
    }

    private List<Object> parts() {
        return List.of(name, rateMultiplier, frozen, stages, place);
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Parameter that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }
}

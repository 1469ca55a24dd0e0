package samestep.dialect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/** Decay that shrinks a weight beside its gradient, for a target that has none such. */
public final class BesideGradient {
    private BesideGradient() {}

    /** What shrinks a parameter: times the learning rate, or by itself. */
    private static Stream<Quantity> of(Parameter parameter) {
        return Stream.concat(
                parameter.stages(Stage.DecoupledDecay.class).stream().map(Stage.DecoupledDecay::coefficient),
                parameter.stages(IndependentDecay.class).stream().map(IndependentDecay::share));
    }

    /**
     * That it is not written.
     *
     * @param target what has none, as it begins the sentence
     * @param parameters those that have one
     */
    public static Optional<Finding> unsaid(String target, Recipe recipe, List<Parameter> parameters) {
        List<Quantity> decays = parameters.stream().flatMap(BesideGradient::of).toList();
        if (decays.isEmpty()) {
            return Optional.empty();
        }
        List<String> numbers =
                decays.stream().map(Quantity::written).distinct().limit(3).toList();
        return Optional.of(Finding.of(
                        Code.SS103,
                        target + " has no decay beside the gradient: " + recipe.possessive() + " of "
                                + String.join(", ", numbers) + " for " + ParameterList.count(parameters)
                                + " is not written, and no penalty is the same")
                .at(decays.get(0).place()));
    }
}

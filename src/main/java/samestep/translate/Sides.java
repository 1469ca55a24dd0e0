package samestep.translate;

import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/**
 * Two trainings to be compared. A file that builds a model may leave the optimizer to another file; then the other side's
 * optimizer and learning rate are used for it, so that everything that both files say can be compared.
 *
 * @param source the first one
 * @param target the second one
 * @param sourceSays whether the first file says its optimizer
 * @param targetSays whether the second file says its optimizer
 */
record Sides(Recipe source, Recipe target, boolean sourceSays, boolean targetSays) {

    /** As they are compared, of what was read. */
    static Sides of(Recipe source, Recipe target, boolean sourceSays, boolean targetSays) {
        return new Sides(
                sourceSays || !targetSays ? source : borrowing(source, target),
                targetSays || !sourceSays ? target : borrowing(target, source),
                sourceSays,
                targetSays);
    }

    /** The same with others that were read. */
    Sides with(Recipe otherSource, Recipe otherTarget) {
        return of(otherSource, otherTarget, sourceSays, targetSays);
    }

    /** Whether what was read says its optimizer; where it does not, one was assumed. */
    static boolean says(List<Finding> findings) {
        return findings.stream().noneMatch(f -> f.code() == Code.SS011);
    }

    /** Whether both do. */
    boolean bothSay() {
        return sourceSays && targetSays;
    }

    private static Recipe borrowing(Recipe silent, Recipe other) {
        List<Parameter> parameters =
                silent.parameters().stream().map(p -> borrowing(p, other)).toList();
        return silent.withParameters(parameters).withSchedule(other.schedule());
    }

    private static Parameter borrowing(Parameter parameter, Recipe other) {
        Optional<Stage.Optimizer> optimizer = other.trained().stream()
                .filter(p -> p.name().role() == parameter.name().role())
                .findFirst()
                .or(() -> other.trained().stream().findFirst())
                .flatMap(Parameter::optimizer);
        List<Stage> stages = parameter.stages().stream()
                .<Stage>map(s -> s instanceof Stage.Optimizer own ? optimizer.orElse(own) : s)
                .toList();
        return new Parameter(
                parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place());
    }
}

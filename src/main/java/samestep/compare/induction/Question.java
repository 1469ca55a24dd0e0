package samestep.compare.induction;

import java.util.List;
import java.util.stream.Stream;
import samestep.equation.Extent;
import samestep.equation.Shape;
import samestep.recipe.Parameter;

/**
 * What is to be proven: that these parameters take the same steps.
 *
 * @param source the parameters of one side
 * @param target their partners, in the same order
 * @param microSteps gradients that are accumulated for an update, on both sides
 * @param rate what is assumed of the learning rate
 * @param batch samples in a micro-step
 * @param outputs outputs of the model for a sample
 */
public record Question(
        List<Parameter> source, List<Parameter> target, int microSteps, RateKind rate, int batch, int outputs) {
    /** Copies the parameters. */
    public Question {
        source = List.copyOf(source);
        target = List.copyOf(target);
    }

    /** The shape of each tensor: one entry, unless something looks at several; then two of each kind that it may tell apart. */
    public Shape shape() {
        List<Extent> reduced = Stream.concat(source.stream(), target.stream())
                .map(Parameter::stages)
                .flatMap(List::stream)
                .flatMap(stage -> stage.equations().reductions().stream())
                .toList();
        boolean matrix = reduced.contains(Extent.ROWS) || reduced.contains(Extent.COLUMNS);
        return matrix ? new Shape(2, 2) : reduced.isEmpty() ? new Shape(1, 1) : new Shape(1, 2);
    }
}

package samestep.compare.induction;

import java.util.ArrayList;
import java.util.List;
import samestep.equation.Branch;
import samestep.equation.Shape;
import samestep.recipe.Parameter;
import samestep.trainer.Stepper;

/** One of the two updates that are held against each other, with its states in a row. */
final class Side {
    private final Stepper<Residue[]> stepper;
    private final List<Stepper.State<Residue[]>> states;

    Side(List<Parameter> parameters, Shape shape, ResidueAlgebra algebra, int batch, int outputs) {
        List<Stepper.Binding<Residue[]>> bindings = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.stages().stream().anyMatch(stage -> SharedNumbers.areChangedByTensors(stage.equations()))) {
                throw new Unprovable("a number of all tensors that each of them changes");
            }
            bindings.add(new Stepper.Binding<>(parameter, shape, algebra.number(0)));
        }
        stepper = new Stepper<>(bindings, algebra, Branch.Observer.NONE, batch, outputs);
        states = stepper.states();
    }

    Stepper<Residue[]> stepper() {
        return stepper;
    }

    /** The states, in an order that does not change. */
    List<Stepper.State<Residue[]>> states() {
        return states;
    }

    /** The residues of all states. */
    List<long[]> values() {
        return states.stream().map(state -> residues(state.value())).toList();
    }

    void replaceWeights(List<Residue[]> weights) {
        for (int i = 0; i < weights.size(); i++) {
            stepper.replaceWeights(i, weights.get(i));
        }
    }

    /** What multiplies the learning rate for the tensor of a state; one for a state of the run. */
    long rateMultiplier(int state) {
        int tensor = states.get(state).tensor();
        return tensor < 0 ? 1 : stepper.rateMultiplier(tensor)[0].value();
    }

    static long[] residues(Residue[] values) {
        long[] residues = new long[values.length];
        for (int i = 0; i < residues.length; i++) {
            residues[i] = values[i].value();
        }
        return residues;
    }
}

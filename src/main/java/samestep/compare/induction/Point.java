package samestep.compare.induction;

import java.util.List;
import samestep.trainer.Stepper;

/**
 * Everything about one update that is the same for both sides.
 *
 * @param weights of each tensor before it
 * @param gradients for each micro-step, for each tensor
 */
record Point(List<Residue[]> weights, List<List<Residue[]>> gradients, Stepper.Rates<Residue[]> rates) {}

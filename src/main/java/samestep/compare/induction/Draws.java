package samestep.compare.induction;

import java.util.ArrayList;
import java.util.List;
import samestep.trainer.Stepper;

/** Draws points: free weights and gradients, and rates of a kind. */
final class Draws {
    /**
     * Everything about one update that is the same for both sides.
     *
     * @param weights of each tensor before it
     * @param gradients for each micro-step, for each tensor
     */
    record Point(List<Residue[]> weights, List<List<Residue[]>> gradients, Stepper.Rates<Residue[]> rates) {}

    private final ResidueAlgebra algebra;
    private final int tensors;
    private final int entries;
    private final int microSteps;
    private final RateKind rateKind;

    Draws(ResidueAlgebra algebra, int tensors, int entries, int microSteps, RateKind rateKind) {
        this.algebra = algebra;
        this.tensors = tensors;
        this.entries = entries;
        this.microSteps = microSteps;
        this.rateKind = rateKind;
    }

    /** A point of the first update, before which there was no other rate. */
    Point first(Zeros zeros) {
        Residue[] rate = rate(zeros);
        return point(zeros, new Stepper.Rates<>(rate, rate, rate, largest(rate)));
    }

    /** The update after another one of the same run. */
    Point after(Point before) {
        Stepper.Rates<Residue[]> rates = before.rates();
        Residue[] rate = rateKind instanceof RateKind.Moving ? algebra.drawPositive() : rates.current();
        return point(Zeros.NONE, new Stepper.Rates<>(rate, rates.current(), rates.first(), rates.largest()));
    }

    /** A point of any later update. */
    Point any(Zeros zeros) {
        Residue[] rate = rate(zeros);
        boolean moving = rateKind instanceof RateKind.Moving;
        Residue[] previous = moving ? algebra.drawPositive() : rate;
        Residue[] first = moving ? algebra.drawPositive() : rate;
        return point(zeros, new Stepper.Rates<>(rate, previous, first, largest(rate)));
    }

    /** Values for a state that may be anything. */
    Residue[] free(int size, boolean zero) {
        Residue[] values = new Residue[size];
        for (int i = 0; i < size; i++) {
            values[i] = zero ? algebra.number(0)[0] : Residue.variable(algebra.draw());
        }
        return values;
    }

    private Residue[] rate(Zeros zeros) {
        if (rateKind instanceof RateKind.Fixed fixed) {
            return algebra.number(fixed.rate());
        }
        return zeros.rate() && rateKind instanceof RateKind.Moving ? algebra.number(0) : algebra.drawPositive();
    }

    private Residue[] largest(Residue[] rate) {
        return rateKind instanceof RateKind.Moving ? algebra.drawPositive() : rate;
    }

    private Point point(Zeros zeros, Stepper.Rates<Residue[]> rates) {
        List<Residue[]> weights = new ArrayList<>();
        for (int i = 0; i < tensors; i++) {
            weights.add(free(entries, zeros.weights()));
        }
        List<List<Residue[]>> gradients = new ArrayList<>();
        for (int micro = 0; micro < microSteps; micro++) {
            List<Residue[]> all = new ArrayList<>();
            for (int i = 0; i < tensors; i++) {
                Residue[] gradient = free(entries, zeros.gradients() == Zeros.Gradients.ALL);
                if (zeros.gradients() == Zeros.Gradients.FIRST_ENTRIES) {
                    gradient[0] = algebra.number(0)[0];
                }
                all.add(gradient);
            }
            gradients.add(all);
        }
        return new Point(weights, gradients, rates);
    }
}

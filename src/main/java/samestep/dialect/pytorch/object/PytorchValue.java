package samestep.dialect.pytorch.object;

import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;

/** A value among the arguments of a PyTorch object, whichever syntax it was read from or will be written in. */
public sealed interface PytorchValue {

    /** Where it is written; empty for one that is not written yet. */
    Optional<Place> place();

    /** A number. */
    record Num(Quantity quantity) implements PytorchValue {
        @Override
        public Optional<Place> place() {
            return quantity.place();
        }
    }

    /**
     * A length in epochs whose number of updates is not given; every update advances by its share of an epoch. It is
     * not a number of steps: only {@link samestep.recipe.EpochShares} makes a schedule of it.
     *
     * @param field what the file calls the number that it says, where that is not a length itself; else empty
     * @param said the number that the file says: the epochs, or the share of the run
     * @param epochs the length
     */
    record Epochs(Optional<String> field, Quantity said, Expression epochs) implements PytorchValue {
        /** A length that the file says itself. */
        public Epochs(Quantity epochs) {
            this(Optional.empty(), epochs, epochs.value());
        }

        @Override
        public Optional<Place> place() {
            return said.place();
        }
    }

    /** True or false. */
    record Flag(boolean on, Optional<Place> place) implements PytorchValue {}

    /** A text. */
    record Text(String text, Optional<Place> place) implements PytorchValue {}

    /** {@code None}, {@code null}. */
    record Nothing(Optional<Place> place) implements PytorchValue {}

    /** Several values. */
    record Many(List<PytorchValue> values, Optional<Place> place) implements PytorchValue {
        /** Copies the list. */
        public Many {
            values = List.copyOf(values);
        }
    }

    /** An object of a class. */
    record Call(PytorchObject object) implements PytorchValue {
        @Override
        public Optional<Place> place() {
            return object.place();
        }
    }

    /**
     * A function of the step of a program.
     *
     * @param text as it is written
     * @param share what the rate is multiplied by
     */
    record Curve(String text, ScheduleForm share, Optional<Place> place) implements PytorchValue {}
}

package samestep.dialect;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of a run and is in no file: the data decide how many updates an epoch has.
 *
 * @param dataSet samples of the training data, if known
 * @param updatesPerEpoch updates in an epoch, if known; it comes before what follows from the data
 * @param devices how many train together, each with its own batches, if known
 */
public record Run(OptionalLong dataSet, OptionalLong updatesPerEpoch, OptionalInt devices) {
    /** Nothing is known. */
    public static final Run UNKNOWN = new Run(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty());

    /** Devices: one, unless more are known of. */
    public int devicesOrOne() {
        return devices.orElse(1);
    }

    /** Whether anything is known of how long an epoch is. */
    public boolean knowsEpochs() {
        return dataSet.isPresent() || updatesPerEpoch.isPresent();
    }

    /** This, and where it knows nothing what another knows. */
    public Run or(Run other) {
        return new Run(
                dataSet.isPresent() ? dataSet : other.dataSet,
                updatesPerEpoch.isPresent() ? updatesPerEpoch : other.updatesPerEpoch,
                devices.isPresent() ? devices : other.devices);
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Run that
                        && dataSet.equals(that.dataSet)
                        && updatesPerEpoch.equals(that.updatesPerEpoch)
                        && devices.equals(that.devices);
    }

    @Override
    public int hashCode() {
        return (dataSet.hashCode() * 31 + updatesPerEpoch.hashCode()) * 31 + devices.hashCode();
    }
}

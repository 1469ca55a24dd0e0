package samestep.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Settings;
import samestep.recipe.version.Installed;

/**
 * What is known of a run and is in no file: the data decide how many updates an epoch has.
 *
 * @param dataSet samples of the training data, if known
 * @param updatesPerEpoch updates in an epoch, if known; it comes before what follows from the data
 * @param devices how many train together, each with its own batches, if known
 * @param versions of libraries, as far as they are known
 */
public record Run(OptionalLong dataSet, OptionalLong updatesPerEpoch, OptionalInt devices, List<Installed> versions) {
    /** Nothing is known. */
    public static final Run UNKNOWN = new Run(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty());

    /** Where a number of devices is from. */
    public static final String GIVEN = "given with the run";

    /** Copies the versions. */
    public Run {
        versions = List.copyOf(versions);
    }

    /** No version of a library is known. */
    public Run(OptionalLong dataSet, OptionalLong updatesPerEpoch, OptionalInt devices) {
        this(dataSet, updatesPerEpoch, devices, List.of());
    }

    /** The same with versions of libraries. */
    public Run with(List<Installed> others) {
        return new Run(dataSet, updatesPerEpoch, devices, others);
    }

    /** Devices: one, unless more are known of. */
    public int devicesOrOne() {
        return devices.orElse(1);
    }

    /**
     * A recipe, with the devices of this run where it says none of its own. Only for a form whose batch is that of one device:
     * a batch of all devices stays what it is.
     */
    public Recipe devices(Recipe recipe) {
        return devices.isEmpty()
                ? recipe
                : recipe.withSettings(recipe.settings().and(List.of(Settings.devices(devices.getAsInt(), GIVEN))));
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
                devices.isPresent() ? devices : other.devices,
                versions(other));
    }

    /** These come first; the others' are of libraries that these do not name. */
    private List<Installed> versions(Run other) {
        List<Installed> all = new ArrayList<>(versions);
        other.versions.stream()
                .filter(one -> Installed.of(one.library(), versions).isEmpty())
                .forEach(all::add);
        return all;
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Run that
                        && dataSet.equals(that.dataSet)
                        && updatesPerEpoch.equals(that.updatesPerEpoch)
                        && devices.equals(that.devices)
                        && versions.equals(that.versions);
    }

    @Override
    public int hashCode() {
        return (dataSet.hashCode() * 31 + updatesPerEpoch.hashCode()) * 31
                + devices.hashCode() * 7
                + versions.hashCode();
    }
}

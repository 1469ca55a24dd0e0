package samestep.recipe;

import java.util.Optional;
import samestep.finding.Place;

/** Where a value comes from. */
public sealed interface Origin {

    /** It stands in a file. */
    record Written(Place place) implements Origin {}

    /**
     * The file is silent; the framework has this default.
     *
     * @param of whose default, for example {@code Caffe's default of momentum2}
     */
    record Default(String of) implements Origin {}

    /**
     * It was computed from other values.
     *
     * @param how in words
     * @param from the place of the value it mainly comes from
     */
    record Derived(String how, Optional<Place> from) implements Origin {}

    /** The place to point at. */
    default Optional<Place> where() {
        if (this instanceof Written written) {
            return Optional.of(written.place());
        }
        return this instanceof Derived derived ? derived.from() : Optional.empty();
    }
}

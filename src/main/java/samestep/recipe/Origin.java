package samestep.recipe;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;

/** Where a value comes from. */
public sealed interface Origin {

    /**
     * It is written in a file.
     *
     * @param through how it gets from there to where it is used, in words; empty where it is used there
     */
    record Written(Place place, List<String> through) implements Origin {
        /** Copies the words. */
        public Written {
            through = List.copyOf(through);
        }

        /** It is written where it is used. */
        public Written(Place place) {
            this(place, List.of());
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Written that && place.equals(that.place) && through.equals(that.through);
        }

        @Override
        public int hashCode() {
            return place.hashCode() * 31 + through.hashCode();
        }
    }

    /**
     * The file is silent; the framework has this default.
     *
     * @param of whose default, for example {@code Caffe's default of momentum2}
     */
    record Default(String of) implements Origin {
        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Default that && of.equals(that.of);
        }

        @Override
        public int hashCode() {
            return of.hashCode();
        }
    }

    /**
     * It was computed from other values.
     *
     * @param how in words
     * @param from the place of the value it mainly comes from
     * @param through how that gets from there to where it is used, in words
     */
    record Derived(String how, Optional<Place> from, List<String> through) implements Origin {
        /** Copies the words. */
        public Derived {
            through = List.copyOf(through);
        }

        /** From a value that is written where it is used. */
        public Derived(String how, Optional<Place> from) {
            this(how, from, List.of());
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Derived that
                            && how.equals(that.how)
                            && from.equals(that.from)
                            && through.equals(that.through);
        }

        @Override
        public int hashCode() {
            return (how.hashCode() * 31 + from.hashCode()) * 31 + through.hashCode();
        }
    }

    /**
     * Nothing that is read says it; the framework's default stands for it, and is not what the training has.
     *
     * @param why in words
     * @param at where it should be known
     */
    record NotKnown(String why, Optional<Place> at) implements Origin {
        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof NotKnown that && why.equals(that.why) && at.equals(that.at);
        }

        @Override
        public int hashCode() {
            return why.hashCode() * 31 + at.hashCode();
        }
    }

    /** The place to point at. */
    default Optional<Place> where() {
        if (this instanceof Written written) {
            return Optional.of(written.place());
        }
        if (this instanceof NotKnown unknown) {
            return unknown.at();
        }
        return this instanceof Derived derived ? derived.from() : Optional.empty();
    }
}

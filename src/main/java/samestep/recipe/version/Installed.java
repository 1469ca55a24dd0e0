package samestep.recipe.version;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.finding.Place;
import samestep.finding.UsedVersion;

/**
 * The version of a library that a configuration runs with.
 *
 * @param library the package's name
 * @param releases one version, or those that are allowed
 * @param text as it is written
 * @param place where a file says it; empty where an option does
 */
public record Installed(String library, Releases releases, String text, Optional<Place> place) {

    /** What an option says, {@code deepspeed=0.18.0}; empty where it does not. */
    public static Optional<Installed> parse(String option) {
        int equals = option.indexOf('=');
        String library = equals < 0 ? "" : option.substring(0, equals).strip();
        String version = option.substring(equals + 1).replaceFirst("^=", "").strip();
        return library.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
                ? Release.parse(version)
                        .map(r -> new Installed(normal(library), Releases.of(r), version, Optional.empty()))
                : Optional.empty();
    }

    /** That of a library among several. */
    public static Optional<Installed> of(String library, List<Installed> all) {
        return all.stream().filter(one -> one.library.equals(normal(library))).findFirst();
    }

    /** Package names are the same in either case, and with any of the signs between words. */
    static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    /** For findings. */
    public UsedVersion used() {
        return new UsedVersion(library, text, place);
    }

    /** Such as {@code deepspeed 0.18.0 (requirements.txt:3:1)}. */
    public String words() {
        return library + " " + text + " (" + place.map(Place::toString).orElse("--framework-version") + ")";
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Installed that
                        && library.equals(that.library)
                        && releases.equals(that.releases)
                        && text.equals(that.text)
                        && place.equals(that.place);
    }

    @Override
    public int hashCode() {
        return library.hashCode() * 31 + text.hashCode();
    }
}

package samestep.dialect;

import java.util.Optional;
import samestep.recipe.version.Installed;
import samestep.text.SourceText;

/**
 * What a reader is given.
 *
 * @param source the configuration
 * @param model the model it trains, where that is a file of its own and known
 * @param companions finds files that the configuration names
 * @param run what is known of the run and is in no file
 * @param part which of several trainings of a program is meant, by the name of a variable or function
 */
public record Input(
        SourceText source, Optional<SourceText> model, Companions companions, Run run, Optional<String> part) {

    /** A configuration, all of it. */
    public Input(SourceText source, Optional<SourceText> model, Companions companions, Run run) {
        this(source, model, companions, run, Optional.empty());
    }

    /** A configuration of whose run nothing else is known. */
    public Input(SourceText source, Optional<SourceText> model, Companions companions) {
        this(source, model, companions, Run.UNKNOWN);
    }

    /** The version of a library: as an option says, else as a lock file of the repository does. */
    public Optional<Installed> version(String library) {
        return Installed.of(library, run.versions()).or(() -> LockFiles.find(companions.home(), library));
    }

    /** The same of another text. */
    public Input with(SourceText other) {
        return new Input(other, model, companions, run, part);
    }

    /** The same with what is known of the run. */
    public Input with(Run other) {
        return new Input(source, model, companions, other, part);
    }

    /** The same, of which a part is meant. */
    public Input with(Optional<String> other) {
        return new Input(source, model, companions, run, other);
    }

    /** The same with other files around it. */
    public Input with(Companions other) {
        return new Input(source, model, other, run, part);
    }

    /** A configuration with no other files. */
    public static Input of(SourceText source) {
        return new Input(source, Optional.empty(), Companions.NONE);
    }

    /** A configuration with its model. */
    public static Input of(SourceText source, SourceText model) {
        return new Input(source, Optional.of(model), Companions.NONE);
    }
}

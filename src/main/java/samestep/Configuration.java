package samestep;

import java.util.List;
import java.util.Optional;
import samestep.finding.Outcome;
import samestep.translate.ConfigurationFile;

/**
 * A configuration that was read, or that could not be read; then the findings say why.
 *
 * <p>Instances come from {@link Samestep}.
 */
public final class Configuration {
    private final String name;
    private final Optional<ConfigurationFile> file;
    private final Outcome<samestep.recipe.Recipe> read;

    Configuration(String name, Outcome<ConfigurationFile> opened) {
        this.name = name;
        this.file = opened.value();
        this.read = opened.then(ConfigurationFile::read);
    }

    /** The file's name, as it was given. */
    public String name() {
        return name;
    }

    /** Whose configuration it is; empty if no framework's reader recognises it. */
    public Optional<Framework> framework() {
        return file.map(f -> Framework.of(f.dialect()));
    }

    /** What it means; empty if it cannot be read. */
    public Optional<Recipe> recipe() {
        return read.value().map(Recipe::new);
    }

    /** What was noticed while reading, in the order of the source. */
    public List<Finding> findings() {
        return Finding.of(read.findings());
    }

    Optional<ConfigurationFile> file() {
        return file;
    }
}

package samestep;

import java.util.List;
import java.util.Optional;
import samestep.finding.Outcome;
import samestep.translate.ConfigurationFile;

/**
 * A configuration that was read, or that could not be read; then the findings say why.
 *
 * <p>Instances come from {@link Samestep}, are immutable, and keep the text that they were read from: a file that changes
 * later is another configuration.
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

    /** {@return the file's name, as it was given} */
    public String name() {
        return name;
    }

    /** {@return whose configuration it is; empty if no framework's reader recognises it} */
    public Optional<Framework> framework() {
        return file.map(f -> Framework.of(f.dialect()));
    }

    /** {@return what it means; empty if it cannot be read, as an error among the findings then says} */
    public Optional<Recipe> recipe() {
        return read.value().map(Recipe::new);
    }

    /** {@return what was noticed while reading, in the order of the source; empty if nothing was} */
    public List<Finding> findings() {
        return Finding.of(read.findings());
    }

    Optional<ConfigurationFile> file() {
        return file;
    }
}

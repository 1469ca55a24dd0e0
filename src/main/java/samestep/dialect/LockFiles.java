package samestep.dialect;

import java.util.List;
import java.util.Optional;
import samestep.recipe.version.Installed;
import samestep.recipe.version.LockText;
import samestep.text.SourceText;

/**
 * Finds the version of a library: in the folder of a configuration, and then in each folder above it up to the root of its
 * repository. No file outside of the repository is read, and no large one.
 */
final class LockFiles {
    /** What is exact comes first. */
    private static final List<String> NAMES = List.of(
            "uv.lock",
            "poetry.lock",
            "Pipfile.lock",
            "requirements.txt",
            "environment.yml",
            "environment.yaml",
            "pyproject.toml");

    private LockFiles() {}

    /** The version; empty where no file says it. */
    static Optional<Installed> find(Companions.Home home, String library) {
        String folder = home.folder();
        while (true) {
            for (String name : NAMES) {
                Optional<SourceText> file = home.repository().read(folder + name);
                Optional<Installed> found = file.flatMap(text -> LockText.find(text, library));
                if (found.isPresent()) {
                    return found;
                }
            }
            if (folder.isEmpty()) {
                return Optional.empty();
            }
            folder = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
        }
    }
}

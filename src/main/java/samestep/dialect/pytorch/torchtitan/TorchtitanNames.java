package samestep.dialect.pytorch.torchtitan;

import java.util.Optional;
import java.util.Set;
import samestep.dialect.Resources;
import samestep.program.Repository;
import samestep.program.value.Instance;
import samestep.program.value.Value;
import samestep.text.SourceText;

/**
 * torchtitan's modules, as a program that makes a configuration sees them: the classes of a resource, which keep what they are given.
 * Of the library itself only the files that are configurations are read.
 *
 * @param files those around the program
 */
record TorchtitanNames(Repository files) implements Repository {
    /** The constant of each class that says what it is a section of. */
    static final String SECTION = "section";

    private static final String LIBRARY = "torchtitan/";
    private static final String NAME = "torchtitan.py";
    private static final String ALL = "trainer.py";
    /** Where a version has the names; what is asked of them beside these is the library's. */
    private static final Set<String> MODULES = Set.of(
            "components/optimizer/__init__.py",
            "components/optimizer/optimizer.py",
            "components/optimizer/lr_scheduler.py",
            "components/lr_scheduler.py",
            "config/__init__.py",
            "config/configs.py",
            "config/override.py");

    @Override
    public Optional<SourceText> read(String path) {
        int at = path.lastIndexOf(LIBRARY);
        if (at < 0 || at > 0 && path.charAt(at - 1) != '/') {
            return files.read(path);
        }
        String inside = path.substring(at + LIBRARY.length());
        if (inside.equals("__init__.py")) {
            return Optional.of(new SourceText(path, ""));
        }
        if (inside.equals(ALL)) {
            return Optional.of(new SourceText(NAME, Resources.text("pytorch/torchtitan-names.txt")));
        }
        if (MODULES.contains(inside)) {
            String library = "torchtitan."
                    + inside.replace("/__init__.py", "").replace(".py", "").replace('/', '.');
            return Optional.of(
                    new SourceText(path, "from torchtitan.trainer import *\nfrom " + library + "._others import *\n"));
        }
        return inside.endsWith("config_registry.py") ? files.read(path) : Optional.empty();
    }

    @Override
    public boolean isFolder(String path) {
        boolean isLibrary = (path + "/").endsWith("/" + LIBRARY) || (path + "/").equals(LIBRARY);
        return isLibrary || !("/" + path).contains("/" + LIBRARY) && files.isFolder(path);
    }

    /**
     * What an object is a section of.
     *
     * @return empty where it is not of torchtitan's own class
     */
    static Optional<String> section(Value value) {
        return value instanceof Instance instance
                        && instance.type().place().source().name().equals(NAME)
                ? instance.type()
                        .attribute(SECTION)
                        .filter(Value.Text.class::isInstance)
                        .map(text -> ((Value.Text) text).value())
                : Optional.empty();
    }
}

package samestep.program;

import java.util.List;
import java.util.Map;
import samestep.program.run.Interpreter;
import samestep.program.value.Value;
import samestep.syntax.python.Python;
import samestep.syntax.python.PythonFile;
import samestep.text.SourceText;

/** Reads programs. */
public final class Programs {
    private Programs() {}

    /** Reads a program by itself: what it imports is not read. */
    public static Trace read(SourceText source) {
        return read(List.of(Python.parse(source)), source.name(), Repository.NONE, World.NONE, Limits.USUAL);
    }

    /**
     * Reads a program with the modules and files of its repository.
     *
     * @param parts its parsed file, or the cells of a notebook in order
     * @param path its path from the repository's root, with slashes
     * @param repository the files that it may import and read
     * @param world what is known of the objects of libraries
     * @param limits how far it is followed
     */
    public static Trace read(List<PythonFile> parts, String path, Repository repository, World world, Limits limits) {
        return read(parts, path, repository, world, limits, Map.of());
    }

    /**
     * The same of a program that finds names bound, as a configuration finds those of the files that it inherits from.
     *
     * @param bound the names, with what they are bound to
     */
    public static Trace read(
            List<PythonFile> parts,
            String path,
            Repository repository,
            World world,
            Limits limits,
            Map<String, Value> bound) {
        Interpreter interpreter = new Interpreter(parts, path, repository, world, limits, bound);
        interpreter.run();
        return trace(parts, path, interpreter);
    }

    /**
     * Reads a program as an import does: functions that it does not call itself are not called, so that none of them has changed what
     * another one finds. {@link Trace#call} calls one.
     */
    public static Trace imported(
            List<PythonFile> parts, String path, Repository repository, World world, Limits limits) {
        Interpreter interpreter = new Interpreter(parts, path, repository, world, limits, Map.of());
        interpreter.load();
        return trace(parts, path, interpreter);
    }

    private static Trace trace(List<PythonFile> parts, String path, Interpreter interpreter) {
        SourceText source =
                parts.isEmpty() ? new SourceText(path, "") : parts.get(0).source();
        return new Trace(source, interpreter);
    }
}

package samestep.program;

import java.nio.file.Path;
import java.util.List;
import samestep.syntax.python.Python;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Prints the traces of programs: for looking at them. */
public final class TracePrinter {
    private TracePrinter() {}

    /** Prints the trace of each file that is named. */
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            long start = System.nanoTime();
            Trace trace = trace(Path.of(name), "");
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.print(TraceText.of(trace));
            System.out.println(trace.events().size() + " events in " + millis + " ms");
        }
    }

    static Trace trace(Path file, String prefix) throws Exception {
        Path root = FolderRepository.rootOf(file);
        return trace(file, root, prefix);
    }

    static Trace trace(Path file, Path root, String prefix) throws Exception {
        String path = root.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize())
                .toString();
        SourceText source =
                new SourceText(prefix + path, SourceReader.read(file).text());
        return Programs.read(
                List.of(Python.parse(source)), path, new FolderRepository(root, prefix), World.NONE, Limits.USUAL);
    }
}

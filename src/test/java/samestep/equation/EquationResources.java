package samestep.equation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import samestep.equation.parse.EquationParser;

/** The equation files that ship with the program, found by listing their folder. */
public final class EquationResources {
    private EquationResources() {}

    /** A file, so that tests are named after it. */
    public record EquationFile(String name, String text) {
        /** What it says. */
        public Equations equations() {
            return EquationParser.parseOwn(name, text);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them, by framework and name. */
    public static List<EquationFile> all() throws IOException {
        Path folder = Path.of("src/main/resources/samestep/dialect");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".eq"))
                    .sorted()
                    .map(f -> new EquationFile(folder.relativize(f).toString().replace('\\', '/'), read(f)))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

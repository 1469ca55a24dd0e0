package samestep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that you may have meant. */
final class FileNames {
    private static final int MOST = 1000;

    private FileNames() {}

    /** The files in the folder of a path that leads nowhere, written as that path is; none if there is no folder. */
    static List<String> beside(String given) {
        try {
            Path parent = Path.of(given).getParent();
            try (Stream<Path> files = Files.list(parent == null ? Path.of("") : parent)) {
                return files.limit(MOST)
                        .filter(Files::isRegularFile)
                        .map(file -> parent == null ? file.getFileName().toString() : file.toString())
                        .sorted()
                        .toList();
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }
}

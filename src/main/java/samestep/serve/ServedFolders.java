package samestep.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The folders that a server was started for. A client names files in them and none elsewhere; real paths count, so a link leads
 * to no other place. What a file itself names is read in its repository, as by every command.
 */
public final class ServedFolders {
    private final List<Path> folders;

    private ServedFolders(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * The folders as they really are.
     *
     * @param named at least one
     * @throws IOException if one is not there, or is not a folder; the message names it
     */
    public static ServedFolders of(List<Path> named) throws IOException {
        List<Path> real = new ArrayList<>();
        for (Path folder : named) {
            if (!Files.isDirectory(folder)) {
                throw new IOException(folder + ": no such folder");
            }
            real.add(folder.toRealPath());
        }
        return new ServedFolders(real);
    }

    /** A file and the folder that it is in. */
    record Served(Path file, Path folder) {}

    /**
     * The file of a name, which is absolute or relative to one of the folders.
     *
     * @throws ToolException if there is no such file in the folders
     */
    Served file(String name) {
        Path given;
        try {
            given = Path.of(name);
        } catch (InvalidPathException e) {
            throw new ToolException("no file can have the name that is given");
        }
        for (Path folder : folders) {
            Path file = folder.resolve(given).normalize();
            if (Files.exists(file) && isIn(file, folder)) {
                return new Served(file, folder);
            }
        }
        throw new ToolException(name + ": no such file in the folders that are served: "
                + folders.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    /** All folders, for what is asked of no file. */
    List<Served> all() {
        return folders.stream().map(folder -> new Served(folder, folder)).toList();
    }

    private static boolean isIn(Path file, Path folder) {
        try {
            return file.startsWith(folder) && file.toRealPath().startsWith(folder);
        } catch (IOException e) {
            return false;
        }
    }
}

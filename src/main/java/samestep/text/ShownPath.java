package samestep.text;

import java.nio.file.Path;

/** How a file is called in messages: by a name that leads to it from where the process runs. */
public final class ShownPath {
    private ShownPath() {}

    /**
     * The name relative to the working directory, if the process runs there and the file is below it; else the whole path.
     *
     * @param file the file
     * @param workingDirectory where files are looked for first, absolute; a library's caller may name another one than that of
     *     the process
     */
    public static String of(Path file, Path workingDirectory) {
        Path absolute = file.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath().normalize();
        return absolute.startsWith(here) && here.equals(workingDirectory)
                ? here.relativize(absolute).toString()
                : absolute.toString();
    }
}

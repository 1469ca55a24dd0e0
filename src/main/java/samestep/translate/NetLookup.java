package samestep.translate;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Companions;
import samestep.program.FolderRepository;
import samestep.text.Boundary;
import samestep.text.ShownPath;
import samestep.text.SourceReader;
import samestep.text.UnreadableSourceException;

/**
 * Looks for a file that a configuration names: in the working directory, then in the configuration's folder, then in
 * each folder above it up to the one that holds {@code .git}. A file of the same name elsewhere is only suggested, and one
 * outside the boundary is not read.
 */
public final class NetLookup implements Companions {
    private final Path workingDirectory;
    private final Path folder;
    private final Boundary boundary;

    /**
     * Looks from two places.
     *
     * @param workingDirectory absolute; files in it are shown relative to it
     * @param folder where the configuration is, absolute
     * @param boundary what may be read
     */
    public NetLookup(Path workingDirectory, Path folder, Boundary boundary) {
        this.workingDirectory = workingDirectory;
        this.folder = folder;
        this.boundary = boundary;
    }

    /** Looks from two places, and in their repositories only. */
    public NetLookup(Path workingDirectory, Path folder) {
        this(workingDirectory, folder, Boundary.around(workingDirectory).with(folder));
    }

    @Override
    public Search find(String reference) {
        List<String> tried = new ArrayList<>();
        Optional<String> outside = Optional.empty();
        Path relative;
        try {
            relative = Path.of(reference);
        } catch (InvalidPathException e) {
            return new Search(Optional.empty(), tried, List.of());
        }
        for (Path place : places()) {
            Path file = place.resolve(relative).normalize();
            tried.add(shown(file));
            if (Files.isRegularFile(file) && !boundary.holds(file)) {
                outside = outside.or(() -> Optional.of(shown(file)));
            } else if (Files.isRegularFile(file)) {
                try {
                    return new Search(Optional.of(SourceReader.read(Path.of(shown(file)))), tried, List.of());
                } catch (UnreadableSourceException e) {
                    tried.add(e.getMessage() == null ? shown(file) : e.getMessage());
                }
            }
            if (relative.isAbsolute()) {
                break;
            }
        }
        return new Search(Optional.empty(), tried, similar(relative), outside);
    }

    @Override
    public Home home() {
        Path root = FolderRepository.rootOf(folder.resolve("program"));
        String inside = slashes(root.relativize(folder));
        String prefix = slashes(Path.of(shown(root)));
        return new Home(
                new FolderRepository(root, prefix.isEmpty() ? "" : prefix + "/"), inside.isEmpty() ? "" : inside + "/");
    }

    private static String slashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private Set<Path> places() {
        Set<Path> places = new LinkedHashSet<>();
        places.add(workingDirectory);
        Path place = folder;
        while (place != null) {
            places.add(place);
            if (Files.exists(place.resolve(".git"))) {
                return places;
            }
            place = place.getParent();
        }
        // Outside a repository the folders above are not searched.
        return new LinkedHashSet<>(List.of(workingDirectory, folder));
    }

    private List<String> similar(Path relative) {
        Path name = relative.getFileName();
        if (name == null) {
            return List.of();
        }
        Set<String> similar = new LinkedHashSet<>();
        for (Path place : List.of(folder, workingDirectory)) {
            Path file = place.resolve(name);
            if (Files.isRegularFile(file) && boundary.holds(file)) {
                similar.add(shown(file));
            }
        }
        return List.copyOf(similar);
    }

    /** As the user would write it. */
    private String shown(Path file) {
        return ShownPath.of(file, workingDirectory);
    }
}

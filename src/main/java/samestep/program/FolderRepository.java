package samestep.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** The files under a folder. A link that leads out of it does not belong to it. */
public final class FolderRepository implements Repository {
    /** Largest file that is read because a program names it. */
    public static final int MAX_BYTES = 2 * 1024 * 1024;

    private final Path root;
    private final String prefix;
    private final Map<String, Optional<SourceText>> texts = new HashMap<>();

    /**
     * The files of a folder.
     *
     * @param root the folder, as it is
     * @param prefix what messages put before the paths of its files; empty or ending in a slash
     */
    public FolderRepository(Path root, String prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    /** The nearest folder at or above a file that holds {@code .git}; the file's own folder without one. */
    public static Path rootOf(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path own = folder == null ? Path.of(".") : folder;
        while (folder != null) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        return own;
    }

    @Override
    public Optional<SourceText> read(String path) {
        return texts.computeIfAbsent(path, this::load);
    }

    private Optional<SourceText> load(String path) {
        try {
            Path file = inside(path);
            if (file == null || !Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            try (var in = Files.newInputStream(file)) {
                return Optional.of(SourceReader.read(prefix + path, in));
            }
        } catch (UnreadableSourceException e) {
            return Optional.empty();
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isFolder(String path) {
        try {
            Path folder = inside(path);
            return folder != null && Files.isDirectory(folder);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return false;
        }
    }

    /** The real path of a file; null if there is none inside of the root. */
    private @org.jspecify.annotations.Nullable Path inside(String path) throws IOException {
        Path named = root.resolve(path).normalize();
        if (!named.startsWith(root.normalize()) || !Files.exists(named)) {
            return null;
        }
        Path real = named.toRealPath();
        return real.startsWith(root.toRealPath()) ? real : null;
    }
}

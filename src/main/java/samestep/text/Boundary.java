package samestep.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that files may name other files in. A path that a file brings along is followed only where its real place,
 * with all links resolved, is in one of them: a configuration from elsewhere must not decide what is read or written
 * in other places on the machine.
 */
public final class Boundary {
    private final boolean open;
    private final List<Root> roots;

    /** A folder, as it is called and where it really is. */
    private record Root(Path named, Path real) {
        boolean holds(Path file, Path realFile) {
            return (file.startsWith(named) || file.startsWith(real)) && realFile.startsWith(real);
        }
    }

    private Boundary(boolean open, List<Root> roots) {
        this.open = open;
        this.roots = List.copyOf(roots);
    }

    /** No boundary: the user allows all paths. */
    public static Boundary open() {
        return new Boundary(true, List.of());
    }

    /** The repository of a folder, which is the nearest folder that holds {@code .git}; without one the folder itself. */
    public static Boundary around(Path folder) {
        return new Boundary(false, List.of()).with(folder);
    }

    /** The same, and the repository of another folder. */
    public Boundary with(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path place = absolute;
        while (place != null && !Files.exists(place.resolve(".git"))) {
            place = place.getParent();
        }
        Path named = place == null ? absolute : place;
        List<Root> all = new ArrayList<>(roots);
        try {
            Path real = named.toRealPath();
            // A folder in the repository that is a link out of it does not open what it leads to.
            if (roots.stream().noneMatch(r -> named.startsWith(r.named()) && !real.startsWith(r.real()))) {
                all.add(new Root(named, real));
            }
        } catch (IOException e) {
            // A folder that is not there holds no file.
        }
        return new Boundary(open, all);
    }

    /** Whether a file that exists may be followed. */
    public boolean holds(Path file) {
        if (open) {
            return true;
        }
        try {
            Path real = file.toRealPath();
            Path absolute = file.toAbsolutePath().normalize();
            return roots.stream().anyMatch(root -> root.holds(absolute, real));
        } catch (IOException e) {
            return false;
        }
    }
}

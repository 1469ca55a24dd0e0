package samestep.check.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Dialects;
import samestep.text.Boundary;
import samestep.text.pattern.IgnorePatterns;

/**
 * The files below a folder that may be configurations, by their names, without those that git ignores. Links to folders
 * are not followed.
 */
public final class FileSearch {
    /** The hooks of {@code .pre-commit-hooks.yaml} take the same; a test holds them to it. */
    public static final Set<String> ENDINGS = Set.of(
            "prototxt",
            "pt",
            "solver",
            "json",
            "keras",
            "h5",
            "hdf5",
            "yaml",
            "yml",
            "config",
            "cfg",
            "pbtxt",
            "toml",
            "meta",
            "py",
            "ipynb");

    private static final Set<String> OWN_NAMES = Set.of("txt", "conf", "template", "example", "in");
    private static final Set<String> NEVER = Set.of(".git", ".hg", ".svn", "node_modules", "__pycache__");
    private static final String IGNORE = ".gitignore";

    private final Path named;
    private final Path folder;
    private final Boundary boundary;
    private final List<Path> found = new ArrayList<>();
    private final List<PassedOver> passed = new ArrayList<>();
    private final Deque<Rules> rules = new ArrayDeque<>();

    /** The patterns of one folder's file. */
    private record Rules(Path folder, IgnorePatterns patterns) {
        Optional<Boolean> ignores(Path path, boolean directory) {
            return patterns.ignores(slashes(folder.relativize(path)), directory);
        }
    }

    /**
     * What was found.
     *
     * @param files files to look into
     * @param passed files and folders that could not be looked into, with the reason
     */
    public record Result(List<Path> files, List<PassedOver> passed) {
        public Result {
            files = List.copyOf(files);
            passed = List.copyOf(passed);
        }
    }

    private FileSearch(Path named, Boundary boundary) {
        this.named = named.normalize();
        this.folder = named.toAbsolutePath().normalize();
        this.boundary = boundary;
    }

    /** The files below a folder, in the order of their names, as the folder was named. */
    public static Result below(Path folder, boolean allowOutside) throws IOException {
        FileSearch search = new FileSearch(folder, allowOutside ? Boundary.open() : Boundary.around(folder));
        search.rulesAbove();
        Files.walkFileTree(search.folder, search.visitor());
        search.found.sort(Comparator.comparing(Path::toString));
        return new Result(search.found, search.passed);
    }

    private static String slashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** Findings name a file by text, so that is what must lead to it. */
    private static boolean isName(Path file) {
        try {
            return Path.of(file.toString()).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Path shown(Path file) {
        return named.resolve(folder.relativize(file));
    }

    private void pass(Path file, String why) {
        passed.add(PassedOver.unread(shown(file).toString(), why));
    }

    /** Whether a file of that name is looked into. */
    public static boolean isCandidate(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return ENDINGS.contains(ending) || Dialects.hasOwnEnding(ending);
    }

    /** Whether a file that you named may be a configuration although its name is not a usual one. */
    public static boolean isText(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot <= 0 || OWN_NAMES.contains(name.substring(dot + 1)) || name.contains(".prototxt.");
    }

    /** The patterns between the repository's root and the folder; none outside a repository. */
    private void rulesAbove() {
        List<Path> above = new ArrayList<>();
        Path place = folder.getParent();
        boolean root = Files.exists(folder.resolve(".git"));
        while (!root && place != null) {
            above.add(0, place);
            root = Files.exists(place.resolve(".git"));
            place = place.getParent();
        }
        if (root) {
            above.forEach(this::enter);
        }
    }

    private void enter(Path directory) {
        Path file = directory.resolve(IGNORE);
        // Git does not follow a link here either.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            Optional<IgnorePatterns> patterns = IgnorePatterns.read(in.readNBytes(IgnorePatterns.MOST_BYTES + 1));
            patterns.ifPresentOrElse(
                    p -> rules.push(new Rules(directory, p)), () -> pass(file, "is too large to be used"));
        } catch (IOException e) {
            pass(file, "cannot be read");
        }
    }

    private SimpleFileVisitor<Path> visitor() {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean own = directory.equals(folder);
                if (!own && (NEVER.contains(String.valueOf(directory.getFileName())) || isIgnored(directory, true))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                enter(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean link = attributes.isSymbolicLink();
                boolean regular = attributes.isRegularFile() || link && Files.isRegularFile(file);
                if (!isCandidate(file) || isIgnored(file, false)) {
                    return FileVisitResult.CONTINUE;
                }
                if (!isName(file)) {
                    pass(file, "has a name that is not text in this locale; LC_ALL=C.UTF-8 reads names as UTF-8");
                } else if (!regular && !link && !attributes.isDirectory()) {
                    pass(file, "is not a regular file");
                } else if (regular && link && !boundary.holds(file)) {
                    pass(file, "is a link out of the repository; --allow-outside follows it");
                } else if (regular) {
                    found.add(shown(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                pass(file, "cannot be opened");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException problem) {
                if (!rules.isEmpty() && rules.peek().folder().equals(directory)) {
                    rules.pop();
                }
                return FileVisitResult.CONTINUE;
            }
        };
    }

    /** The nearest file that says anything decides. */
    private boolean isIgnored(Path path, boolean directory) {
        for (Rules nearest : rules) {
            Optional<Boolean> ignored = nearest.ignores(path, directory);
            if (ignored.isPresent()) {
                return ignored.get();
            }
        }
        return false;
    }
}

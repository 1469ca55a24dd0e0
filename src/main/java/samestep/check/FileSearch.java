package samestep.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
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
import nl.basjes.gitignore.GitIgnore;

/**
 * The files below a folder that may be configurations, by their names, without those that git ignores. Links to folders
 * are not followed.
 */
final class FileSearch {
    private static final Set<String> ENDINGS =
            Set.of("prototxt", "pt", "solver", "json", "keras", "h5", "hdf5", "yaml", "yml", "config", "pbtxt", "meta");
    private static final Set<String> OWN_NAMES = Set.of("txt", "cfg", "conf", "template", "example", "in");
    private static final Set<String> NEVER = Set.of(".git", ".hg", ".svn", "node_modules", "__pycache__");
    private static final String IGNORE = ".gitignore";

    private final Path folder;
    private final List<Path> found = new ArrayList<>();
    private final Deque<Rules> rules = new ArrayDeque<>();

    /** The patterns of one folder's file. */
    private record Rules(Path folder, GitIgnore patterns) {
        Optional<Boolean> ignores(Path path, boolean directory) {
            String relative = folder.relativize(path).toString().replace('\\', '/');
            return Optional.ofNullable(patterns.isIgnoredFile("/" + relative + (directory ? "/" : "")));
        }
    }

    private FileSearch(Path folder) {
        this.folder = folder;
    }

    /** The files below a folder, in the order of their names, as the folder was named. */
    static List<Path> below(Path folder) throws IOException {
        FileSearch search = new FileSearch(folder.toAbsolutePath().normalize());
        search.rulesAbove();
        Files.walkFileTree(search.folder, search.visitor());
        Path named = folder.normalize();
        return search.found.stream()
                .map(file -> named.resolve(search.folder.relativize(file)))
                .sorted(Comparator.comparing(Path::toString))
                .toList();
    }

    /** Whether a file of that name is looked into. */
    static boolean isCandidate(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Whether a file that somebody named may be a configuration under a name of its own. */
    static boolean isText(Path file) {
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
        if (Files.isRegularFile(file)) {
            try {
                rules.push(
                        new Rules(directory, new GitIgnore("", Files.readString(file, StandardCharsets.ISO_8859_1))));
            } catch (IOException e) {
                // What cannot be read says nothing, as for git.
            }
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
                boolean regular =
                        attributes.isRegularFile() || attributes.isSymbolicLink() && Files.isRegularFile(file);
                if (regular && isCandidate(file) && !isIgnored(file, false)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, java.io.IOException problem) {
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

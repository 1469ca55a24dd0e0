package samestep.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.syntax.python.Python;
import samestep.syntax.python.tree.Statement;
import samestep.text.SourceText;

/** The modules of its repository that a program imports at the top of its files, and those that these import. */
public final class Imports {
    private static final int MOST = 60;

    private final Repository repository;
    private final String start;
    private final Map<String, SourceText> found = new LinkedHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    private Imports(Repository repository, String start) {
        this.repository = repository;
        this.start = start;
    }

    /**
     * The program and the modules, the nearest first; no more than 60.
     *
     * @param path the program's path from the repository's root
     */
    public static List<SourceText> of(SourceText program, String path, Repository repository) {
        Imports imports = new Imports(repository, folder(path));
        imports.found.put(path, program);
        imports.open.add(path);
        while (!imports.open.isEmpty() && imports.found.size() < MOST) {
            imports.follow(imports.open.remove());
        }
        return new ArrayList<>(imports.found.values());
    }

    private void follow(String path) {
        SourceText source = found.get(path);
        if (source == null) {
            return;
        }
        for (Statement statement : Python.parse(source).body()) {
            if (statement instanceof Statement.Import plain) {
                plain.names().forEach(alias -> absolute(alias.name()));
            } else if (statement instanceof Statement.ImportFrom from && from.level() == 0) {
                absolute(from.module());
                from.names().forEach(alias -> absolute(from.module() + "." + alias.name()));
            } else if (statement instanceof Statement.ImportFrom from) {
                String folder = folder(path);
                for (int i = 1; i < from.level(); i++) {
                    folder = above(folder);
                }
                String module = from.module().isEmpty() ? "" : from.module().replace('.', '/');
                add(folder + module);
                String package_ = module.isEmpty() ? folder : folder + module + "/";
                from.names().forEach(alias -> add(package_ + alias.name()));
            }
        }
    }

    /** From the program's own folder, and from those above it up to the root. */
    private void absolute(String module) {
        String folder = start;
        while (!add(folder + module.replace('.', '/')) && !folder.isEmpty()) {
            folder = above(folder);
        }
    }

    private boolean add(String path) {
        for (String file : List.of(path + ".py", path + "/__init__.py")) {
            if (found.containsKey(file)) {
                return true;
            }
            Optional<SourceText> text = repository.read(file);
            if (text.isPresent()) {
                found.put(file, text.get());
                open.add(file);
                return true;
            }
        }
        return false;
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String above(String folder) {
        return folder.isEmpty() ? "" : folder(folder.substring(0, folder.length() - 1));
    }
}

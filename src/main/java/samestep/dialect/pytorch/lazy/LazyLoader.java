package samestep.dialect.pytorch.lazy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.Programs;
import samestep.program.Repository;
import samestep.program.Trace;
import samestep.program.value.Mapping;
import samestep.program.value.Value;
import samestep.syntax.python.Python;
import samestep.syntax.python.PythonFile;
import samestep.syntax.python.tree.Statement;
import samestep.text.SourceText;

/**
 * Reads a LazyConfig with the files that it imports. An import with dots is of a file beside it; each import runs the file again,
 * so that what one configuration changes is not changed in another. Source: detectron2/config/lazy.py, {@code _patch_import}.
 */
final class LazyLoader {
    /** So many files may one configuration be made of. */
    private static final int MOST = 60;
    /** The library itself is not read: it is known by its names. */
    private static final String LIBRARY = "detectron2/";

    private final Repository repository;
    private final List<Finding> findings;
    private int files;

    LazyLoader(Repository repository, List<Finding> findings) {
        this.repository = path -> path.startsWith(LIBRARY) ? Optional.empty() : repository.read(path);
        this.findings = findings;
    }

    /**
     * What the names of a configuration are bound to.
     *
     * @param path from the repository's root
     * @return empty, with a finding, where it is made of too many files
     */
    Optional<Mapping> load(SourceText source, String path) {
        if (++files > MOST) {
            findings.add(Finding.at(
                    Place.start(source), Code.SS010, "the configuration imports more than " + MOST + " files"));
            return Optional.empty();
        }
        PythonFile file = Python.parse(source);
        Map<String, Value> bound = new LinkedHashMap<>();
        List<Statement> body = new ArrayList<>(file.body());
        for (Statement statement : file.body()) {
            if (statement instanceof Statement.ImportFrom from && from.level() > 0) {
                body.remove(statement);
                bind(from, source, path, bound);
            }
        }
        PythonFile part = new PythonFile(source, file.tokens(), body);
        Trace trace = Programs.read(List.of(part), path, repository, new LazyWorld(), Limits.USUAL, bound);
        part.opaque().stream()
                .findFirst()
                .ifPresent(opaque -> findings.add(Finding.at(
                        new Place(source, opaque.span()), Code.SS010, "a statement that is not understood")));
        trace.notes().forEach(note -> findings.add(Finding.at(Place.start(source), Code.SS010, note)));
        Mapping all = new Mapping(LazyWorld.TYPE, Optional.of(Place.start(source)));
        trace.bindings().forEach((name, value) -> {
            if (!name.startsWith("_")) {
                all.put(name, value);
            }
        });
        return Optional.of(all);
    }

    private void bind(Statement.ImportFrom from, SourceText source, String path, Map<String, Value> bound) {
        Place place = new Place(source, from.span());
        Optional<Mapping> read = file(from, path);
        for (Statement.Alias alias : from.names()) {
            String reason = read.isEmpty()
                    ? "it is in " + ".".repeat(from.level()) + from.module() + ", which is not in the repository"
                    : from.module() + " does not have " + alias.name();
            Value value = read.flatMap(all -> all.get(alias.name()))
                    .map(LazyWorld::dictConfig)
                    .orElse(new Value.Unknown(reason, Optional.of(place)));
            bound.put(alias.bound(), value);
        }
    }

    private Optional<Mapping> file(Statement.ImportFrom from, String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        for (int i = 0; i < from.level(); i++) {
            if (parts.isEmpty()) {
                return Optional.empty();
            }
            parts.remove(parts.size() - 1);
        }
        parts.addAll(List.of(from.module().split("\\.")));
        String module = String.join("/", parts) + ".py";
        return from.module().isEmpty()
                ? Optional.empty()
                : repository.read(module).flatMap(text -> load(text, module));
    }
}

package samestep.dialect.pytorch.mmengine;

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
import samestep.program.World;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.ModuleValue;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.syntax.python.Python;
import samestep.syntax.python.PythonFile;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.text.SourceText;

/**
 * Reads a configuration with the files that it inherits from, as {@code Config.fromfile} does: those of {@code _base_}, or those
 * that {@code with read_base():} imports. Source: mmengine/config/config.py of 0.10.7.
 */
final class ConfigLoader {
    /** So many files may one configuration be made of. */
    private static final int MOST = 60;

    private final Repository repository;
    private final List<Finding> findings;
    private final ConfigMerge merge;
    private int files;

    ConfigLoader(Repository repository, List<Finding> findings) {
        this.repository = repository;
        this.findings = findings;
        this.merge = new ConfigMerge(findings);
    }

    /**
     * All values of a configuration, by name.
     *
     * @param path from the repository's root
     * @return empty, with a finding, where a file that it inherits from is not there
     */
    Optional<Mapping> load(SourceText source, String path) {
        if (++files > MOST) {
            findings.add(Finding.at(
                    Place.start(source), Code.SS010, "the configuration inherits from more than " + MOST + " files"));
            return Optional.empty();
        }
        PythonFile file = Python.parse(source);
        boolean isLazy = file.body().stream().anyMatch(ConfigLoader::readsBase);
        return isLazy ? imported(file, path) : inherited(file, path);
    }

    /** {@code _base_ = ["a.py", "b.py"]}: no name may be in two of them, and the file's own values are merged over them. */
    private Optional<Mapping> inherited(PythonFile file, String path) {
        Mapping base = new Mapping(Mapping.DICT, Optional.empty());
        Optional<Statement> line =
                file.body().stream().filter(ConfigLoader::isBase).findFirst();
        if (line.isPresent()) {
            Optional<List<Value.Text>> names = names(file, line.get(), path);
            if (names.isEmpty()) {
                return Optional.empty();
            }
            for (Value.Text name : names.get()) {
                Place place = name.origin().literals().stream().findFirst().orElse(Place.start(file.source()));
                Optional<Mapping> read = base(name.value(), path, place);
                if (read.isEmpty()) {
                    return Optional.empty();
                }
                add(read.get(), base, name.value(), place);
            }
        }
        List<Statement> body = new ArrayList<>(file.body());
        line.ifPresent(body::remove);
        Map<String, Value> bound = line.isPresent() ? Map.of(ConfigMerge.BASE, ConfigMerge.configDict(base)) : Map.of();
        Trace trace = run(file, body, path, bound);
        // What the file does to the dicts of its bases stays done.
        Mapping changed = trace.binding(ConfigMerge.BASE)
                .filter(Mapping.class::isInstance)
                .map(value -> (Mapping) ConfigMerge.plain(value))
                .orElse(base);
        Mapping own = own(trace, file);
        own.entries().forEach(e -> own.put(e.key(), ConfigMerge.substituted(e.value(), changed)));
        return Optional.of(merge.merged(own, changed, "", Place.start(file.source())));
    }

    private void add(Mapping more, Mapping base, String name, Place place) {
        for (Mapping.Entry entry : more.entries()) {
            if (base.get(entry.key()).isPresent() && entry.key() instanceof Value.Text key) {
                findings.add(Finding.at(
                        place,
                        Code.SS004,
                        "the base " + name + " has " + key.value()
                                + ", which another base has too: MMEngine refuses that"));
            }
            base.put(entry.key(), entry.value());
        }
    }

    /** {@code with read_base(): from .a import *}: names are imported, and the file's own replace them whole. */
    private Optional<Mapping> imported(PythonFile file, String path) {
        Map<String, Value> bound = new LinkedHashMap<>();
        List<Statement> body = new ArrayList<>(file.body());
        for (Statement statement : file.body()) {
            if (!(statement instanceof Statement.With with) || !readsBase(statement)) {
                continue;
            }
            body.remove(statement);
            for (Statement inner : with.body()) {
                if (!(inner instanceof Statement.ImportFrom from) || !bind(from, file.source(), path, bound)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(own(run(file, body, path, bound), file));
    }

    private boolean bind(Statement.ImportFrom from, SourceText source, String path, Map<String, Value> bound) {
        Place place = new Place(source, from.span());
        String folder = folder(path);
        for (int i = 1; i < from.level(); i++) {
            folder = folder.isEmpty() ? "../" : folder(folder.substring(0, folder.length() - 1));
        }
        String module = from.module().replace('.', '/') + ".py";
        Optional<Mapping> read = file((from.level() > 0 ? folder : "") + module, from.module(), place);
        if (read.isEmpty()) {
            return false;
        }
        Mapping all = read.get();
        for (Statement.Alias alias : from.names()) {
            if (alias.name().equals("*")) {
                all.entries()
                        .forEach(e -> bound.put(((Value.Text) e.key()).value(), ConfigMerge.configDict(e.value())));
            } else {
                Value value = all.get(alias.name())
                        .map(ConfigMerge::configDict)
                        .orElse(new Value.Unknown(
                                "a name that " + from.module() + " does not have", Optional.of(place)));
                bound.put(alias.as().isEmpty() ? alias.name() : alias.as(), value);
            }
        }
        return true;
    }

    private Trace run(PythonFile file, List<Statement> body, String path, Map<String, Value> bound) {
        PythonFile part = new PythonFile(file.source(), file.tokens(), body);
        Trace trace = Programs.read(List.of(part), path, repository, World.NONE, Limits.USUAL, bound);
        part.opaque().stream()
                .findFirst()
                .ifPresent(opaque -> findings.add(Finding.at(
                        new Place(file.source(), opaque.span()), Code.SS010, "a statement that is not understood")));
        trace.notes().forEach(note -> findings.add(Finding.at(Place.start(file.source()), Code.SS010, note)));
        return trace;
    }

    /** What the file's names are bound to, but for functions, modules and what begins with two underscores. */
    private static Mapping own(Trace trace, PythonFile file) {
        Mapping own = new Mapping(Mapping.DICT, Optional.of(Place.start(file.source())));
        trace.bindings().forEach((name, value) -> {
            boolean isData = !(value instanceof ModuleValue)
                    && !(value instanceof FunctionValue)
                    && !(value instanceof ClassValue)
                    && !(value instanceof Value.Library);
            if (isData && !name.startsWith("__") && !name.equals(ConfigMerge.BASE)) {
                own.put(name, ConfigMerge.plain(value));
            }
        });
        return own;
    }

    private Optional<List<Value.Text>> names(PythonFile file, Statement line, String path) {
        PythonFile alone = new PythonFile(file.source(), file.tokens(), List.of(line));
        Value value = Programs.read(List.of(alone), path, repository, World.NONE, Limits.USUAL)
                .binding(ConfigMerge.BASE)
                .orElse(new Value.Unknown("it has no value", Optional.empty()));
        List<Value> elements = value instanceof Sequence list ? list.elements() : List.of(value);
        List<Value.Text> names = elements.stream()
                .filter(Value.Text.class::isInstance)
                .map(Value.Text.class::cast)
                .toList();
        if (names.size() < elements.size()) {
            findings.add(Finding.at(
                    new Place(file.source(), line.span()), Code.SS010, "the bases of this file are not all constant"));
            return Optional.empty();
        }
        return Optional.of(names);
    }

    private Optional<Mapping> base(String name, String path, Place place) {
        if (name.contains("::")) {
            findings.add(Finding.at(
                    place, Code.SS010, "the base " + name + " is a file of an installed package, which is not read"));
            return Optional.empty();
        }
        return file(folder(path) + name, name, place);
    }

    private Optional<Mapping> file(String path, String name, Place place) {
        Optional<String> inside = normal(path);
        if (inside.isEmpty() || name.startsWith("/")) {
            findings.add(
                    Finding.at(place, Code.SS010, "the base " + name + " is outside the repository; it is not read"));
            return Optional.empty();
        }
        Optional<SourceText> text = inside.get().endsWith(".py") ? repository.read(inside.get()) : Optional.empty();
        if (text.isEmpty()) {
            findings.add(Finding.at(
                            place,
                            Code.SS010,
                            "the base " + name + " is not in the repository, or is not a Python file")
                    .detail("What it says may be part of the update, so nothing is read without it."));
            return Optional.empty();
        }
        return load(text.get(), inside.get());
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** A path without dots; empty if it leads out of the repository. */
    private static Optional<String> normal(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    private static boolean isBase(Statement statement) {
        return statement instanceof Statement.Assign assign
                && assign.targets().get(0) instanceof Expression.Name name
                && name.id().equals(ConfigMerge.BASE);
    }

    private static boolean readsBase(Statement statement) {
        return statement instanceof Statement.With with
                && !with.items().isEmpty()
                && with.items().get(0).context() instanceof Expression.Call call
                && call.function() instanceof Expression.Name name
                && name.id().equals("read_base");
    }
}

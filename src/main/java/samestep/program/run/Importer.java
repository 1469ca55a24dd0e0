package samestep.program.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.Repository;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.ModuleValue;
import samestep.program.value.Origin;
import samestep.program.value.Scope;
import samestep.program.value.Value;
import samestep.syntax.python.Python;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.syntax.python.tree.Statement.Alias;
import samestep.text.SourceText;

/** Imports modules of the same repository, and names those of libraries. */
final class Importer {
    /** Modules of these names are the libraries, even where a folder above the program has the same name. */
    private static final Set<String> LIBRARIES = Set.of(
            "torch",
            "tensorflow",
            "keras",
            "numpy",
            "transformers",
            "timm",
            "torchvision",
            "jax",
            "flax",
            "optax",
            "mxnet",
            "caffe",
            "os",
            "sys",
            "math",
            "json",
            "yaml",
            "argparse",
            "random",
            "time",
            "copy",
            "re",
            "collections",
            "functools",
            "itertools",
            "typing",
            "dataclasses",
            "abc",
            "logging",
            "datetime",
            "tensorpack");

    /** Libraries that decide what a program trains with. */
    private static final Set<String> FRAMEWORKS =
            Set.of("torch", "tensorflow", "keras", "tf_keras", "transformers", "timm", "jax", "flax", "optax");

    private final Machine machine;
    private final Map<String, ModuleValue> loaded = new LinkedHashMap<>();
    private final Set<String> searched = new LinkedHashSet<>();

    Importer(Machine machine) {
        this.machine = machine;
    }

    /**
     * What decides between two ways to import: {@code try: from fast import SGD}, {@code except ImportError: from torch.optim import
     * SGD}. Only a run knows whether a module is there that is neither in the repository nor one of the known libraries. Empty of
     * other statements, and where the other way binds nothing that matters.
     */
    Optional<Condition> fallback(Statement.Try guarded) {
        Optional<Statement> first = guarded.body().stream().findFirst();
        Optional<String> name = first.flatMap(Importer::imported);
        boolean isOther = guarded.handlers().stream()
                .flatMap(handler -> handler.body().stream())
                .anyMatch(statement -> bindsNumber(statement)
                        || imported(statement)
                                .filter(n -> FRAMEWORKS.contains(root(n)))
                                .isPresent());
        if (name.isEmpty()
                || !isOther
                || LIBRARIES.contains(root(name.get()))
                || FRAMEWORKS.contains(root(name.get()))
                || absolute(name.get()).isPresent()) {
            return Optional.empty();
        }
        Place place = machine.frame.place(first.orElseThrow().span());
        Value unknown = machine.unknown("whether " + name.get() + " can be imported", place);
        return Optional.of(new Condition(place, unknown, true));
    }

    /** The module that a statement imports; empty of one that is relative, and of other statements. */
    private static Optional<String> imported(Statement statement) {
        if (statement instanceof Statement.Import plain && plain.names().size() == 1) {
            return Optional.of(plain.names().get(0).name());
        }
        return statement instanceof Statement.ImportFrom from && from.level() == 0
                ? Optional.of(from.module())
                : Optional.empty();
    }

    private static boolean bindsNumber(Statement statement) {
        return statement instanceof Statement.Assign assign && assign.value() instanceof Expression.Numeral;
    }

    private static String root(String module) {
        return module.split("\\.", 2)[0];
    }

    void addSearchPath(String path) {
        searched.add(path);
    }

    /** The file of the program itself: what imports it gets the same module. */
    void know(String path, ModuleValue module) {
        loaded.put(path, module);
    }

    void plain(Statement.Import statement) {
        for (Alias alias : statement.names()) {
            Value whole = module(alias.name());
            if (!alias.as().isEmpty()) {
                bind(alias.as(), whole);
            } else if (alias.name().indexOf('.') < 0) {
                bind(alias.name(), whole);
            } else {
                bind(alias.bound(), module(alias.bound()));
            }
        }
    }

    void from(Statement.ImportFrom from) {
        Optional<ModuleValue> module = from.level() > 0 ? relative(from) : absolute(from.module());
        for (Alias alias : from.names()) {
            if (alias.name().equals("*")) {
                star(module, from);
                continue;
            }
            Place place = machine.frame.place(alias.span());
            Value value = module.map(m -> member(m, alias.name(), place))
                    .orElseGet(() -> from.level() > 0
                            ? machine.unknown("a module that is not in the repository", place)
                            : library(from.module()).member(alias.name()));
            if (module.isEmpty() && value instanceof Value.Library library) {
                value = machine.builtins
                        .constant(library(from.module()), alias.name(), place)
                        .orElse(library);
            }
            bind(alias.as().isEmpty() ? alias.name() : alias.as(), value);
        }
    }

    private void star(Optional<ModuleValue> module, Statement.ImportFrom from) {
        if (module.isEmpty()) {
            if (from.level() == 0 && !machine.frame.stars.contains(from.module())) {
                machine.frame.stars.add(from.module());
            }
            return;
        }
        Scope scope = module.get().scope();
        Optional<List<Value>> all = scope.own("__all__").flatMap(machine::elements);
        if (all.isPresent()) {
            for (Value name : all.get()) {
                if (name instanceof Value.Text text) {
                    scope.own(text.value()).ifPresent(v -> bind(text.value(), v));
                }
            }
            return;
        }
        new LinkedHashMap<>(scope.bindings()).forEach((name, value) -> {
            if (!name.startsWith("_")) {
                bind(name, value);
            }
        });
        Machine.ModuleContext context = machine.modules.get(scope);
        if (context != null && context.stars() != machine.frame.stars) {
            context.stars().stream()
                    .filter(s -> !machine.frame.stars.contains(s))
                    .toList()
                    .forEach(machine.frame.stars::add);
        }
    }

    private void bind(String name, Value value) {
        Scope scope = machine.frame.scope.target(name);
        machine.touch(scope);
        scope.bind(name, value);
    }

    private static Value.Library library(String name) {
        return Value.Library.of(name);
    }

    private Value module(String name) {
        Optional<ModuleValue> found = absolute(name);
        return found.isPresent() ? found.get() : library(name);
    }

    /** A name of a module: what it binds, or a module inside of its package. */
    Value member(ModuleValue module, String name, Place place) {
        Optional<Value> own = module.scope().own(name);
        if (own.isPresent()) {
            return own.get();
        }
        Machine.ModuleContext context = machine.modules.get(module.scope());
        if (context != null && context.path().endsWith("__init__.py")) {
            String folder = context.path().substring(0, context.path().length() - "__init__.py".length());
            Optional<ModuleValue> inner = load(folder + name, module.name() + "." + name);
            if (inner.isPresent()) {
                return inner.get();
            }
        }
        if (context != null && !context.stars().isEmpty()) {
            return library(context.stars().get(context.stars().size() - 1)).member(name);
        }
        return machine.unknown("the name " + name + ", which " + module.source().name() + " does not bind", place);
    }

    private Optional<ModuleValue> relative(Statement.ImportFrom from) {
        String folder = folder(machine.frame.path);
        for (int i = 1; i < from.level(); i++) {
            if (folder.isEmpty()) {
                return Optional.empty();
            }
            folder = folder(folder.substring(0, folder.length() - 1));
        }
        String path = folder + from.module().replace('.', '/');
        return load(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, from.module());
    }

    private Optional<ModuleValue> absolute(String name) {
        String path = name.replace('.', '/');
        String first = name.split("\\.", 2)[0];
        for (String folder : searchPath(first)) {
            boolean begins = exists(folder + first);
            if (begins) {
                Optional<ModuleValue> found = load(folder + path, name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The program's own folder, those that it adds, and those above it up to the root. */
    private Set<String> searchPath(String first) {
        Set<String> folders = new LinkedHashSet<>();
        folders.add(folder(machine.startPath()));
        folders.addAll(searched);
        if (!LIBRARIES.contains(first)) {
            String folder = folder(machine.startPath());
            while (!folder.isEmpty()) {
                folder = folder(folder.substring(0, folder.length() - 1));
                folders.add(folder);
            }
        }
        return folders;
    }

    /** Where a program is started is not known: a file that is there in two of the folders is not read. */
    Optional<ModuleValue> byPath(String path) {
        String clean = path.startsWith("./") ? path.substring(2) : path;
        if (!clean.endsWith(".py") || clean.startsWith("/") || clean.contains("..")) {
            return Optional.empty();
        }
        List<String> there = searchPath("").stream()
                .map(folder -> folder + clean)
                .filter(file -> machine.repository().read(file).isPresent())
                .toList();
        String stem = there.size() == 1 ? there.get(0).substring(0, there.get(0).length() - 3) : "";
        return stem.isEmpty() ? Optional.empty() : load(stem, stem.substring(stem.lastIndexOf('/') + 1));
    }

    private boolean exists(String path) {
        Repository repository = machine.repository();
        return repository.read(path + ".py").isPresent() || repository.isFolder(path);
    }

    /** The folder of a file, empty or ending in a slash. */
    static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** A module or a package, executed if it was not yet. */
    private Optional<ModuleValue> load(String path, String name) {
        for (String file : List.of(path + "/__init__.py", path + ".py")) {
            String clean = file.startsWith("/") ? file.substring(1) : file;
            ModuleValue known = loaded.get(clean);
            if (known != null) {
                return Optional.of(known);
            }
            Optional<SourceText> source = machine.repository().read(clean);
            if (source.isPresent()) {
                return execute(clean, name, source.get());
            }
        }
        // A folder without __init__ is a package too.
        if (!path.isEmpty() && machine.repository().isFolder(path)) {
            return execute(path + "/__init__.py", name, new SourceText(path + "/", ""));
        }
        return Optional.empty();
    }

    private Optional<ModuleValue> execute(String path, String name, SourceText source) {
        if (loaded.size() >= machine.limits().modules()) {
            machine.note("more than " + machine.limits().modules() + " modules");
            return Optional.empty();
        }
        if (machine.isThirdOver()) {
            machine.note("the module " + name + " was not read: others took too many steps");
            return Optional.empty();
        }
        Scope scope = new Scope();
        ModuleValue module = new ModuleValue(name, scope, source);
        loaded.put(path, module);
        Frame frame = start(scope, source, path, name);
        Frame outer = machine.frame;
        var before = machine.current;
        machine.frame = frame;
        machine.enterImport();
        try {
            machine.executor.block(Python.parse(source).body());
        } catch (LimitReached e) {
            if (!machine.isOutermostImport()) {
                throw e;
            }
            machine.note("modules were read in part: they take more than a third of all steps");
        } finally {
            machine.leaveImport();
            machine.frame = outer;
            machine.current = before;
        }
        return Optional.of(module);
    }

    /** A frame for a module, with the names that every module has. */
    Frame start(Scope scope, SourceText source, String path, String name) {
        List<String> stars = new ArrayList<>();
        machine.modules.put(scope, new Machine.ModuleContext(path, source, stars));
        scope.bind("__name__", new Value.Text(name, Origin.NONE));
        scope.bind("__file__", new Value.Text("/" + path, Origin.NONE));
        scope.bind("__doc__", new Value.None(Origin.NONE));
        return new Frame(scope, source, path, stars, Optional.empty());
    }

    /** The modules that were read. */
    Map<String, ModuleValue> loaded() {
        return loaded;
    }
}

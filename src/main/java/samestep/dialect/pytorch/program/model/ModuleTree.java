package samestep.dialect.pytorch.program.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.program.table.ModuleTable;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Role;

/**
 * The parameters of a model that is in the program, in the order of {@code named_parameters()}: its own, then those of its
 * children. Source: torch/nn/modules/module.py. A parameter that two modules share is there once.
 */
public final class ModuleTree {
    private static final int DEEPEST = 40;
    private static final int MOST = 20_000;
    /** What a model keeps and has no parameters, though it comes from a library. */
    private static final List<String> NO_MODULES = List.of(
            "torch.device",
            "torch.tensor",
            "torch.zeros",
            "torch.ones",
            "torch.arange",
            "torch.linspace",
            "torch.rand",
            "torch.nn.functional.",
            "torch.cuda.",
            "numpy.",
            "math.",
            "logging.",
            "os.",
            "collections.");

    private final Value model;
    private final Parts parts;
    private final Set<Object> ids = new HashSet<>();
    private final List<ModelParameter> parameters = new ArrayList<>();
    private final Map<Object, Boolean> seen = new IdentityHashMap<>();

    private ModuleTree(Value model, Parts parts) {
        this.model = model;
        this.parts = parts;
    }

    /**
     * All parameters of a model.
     *
     * @param parts what the program added to modules, or set on them
     * @return empty where a part of it is not known
     */
    public static Optional<List<ModelParameter>> of(Value model, Parts parts) {
        ModuleTree tree = new ModuleTree(model, parts);
        boolean isKnown = tree.module(model, "", 0);
        return isKnown ? Optional.of(List.copyOf(tree.parameters)) : Optional.empty();
    }

    /** Whether it is an instance of a class of the program that is a module. */
    public static boolean isModule(Value value) {
        return value instanceof Instance instance
                && instance.type().libraryBases().stream()
                        .anyMatch(base ->
                                base.name().endsWith("Module") || base.name().endsWith("Sequential"));
    }

    private boolean module(Value value, String prefix, int depth) {
        if (depth > DEEPEST || parameters.size() > MOST) {
            return false;
        }
        if (value instanceof Instance instance) {
            return seen.put(instance, true) != null || instance(instance, prefix, depth);
        }
        return value instanceof Value.Made made
                && (seen.put(made.call(), true) != null || made(made.call(), prefix, depth));
    }

    private boolean made(RecordedCall call, String prefix, int depth) {
        Map<String, Value> set = parts.of(new Value.Made(call));
        Optional<Map<String, Value>> children = children(call);
        if (children.isPresent()) {
            Map<String, Value> all = new LinkedHashMap<>(children.get());
            all.putAll(set);
            return children(all, prefix, depth);
        }
        Optional<List<ModuleTable.Own>> own = ModuleTable.parameters(call);
        return own.isPresent()
                && own.get().stream()
                        .allMatch(p -> set.containsKey(p.name())
                                ? set(set.get(p.name()), p, prefix)
                                : add(
                                        List.of(call, p.name()),
                                        prefix + p.name(),
                                        p.role(),
                                        Optional.of(p.dimensions())));
    }

    /** A layer's parameter that the program set: to another one that both share then, a new one, or none. */
    private boolean set(Value value, ModuleTable.Own own, String prefix) {
        Optional<ModelParameter> shared = parts.parameter(value);
        if (shared.isPresent()) {
            return add(
                    shared.get().id(),
                    prefix + own.name(),
                    own.role(),
                    shared.get().dimensions());
        }
        if (value instanceof Value.Made made && isParameter(made.call())) {
            return add(made.call(), prefix + own.name(), own.role(), Modules.dimensions(made.call()));
        }
        return value instanceof Value.None;
    }

    /** A parameter that two modules share is there once. */
    private boolean add(Object id, String path, Role role, Optional<Integer> dimensions) {
        if (ids.add(id)) {
            parameters.add(new ModelParameter(id, model, Optional.of(path), role, dimensions));
        }
        return true;
    }

    /** The children of a container by name; empty for what is not a container, or has elements that are not known. */
    public static Optional<Map<String, Value>> children(RecordedCall call) {
        String name = call.lastName();
        if (!ModuleTable.isModule(call)
                || !Set.of("Sequential", "ModuleList", "ModuleDict").contains(name)) {
            return Optional.empty();
        }
        boolean isSequential = name.equals("Sequential");
        Optional<Value> first = call.positional().stream().findFirst().map(RecordedCall.Argument::value);
        if (first.isPresent() && first.get() instanceof Mapping mapping && !call.isOpen()) {
            return mapping.rest().isPresent() ? Optional.empty() : Optional.of(named(mapping));
        }
        if (isSequential) {
            return call.isOpen()
                    ? Optional.empty()
                    : Optional.of(numbered(call.positional().stream()
                            .map(RecordedCall.Argument::value)
                            .toList()));
        }
        if (first.isEmpty() && !call.isOpen()) {
            return Optional.of(Map.of());
        }
        return first.isPresent() && first.get() instanceof Sequence list && list.isComplete()
                ? Optional.of(numbered(list.elements()))
                : Optional.empty();
    }

    private static Map<String, Value> named(Mapping mapping) {
        Map<String, Value> named = new LinkedHashMap<>();
        mapping.entries().forEach(e -> named.put(e.key() instanceof Value.Text text ? text.value() : "?", e.value()));
        return named;
    }

    private static Map<String, Value> numbered(List<Value> values) {
        Map<String, Value> numbered = new LinkedHashMap<>();
        for (Value value : values) {
            numbered.put(Integer.toString(numbered.size()), value);
        }
        return numbered;
    }

    private boolean instance(Instance instance, String prefix, int depth) {
        if (!isModule(instance) || instance.type().hasUnknownBases()) {
            return false;
        }
        Map<String, Value> all = new LinkedHashMap<>(instance.attributes());
        all.putAll(parts.of(instance));
        return children(all, prefix, depth);
    }

    private boolean children(Map<String, Value> attributes, String prefix, int depth) {
        Optional<Map<String, Value>> modules = modules(attributes, parts);
        if (modules.isEmpty()) {
            return false;
        }
        attributes.forEach((name, value) -> {
            Optional<ModelParameter> shared = parts.parameter(value);
            if (shared.isPresent()) {
                add(
                        shared.get().id(),
                        prefix + name,
                        shared.get().role(),
                        shared.get().dimensions());
            } else if (value instanceof Value.Made made && isParameter(made.call())) {
                add(made.call(), prefix + name, Role.OTHER, Modules.dimensions(made.call()));
            }
        });
        return modules.get().entrySet().stream()
                .allMatch(child -> module(child.getValue(), prefix + child.getKey() + ".", depth + 1));
    }

    /** The modules among the attributes of one; empty where it is not known which they are. */
    public static Optional<Map<String, Value>> modules(Map<String, Value> attributes, Parts parts) {
        Map<String, Value> modules = new LinkedHashMap<>();
        for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
            Value value = attribute.getValue();
            boolean isParameter =
                    parts.parameter(value).isPresent() || value instanceof Value.Made made && isParameter(made.call());
            if (isParameter) {
                continue;
            }
            if (isModule(value) || value instanceof Value.Made made && ModuleTable.isModule(made.call())) {
                modules.put(attribute.getKey(), value);
            } else if (mayBeModule(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(modules);
    }

    private static boolean isParameter(RecordedCall call) {
        return call.name().equals("torch.nn.Parameter") || call.name().equals("torch.nn.parameter.Parameter");
    }

    /** Whether a value that is not known could have parameters of its own. */
    private static boolean mayBeModule(Value value) {
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream()
                    .anyMatch(a -> mayBeModule(a.value())
                            || isModule(a.value())
                            || a.value() instanceof Value.Made made && ModuleTable.isModule(made.call()));
        }
        if (value instanceof Value.Made made) {
            return NO_MODULES.stream().noneMatch(name -> made.call().name().startsWith(name));
        }
        return value instanceof Value.Unknown
                || value instanceof Value.Element
                || value instanceof Value.Each
                || value instanceof Value.Member member && !(member.owner() instanceof Value.Library);
    }
}

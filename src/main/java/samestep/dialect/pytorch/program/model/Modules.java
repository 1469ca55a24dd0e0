package samestep.dialect.pytorch.program.model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.program.table.ModuleTable;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The modules that a model of the program has, and what they are instances of. Source: torch/nn/modules/module.py. */
public final class Modules {
    private static final int DEEPEST = 40;
    private static final int MOST = 20_000;
    private static final String PACKAGE = "torch.nn.";
    private static final Set<String> TENSORS = Set.of(
            "torch.zeros",
            "torch.ones",
            "torch.empty",
            "torch.rand",
            "torch.randn",
            "torch.Tensor",
            "torch.FloatTensor");

    private final Parts parts;
    private final List<Named> found = new ArrayList<>();
    private final Map<Object, Boolean> seen = new IdentityHashMap<>();

    private record Named(String name, Value module) {}

    private Modules(Parts parts) {
        this.parts = parts;
    }

    /**
     * What a loop over a container, or over a call such as {@code named_modules()}, goes through; empty where it is neither, or not
     * all are known.
     */
    public static Optional<List<Value>> elements(RecordedCall call, Parts parts) {
        Value itself = new Value.Made(call);
        if (ModuleTable.isModule(call)) {
            boolean isDict = call.lastName().equals("ModuleDict");
            return children(itself, parts)
                    .filter(all -> ModuleTree.children(call).isPresent())
                    .map(all -> isDict ? texts(all) : List.copyOf(all.values()));
        }
        if (!(call.callee() instanceof Value.Member method)
                || !call.positional().isEmpty()) {
            return Optional.empty();
        }
        return switch (method.name()) {
            case "modules", "named_modules" -> new Modules(parts).all(method);
            case "children", "named_children", "values", "items", "keys" -> own(method, parts);
            default -> Optional.empty();
        };
    }

    private Optional<List<Value>> all(Value.Member method) {
        boolean isNamed = method.name().equals("named_modules");
        return add(method.owner(), "", 0)
                ? Optional.of(found.stream()
                        .map(m -> isNamed ? pair(m.name, m.module) : m.module)
                        .toList())
                : Optional.empty();
    }

    private boolean add(Value module, String name, int depth) {
        Object identity = module instanceof Value.Made made ? made.call() : module;
        if (depth > DEEPEST || found.size() > MOST) {
            return false;
        }
        if (seen.put(identity, true) != null) {
            return true;
        }
        found.add(new Named(name, module));
        return children(module, parts)
                .filter(children -> children.entrySet().stream()
                        .allMatch(child -> add(
                                child.getValue(),
                                name.isEmpty() ? child.getKey() : name + "." + child.getKey(),
                                depth + 1)))
                .isPresent();
    }

    private static Optional<List<Value>> own(Value.Member method, Parts parts) {
        boolean isOfDict = method.owner() instanceof Value.Made made
                && made.call().lastName().equals("ModuleDict");
        boolean isAny = method.name().endsWith("children");
        if (!isAny && !isOfDict) {
            return Optional.empty();
        }
        return children(method.owner(), parts).map(all -> switch (method.name()) {
            case "children", "values" -> distinct(all);
            case "keys" -> texts(all);
            default ->
                all.entrySet().stream().map(e -> pair(e.getKey(), e.getValue())).toList();
        });
    }

    private static List<Value> distinct(Map<String, Value> all) {
        return all.values().stream().distinct().toList();
    }

    private static List<Value> texts(Map<String, Value> all) {
        return all.keySet().stream()
                .<Value>map(name -> new Value.Text(name, Origin.NONE))
                .toList();
    }

    private static Value pair(String name, Value module) {
        return Sequence.tuple(new Value.Text(name, Origin.NONE), module);
    }

    /** The modules directly in one; empty where they are not known. */
    private static Optional<Map<String, Value>> children(Value module, Parts parts) {
        Map<String, Value> all = new LinkedHashMap<>();
        if (module instanceof Instance instance) {
            if (!ModuleTree.isModule(instance) || instance.type().hasUnknownBases()) {
                return Optional.empty();
            }
            all.putAll(instance.attributes());
        } else if (module instanceof Value.Made made && ModuleTable.isModule(made.call())) {
            Optional<Map<String, Value>> own = ModuleTree.children(made.call());
            if (own.isEmpty()) {
                return ModuleTable.parameters(made.call()).map(layer -> Map.of());
            }
            all.putAll(own.get());
        } else {
            return Optional.empty();
        }
        all.putAll(parts.of(module));
        return ModuleTree.modules(all, parts);
    }

    /** A module by its name in another one; or all of them, as {@code _modules}. */
    public static Optional<Value> attribute(Value owner, String name, Parts parts) {
        boolean isContainer = owner instanceof Value.Made made
                && ModuleTree.children(made.call()).isPresent();
        if (name.equals("_modules")) {
            return children(owner, parts).map(Modules::dict);
        }
        return isContainer
                ? children(owner, parts).flatMap(all -> Optional.ofNullable(all.get(name)))
                : Optional.empty();
    }

    private static Value dict(Map<String, Value> all) {
        Mapping dict = new Mapping(Mapping.DICT, Optional.empty());
        all.forEach(dict::put);
        return dict;
    }

    /** An element of a container by its key. */
    public static Optional<Value> item(Value owner, Value index, Parts parts) {
        return index instanceof Value.Text key && owner instanceof Value.Made made && ModuleTable.isModule(made.call())
                ? attribute(owner, key.value(), parts)
                : Optional.empty();
    }

    /** Whether a module is an instance of a class, or of one of several; empty where that is not known. */
    public static Optional<Boolean> isInstance(Value value, Value types) {
        List<Value> all =
                types instanceof Sequence sequence && sequence.isComplete() ? sequence.elements() : List.of(types);
        boolean isKnown = true;
        for (Value type : all) {
            Optional<Boolean> is = isA(value, type);
            if (is.orElse(false)) {
                return is;
            }
            isKnown &= is.isPresent();
        }
        return isKnown ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Boolean> isA(Value value, Value type) {
        if (value instanceof Value.Made made) {
            return ModuleTable.kinds(made.call().name()).flatMap(kinds -> isOf(kinds, type));
        }
        if (!(value instanceof Instance instance)
                || instance.type().hasUnknownBases()
                || instance.type().libraryBases().isEmpty()) {
            return Optional.empty();
        }
        boolean isKnown = true;
        for (Value.Library base : instance.type().libraryBases()) {
            Optional<Boolean> is = ModuleTable.kinds(base.name()).flatMap(kinds -> isOf(kinds, type));
            if (is.orElse(false)) {
                return is;
            }
            isKnown &= is.isPresent();
        }
        return isKnown ? Optional.of(instance.type().isA(type)) : Optional.empty();
    }

    private static Optional<Boolean> isOf(Set<String> kinds, Value type) {
        if (type instanceof samestep.program.value.ClassValue) {
            return Optional.of(false);
        }
        return type instanceof Value.Library library && library.name().startsWith(PACKAGE)
                ? Optional.of(
                        kinds.contains(library.name().substring(library.name().lastIndexOf('.') + 1)))
                : Optional.empty();
    }

    /** How many dimensions a new parameter has, where the tensor says it: {@code nn.Parameter(torch.ones(width))}. */
    public static Optional<Integer> dimensions(RecordedCall parameter) {
        Optional<RecordedCall> tensor = parameter
                .argument("data", 0)
                .map(RecordedCall.Argument::value)
                .filter(Value.Made.class::isInstance)
                .map(value -> ((Value.Made) value).call())
                .filter(call -> TENSORS.contains(call.name()) && !call.isOpen());
        return tensor.flatMap(call -> {
            List<Value> sizes =
                    call.positional().stream().map(RecordedCall.Argument::value).toList();
            if (sizes.size() == 1 && sizes.get(0) instanceof Sequence shape) {
                return shape.isComplete() ? Optional.of(shape.elements().size()) : Optional.empty();
            }
            boolean areNumbers =
                    !sizes.isEmpty() && (sizes.size() > 1 || sizes.stream().allMatch(Value.Number.class::isInstance));
            return areNumbers ? Optional.of(sizes.size()) : Optional.empty();
        });
    }
}

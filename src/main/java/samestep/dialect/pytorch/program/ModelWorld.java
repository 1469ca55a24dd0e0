package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.dialect.pytorch.program.model.ModuleTree;
import samestep.dialect.pytorch.program.model.Modules;
import samestep.dialect.pytorch.program.model.Parts;
import samestep.dialect.pytorch.program.table.ModuleTable;
import samestep.dialect.pytorch.program.table.NameTests;
import samestep.dialect.pytorch.program.table.Prepared;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.finding.Place;
import samestep.program.KnownTexts;
import samestep.program.Trace;
import samestep.program.World;
import samestep.program.value.Circumstances;
import samestep.program.value.Instance;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Role;

/**
 * What PyTorch knows of its objects while a program is followed. The parameters of a model that is in the program have their
 * names; in any other model, one parameter represents each role, and its name is used as far as PyTorch's names agree.
 */
final class ModelWorld implements World {
    private static final String NAME = "<name>";
    /** More than any model has parameters: how many were taken is not known. */
    private static final int UNCOUNTED = 1_000_000;

    private static final Set<String> SAME_MODEL = Set.of(
            "to",
            "cuda",
            "cpu",
            "float",
            "half",
            "double",
            "bfloat16",
            "train",
            "eval",
            "type",
            "requires_grad_",
            "apply");
    private static final Set<String> WRAPPERS = Set.of(
            "torch.nn.DataParallel",
            "torch.nn.parallel.DataParallel",
            "torch.nn.parallel.DistributedDataParallel",
            "apex.parallel.DistributedDataParallel",
            "torch.compile",
            "torch.jit.script");

    private final Place place;
    private final Parts parts;
    private final GroupWorld groups;
    private final Map<Object, Known> models = new HashMap<>();
    private final Set<String> assumed = new LinkedHashSet<>();
    private final Map<RecordedCall, Integer> taken = new IdentityHashMap<>();
    private final KnownTexts ours = new KnownTexts(PythonDefinitions::named);

    /**
     * The parameters of a model.
     *
     * @param version of the parts when they were found
     */
    private record Known(List<ModelParameter> parameters, int version) {}

    /**
     * @param place the program's start, where its parameters are said to be
     */
    ModelWorld(Place place) {
        this.place = place;
        this.parts = new Parts(place);
        this.groups = new GroupWorld(this, place);
    }

    /** Words that were taken for a part of the names of all normalisations of a model that is not in the program. */
    Set<String> assumed() {
        return assumed;
    }

    /** The parameter that a value of the program is; empty where it is not one. */
    Optional<ModelParameter> parameter(Value value) {
        return parts.parameter(value);
    }

    /** The parameters that a call of {@code parameters()} or {@code named_parameters()} gives; empty of another call. */
    Optional<List<ModelParameter>> parametersOf(Value value) {
        return value instanceof Value.Made made && isParameters(made.call())
                ? made.call().owner().map(this::ofModel).flatMap(all -> left(made.call(), all))
                : Optional.empty();
    }

    /** What an iterator over parameters still gives. */
    private Optional<List<ModelParameter>> left(RecordedCall call, List<ModelParameter> all) {
        int gone = taken.getOrDefault(call, 0);
        boolean isKnown = gone <= all.size() && all.stream().noneMatch(ModelParameter::isStandIn);
        return gone == 0 ? Optional.of(all) : isKnown ? Optional.of(all.subList(gone, all.size())) : Optional.empty();
    }

    @Override
    public void advanced(Value iterator, Circumstances when) {
        if (iterator instanceof Value.Made made && isParameters(made.call())) {
            boolean isSure = !when.isConditional() && !when.isRepeated();
            taken.merge(made.call(), isSure ? 1 : UNCOUNTED, Integer::sum);
        }
    }

    private static boolean isParameters(RecordedCall call) {
        return call.callee() instanceof Value.Member member
                && (member.name().equals("parameters") || member.name().equals("named_parameters"));
    }

    /** Whether parameters of this model were asked for. */
    boolean isModel(Value value) {
        boolean isObject = value instanceof Instance || value.isSymbolic() && !(value instanceof Value.Computed);
        return isObject && models.containsKey(samestep.program.value.Keys.of(value));
    }

    /** Whether a library's module is in the program with its parameters. */
    boolean isLayer(Value value) {
        return value instanceof Value.Made made && ModuleTable.isModule(made.call());
    }

    /** The value that stands for a parameter in the program. */
    Value value(ModelParameter parameter) {
        return parts.value(parameter);
    }

    /** What a group of an optimizer was made with: its own entry, or the optimizer's argument. */
    Optional<Value> number(RecordedCall optimizer, int group, String name) {
        return groups.number(optimizer, group, name);
    }

    /** All parameters of a model. */
    List<ModelParameter> ofModel(Value model) {
        Object key = samestep.program.value.Keys.of(model);
        Known known = models.get(key);
        if (known == null || known.version != parts.version()) {
            known = new Known(ModuleTree.of(model, parts).orElseGet(() -> standIns(model)), parts.version());
            models.put(key, known);
        }
        return known.parameters;
    }

    private static List<ModelParameter> standIns(Value model) {
        List<ModelParameter> all = new ArrayList<>();
        for (Role role : samestep.dialect.pytorch.object.ParameterNames.USUAL_ROLES) {
            Optional<Integer> dimensions = role == Role.KERNEL ? Optional.empty() : Optional.of(1);
            all.add(new ModelParameter(
                    List.of(samestep.program.value.Keys.of(model), role), model, Optional.empty(), role, dimensions));
        }
        return all;
    }

    private Value name(ModelParameter parameter, Value value) {
        return parameter
                .path()
                .<Value>map(path -> new Value.Text(path, Origin.NONE))
                .orElseGet(() -> new Value.Member(value, NAME, place));
    }

    @Override
    public Optional<List<Value>> elements(Value iterable) {
        if (!(iterable instanceof Value.Made made)) {
            return groups.elements(iterable);
        }
        Optional<List<ModelParameter>> own = parametersOf(iterable);
        if (own.isEmpty()) {
            return Modules.elements(made.call(), parts);
        }
        boolean isNamed = made.call().name().endsWith("named_parameters");
        List<Value> values = new ArrayList<>();
        for (ModelParameter parameter : own.get()) {
            Value value = parts.value(parameter);
            values.add(isNamed ? Sequence.tuple(name(parameter, value), value) : value);
        }
        return Optional.of(values);
    }

    @Override
    public Optional<Value> attribute(Value owner, String name) {
        if (ModuleTree.isModule(owner)) {
            return name.equals("module") ? Optional.of(owner) : Modules.attribute(owner, name, parts);
        }
        if (name.equals("sync_gradients") && Prepared.isAccelerator(owner)) {
            // Its methods are asked for gradients that are complete: those of an update.
            return Optional.of(new Value.Bool(true, Origin.NONE));
        }
        if (owner instanceof Value.Made made && ModuleTable.isModule(made.call())) {
            return ofModel(owner).stream()
                    .filter(p -> p.path().equals(Optional.of(name)))
                    .findFirst()
                    .map(parts::value)
                    .or(() -> Modules.attribute(owner, name, parts));
        }
        return parameter(owner).flatMap(parameter -> switch (name) {
            case "requires_grad" -> Optional.of(new Value.Bool(!parameter.isStill(), Origin.NONE));
            case "data" -> Optional.of(owner);
            case "ndim" -> parameter.dimensions().map(n -> Value.Number.of(n, Origin.NONE));
            case "shape" -> parameter.dimensions().map(this::shape);
            default -> Optional.<Value>empty();
        });
    }

    private Value shape(int dimensions) {
        List<Value> sizes = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            sizes.add(new Value.Unknown("the size of a parameter", Optional.of(place)));
        }
        return new Sequence(Sequence.Kind.TUPLE, sizes, Optional.empty());
    }

    @Override
    public Optional<Value> result(RecordedCall call, Calls calls) {
        groups.called(call);
        Prepared.launched(call).ifPresent(launched -> calls.call(launched.function(), launched.arguments()));
        return TimmWorld.result(call, calls, this).or(() -> result(call));
    }

    @Override
    public Optional<Value> result(RecordedCall call) {
        if (WRAPPERS.contains(call.name())) {
            return call.positional().stream().findFirst().map(RecordedCall.Argument::value);
        }
        Optional<Value> prepared = Prepared.result(call);
        if (prepared.isPresent()) {
            return prepared;
        }
        if (!(call.callee() instanceof Value.Member member)) {
            return Optional.empty();
        }
        Value owner = member.owner();
        if (ModuleTree.isModule(owner) || owner instanceof Value.Made made && ModuleTable.isModule(made.call())) {
            return ofModule(call, owner, member.name());
        }
        Optional<ModelParameter> parameter = parameter(owner);
        if (parameter.isPresent()) {
            return switch (member.name()) {
                case "dim", "ndimension" -> parameter.get().dimensions().map(n -> Value.Number.of(n, Origin.NONE));
                case "size" ->
                    call.positional().isEmpty() ? parameter.get().dimensions().map(this::shape) : Optional.empty();
                default -> Optional.empty();
            };
        }
        return nameOf(owner).flatMap(role -> ofName(call, role, member));
    }

    /** Our own text, where its names are those of the libraries and of Python. */
    @Override
    public Optional<Value> definition(String text, Function<String, Optional<Value>> names) {
        return ours.definition(text, names);
    }

    /** A library that our definitions use, and whose name the program binds to something else after them. */
    Optional<String> rebound(Trace trace) {
        return ours.rebound(trace);
    }

    @Override
    public Optional<Value> item(Value owner, Value index) {
        return Modules.item(owner, index, parts).or(() -> groups.item(owner, index));
    }

    @Override
    public void set(Value owner, String name, Value value, Circumstances when) {
        if (owner instanceof Instance) {
            parts.changed();
        } else if (isLayer(owner)) {
            parts.add(owner, name, value, when);
        }
    }

    private Optional<Value> ofModule(RecordedCall call, Value owner, String method) {
        if (method.equals("append") && owner instanceof Value.Made made) {
            int index = ModuleTree.children(made.call()).map(Map::size).orElse(0)
                    + parts.of(owner).size();
            boolean isSure =
                    !call.circumstances().isRepeated() && !call.positional().isEmpty();
            parts.add(
                    owner,
                    Integer.toString(index),
                    isSure ? call.positional().get(0).value() : added(call),
                    call.circumstances());
            return Optional.empty();
        }
        if (method.equals("add_module") || method.equals("register_parameter") || method.equals("append")) {
            Optional<Value> first = call.argument("name", 0).map(RecordedCall.Argument::value);
            boolean isNamed = first.isPresent()
                    && first.get() instanceof Value.Text
                    && call.positional().size() > 1;
            String name = isNamed
                    ? ((Value.Text) first.get()).value()
                    : "?" + parts.of(owner).size();
            Value child = isNamed ? call.positional().get(1).value() : added(call);
            parts.add(owner, name, child, call.circumstances());
            return Optional.empty();
        }
        return SAME_MODEL.contains(method) ? Optional.of(owner) : Optional.empty();
    }

    private static Value added(RecordedCall call) {
        return new Value.Unknown("a module that is added", Optional.of(call.place()));
    }

    private Optional<Role> nameOf(Value value) {
        return named(value).map(ModelParameter::role);
    }

    /** The parameter of which a value is the name. */
    Optional<ModelParameter> named(Value value) {
        return value instanceof Value.Member member && member.name().equals(NAME)
                ? parameter(member.owner())
                : Optional.empty();
    }

    private static Optional<Value> ofName(RecordedCall call, Role role, Value.Member method) {
        Optional<Value> first = call.positional().stream().findFirst().map(RecordedCall.Argument::value);
        if (method.name().equals("lower")) {
            return Optional.of(method.owner());
        }
        if (!method.name().equals("endswith") || first.isEmpty()) {
            return Optional.empty();
        }
        List<Value> endings = first.get() instanceof Sequence sequence ? sequence.elements() : List.of(first.get());
        return any(endings.stream()
                        .map(e -> e instanceof Value.Text text
                                ? NameTests.endsWith(role, text.value())
                                : Optional.<Boolean>empty())
                        .toList())
                .map(holds -> new Value.Bool(holds, Origin.NONE));
    }

    private static Optional<Boolean> any(List<Optional<Boolean>> parts) {
        if (parts.stream().anyMatch(p -> p.orElse(false))) {
            return Optional.of(true);
        }
        return parts.stream().allMatch(Optional::isPresent) ? Optional.of(false) : Optional.empty();
    }

    @Override
    public Optional<Boolean> truth(Value condition) {
        if (condition instanceof Value.Bool bool) {
            return Optional.of(bool.value());
        }
        if (!(condition instanceof Value.Computed computed)) {
            return Optional.empty();
        }
        List<Value> operands = computed.operands();
        return switch (computed.operator()) {
            case "not" -> truth(operands.get(0)).map(b -> !b);
            case "or" -> any(operands.stream().map(this::truth).toList());
            case "and" ->
                any(operands.stream().map(o -> truth(o).map(b -> !b)).toList()).map(b -> !b);
            case "any" ->
                elementsOf(computed)
                        .flatMap(all -> any(all.stream().map(this::truth).toList()));
            case "all" ->
                elementsOf(computed)
                        .flatMap(all -> any(all.stream()
                                        .map(o -> truth(o).map(b -> !b))
                                        .toList())
                                .map(b -> !b));
            case "in" -> isIn(operands.get(0), operands.get(1));
            case "not in" -> isIn(operands.get(0), operands.get(1)).map(b -> !b);
            case "isinstance" -> Modules.isInstance(operands.get(0), operands.get(1));
            default -> compared(computed);
        };
    }

    private static Optional<List<Value>> elementsOf(Value.Computed computed) {
        return computed.operands().size() == 1
                        && computed.operands().get(0) instanceof Sequence sequence
                        && sequence.isComplete()
                ? Optional.of(sequence.elements())
                : Optional.empty();
    }

    /** A text in a name; or a whole name in a list, of which no element is a whole name. */
    private Optional<Boolean> isIn(Value part, Value whole) {
        Optional<Role> role = nameOf(whole);
        if (role.isPresent() && part instanceof Value.Text text) {
            Optional<Boolean> has = NameTests.has(role.get(), text.value());
            if (has.isPresent() && NameTests.isAssumed(text.value())) {
                assumed.add(text.value());
            }
            return has;
        }
        boolean isWords = nameOf(part).isPresent()
                && whole instanceof Sequence sequence
                && sequence.isComplete()
                && sequence.elements().stream().allMatch(e -> e instanceof Value.Text t && isNoName(t.value()));
        return isWords ? Optional.of(false) : Optional.empty();
    }

    /** A word that is a part of names, such as {@code bias}, and no name of a parameter of a layer. */
    private static boolean isNoName(String word) {
        return word.indexOf('.') < 0
                || word.startsWith(".")
                || word.toLowerCase(java.util.Locale.ROOT).startsWith("layernorm.");
    }

    /** A comparison of a parameter's dimensions with a number. */
    private Optional<Boolean> compared(Value.Computed computed) {
        if (computed.operands().size() != 2
                || !(computed.operands().get(1) instanceof Value.Number number)
                || number.small().isEmpty()) {
            return Optional.empty();
        }
        Optional<ModelParameter> parameter = counted(computed.operands().get(0));
        int n = number.small().get();
        return parameter.flatMap(p -> switch (computed.operator()) {
            case "<=" -> p.hasAtMost(n);
            case "<" -> p.hasAtMost(n - 1);
            case ">" -> p.hasAtMost(n).map(b -> !b);
            case ">=" -> p.hasAtMost(n - 1).map(b -> !b);
            case "==" -> p.hasAtMost(n).filter(b -> !b);
            case "!=" -> p.hasAtMost(n).filter(b -> !b).map(b -> !b);
            default -> Optional.<Boolean>empty();
        });
    }

    /** The parameter whose dimensions a value counts: {@code p.ndim}, {@code p.dim()}, {@code len(p.shape)}. */
    private Optional<ModelParameter> counted(Value value) {
        if (value instanceof Value.Member member && member.name().equals("ndim")) {
            return parameter(member.owner());
        }
        if (value instanceof Value.Made made && made.call().callee() instanceof Value.Member member) {
            return member.name().startsWith("dim") || member.name().equals("ndimension")
                    ? parameter(member.owner())
                    : Optional.empty();
        }
        boolean isLength = value instanceof Value.Computed c
                && c.operator().equals("len")
                && c.operands().size() == 1;
        if (!isLength) {
            return Optional.empty();
        }
        Value inner = ((Value.Computed) value).operands().get(0);
        if (inner instanceof Value.Made made && made.call().callee() instanceof Value.Member member) {
            return member.name().equals("size") ? parameter(member.owner()) : Optional.empty();
        }
        return inner instanceof Value.Member member && member.name().equals("shape")
                ? parameter(member.owner())
                : Optional.empty();
    }

    /** Whether a model is in the program with all its parameters. */
    boolean isKnown(Value model) {
        return model instanceof Instance && ofModel(model).stream().noneMatch(ModelParameter::isStandIn);
    }
}

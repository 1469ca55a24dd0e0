package samestep.program.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.Repository;
import samestep.program.World;
import samestep.program.library.Arithmetic;
import samestep.program.library.Builtins;
import samestep.program.library.Comparing;
import samestep.program.library.Host;
import samestep.program.library.Strangers;
import samestep.program.value.Arguments;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.ClassValue;
import samestep.program.value.Event;
import samestep.program.value.Instance;
import samestep.program.value.ModuleValue;
import samestep.program.value.Mutable;
import samestep.program.value.ObjectStore;
import samestep.program.value.RecordedCall;
import samestep.program.value.Scope;
import samestep.program.value.Value;

/** The state of one interpretation, and its parts. */
final class Machine implements Host {
    private static final int TIME_EVERY = 64;
    private static final int ENTRIES_OF_A_STEP = 4;

    final World world;
    final Journal journal = new Journal();
    final ObjectStore symbols = new ObjectStore();
    final Arithmetic arithmetic = new Arithmetic(this);
    final Comparing comparing = new Comparing(this);
    final Builtins builtins = new Builtins(this);
    final Evaluator evaluator = new Evaluator(this);
    final Executor executor = new Executor(this);
    final Caller caller = new Caller(this);
    final Attributes attributes = new Attributes(this);
    final Iterating iterating = new Iterating(this);
    final Importer importer;
    /** By a module's scope: its file and what else belongs to it. */
    final Map<Scope, ModuleContext> modules = new IdentityHashMap<>();
    /** One instance for each class of which there is one. */
    final Map<ClassValue, Instance> instances = new LinkedHashMap<>();
    /** The bodies of the functions that were called. */
    final Set<Object> called = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

    private final Repository repository;
    private final Limits limits;
    private final List<Event> events = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean isCutOff;
    private final Map<String, Integer> calls = new HashMap<>();
    private final String startPath;
    private long deadline;
    private int steps;
    private int mostSteps;
    private int sinceClock;
    private int stepsOutside;
    private int imports;
    /** The body of a function that the program does not call and that is to be called next. */
    Optional<Object> assumed = Optional.empty();

    /** The call that is a statement of its own and is being made: nothing is done with its result. */
    Optional<Place> forEffect = Optional.empty();

    Circumstances current = Circumstances.NONE;
    Frame frame;

    /** What belongs to a module besides its names. */
    record ModuleContext(String path, samestep.text.SourceText source, List<String> stars) {}

    Machine(Repository repository, World world, Limits limits, String startPath) {
        this.startPath = startPath;
        this.repository = repository;
        this.world = world;
        this.limits = limits;
        Scope nowhere = new Scope();
        this.frame = new Frame(
                nowhere, new samestep.text.SourceText(startPath, ""), startPath, new ArrayList<>(), Optional.empty());
        this.importer = new Importer(this);
        restartClock();
    }

    /** Gives it its time again, for a further question. */
    void restartClock() {
        deadline = System.nanoTime() + limits.seconds() * 1_000_000_000;
        steps = 0;
        mostSteps = limits.steps();
    }

    /** Leaves a third of the steps for what comes later, or not. */
    void keepSteps(boolean keep) {
        mostSteps = keep ? limits.steps() / 3 * 2 : limits.steps();
    }

    /** Imported modules have a third of the steps, so that the program's own file has its share. */
    void enterImport() {
        if (imports++ == 0) {
            stepsOutside = mostSteps;
            mostSteps = Math.min(mostSteps, Math.max(steps, limits.steps() / 3));
        }
    }

    boolean isOutermostImport() {
        return imports == 1;
    }

    void leaveImport() {
        if (--imports == 0) {
            mostSteps = stepsOutside;
        }
    }

    /** Whether a third of its steps is gone: what is left is for the program's own file. */
    boolean isThirdOver() {
        return steps > limits.steps() / 3;
    }

    /** Whether a sixth of its steps is gone, which few programs need: what branches from here on is followed less far. */
    boolean isSixthOver() {
        return steps > limits.steps() / 6;
    }

    /** Whether a function is called only because the program does not call it. */
    boolean isAssumed(samestep.program.value.FunctionValue function) {
        return assumed.filter(body -> body == function.body()).isPresent();
    }

    Map<String, Integer> activeCalls() {
        return calls;
    }

    void note(String text) {
        notes.add(text);
    }

    /** Notes where the program was left: what comes after it was not followed. */
    void cutOff(String text) {
        isCutOff = true;
        notes.add(text);
    }

    boolean isCutOff() {
        return isCutOff;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void step() {
        if (++steps > mostSteps) {
            throw new LimitReached(mostSteps + " steps");
        }
        if (++sinceClock % TIME_EVERY == 0 && System.nanoTime() > deadline) {
            throw new LimitReached(limits.seconds() + " seconds by the clock, at a place that depends on the machine");
        }
    }

    /** Counts the copying of so many entries as steps. */
    void spend(int entries) {
        steps += entries / ENTRIES_OF_A_STEP;
        step();
    }

    @Override
    public void advanced(Value iterator) {
        world.advanced(iterator, current);
    }

    @Override
    public Value call(Value callee, Arguments arguments, Place place) {
        return caller.call(callee, arguments, place);
    }

    @Override
    public Value record(Value callee, Arguments arguments, Place place) {
        List<RecordedCall.Argument> positional = arguments.positional().stream()
                .map(a -> new RecordedCall.Argument(Snapshots.of(a.value()), a.place()))
                .toList();
        Map<String, RecordedCall.Argument> keywords = new LinkedHashMap<>();
        arguments
                .keywords()
                .forEach(
                        (name, a) -> keywords.put(name, new RecordedCall.Argument(Snapshots.of(a.value()), a.place())));
        RecordedCall call = new RecordedCall(
                events.size(), callee, positional, keywords, arguments.open().isPresent(), place, current);
        add(call);
        if (Strangers.mayChange(call)) {
            Strangers.change(call, arguments, forEffect.filter(place::equals).isPresent(), this);
        }
        return world.result(call, (function, given) -> call(function, given, place))
                .orElseGet(() -> new Value.Made(call));
    }

    void add(Event event) {
        if (events.size() >= limits.events()) {
            throw new LimitReached(limits.events() + " calls of libraries");
        }
        events.add(event);
    }

    @Override
    public Value attribute(Value owner, String name, Place place) {
        return attributes.get(owner, name, place);
    }

    @Override
    public void setAttribute(Value owner, String name, Value value, Place place) {
        attributes.set(owner, name, value, place);
    }

    @Override
    public Optional<List<Value>> elements(Value iterable) {
        return iterating.elements(iterable);
    }

    @Override
    public Optional<Boolean> truth(Value value) {
        Optional<Boolean> truth = comparing.truth(value);
        return truth.or(() -> world.truth(value)).or(() -> current.decides(value));
    }

    @Override
    public void touch(Mutable changed) {
        touchInJoin(changed);
        if (changed.isGiven() && frame.last.isPresent()) {
            add(new Event.ContainerChanged(changed.identity(), frame.last.get(), current));
        }
    }

    /** The same where branches are joined: what they changed was recorded in them. */
    void touchInJoin(Mutable changed) {
        spend(journal.touch(changed));
    }

    @Override
    public Optional<Value> stored(Value owner, Object key) {
        return symbols.get(owner, key);
    }

    @Override
    public Optional<Value> item(Value owner, Value index) {
        return world.item(owner, index);
    }

    @Override
    public Map<String, Value> names(boolean ofModule) {
        return (ofModule ? frame.scope.module() : frame.scope).bindings();
    }

    @Override
    public void setGlobal(String name, Value value) {
        Scope module = frame.scope.module();
        touch(module);
        module.bind(name, value);
    }

    @Override
    public Circumstances circumstances() {
        return current;
    }

    /** The path of the program that was begun with. */
    String startPath() {
        return startPath;
    }

    @Override
    public List<Event> events() {
        return events;
    }

    @Override
    public Repository repository() {
        return repository;
    }

    @Override
    public String currentPath() {
        return frame.path;
    }

    @Override
    public Optional<ModuleValue> moduleOf(String path) {
        return importer.byPath(path);
    }

    @Override
    public void addSearchPath(String path) {
        importer.addSearchPath(path);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    /** Does something with each alternative, under its conditions. */
    void under(Value.OneOf oneOf, java.util.function.Consumer<Value> action) {
        Circumstances before = current;
        for (Value.Alternative alternative : oneOf.alternatives()) {
            for (Condition condition : alternative.conditions()) {
                current = current.when(condition);
            }
            action.accept(alternative.value());
            current = before;
        }
    }

    /** What two branches give, of which is not known which one is taken. */
    Flow fork(Condition condition, Supplier<Flow> then, Supplier<Flow> otherwise) {
        return new Fork(this, condition).run(then, otherwise);
    }

    /** The value of one of two expressions, of which is not known which one is taken. */
    Value either(Condition condition, Supplier<Value> then, Supplier<Value> otherwise) {
        Value[] values = new Value[2];
        new Fork(this, condition)
                .run(
                        () -> {
                            values[0] = then.get();
                            return Flow.NORMAL;
                        },
                        () -> {
                            values[1] = otherwise.get();
                            return Flow.NORMAL;
                        });
        return Mutable.join(values[0], values[1], condition);
    }
}

package samestep.program.value;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.program.value.Circumstances.Condition;

/** Names and what they are bound to: of a module, a class body, or one call of a function. */
public final class Scope implements Mutable {
    private final Optional<Scope> parent;
    private final Set<String> globals;
    private final Set<String> nonlocals;
    private final Scope module;
    private final CopiedMap<String, Value> bindings = new CopiedMap<>();

    /** A module's. */
    public Scope() {
        this.parent = Optional.empty();
        this.globals = Set.of();
        this.nonlocals = Set.of();
        this.module = this;
    }

    /** One inside of another. */
    public Scope(Scope parent, Set<String> globals, Set<String> nonlocals) {
        this.parent = Optional.of(parent);
        this.module = parent.module;
        this.globals = globals;
        this.nonlocals = nonlocals;
    }

    /** The scope around it. */
    public Optional<Scope> parent() {
        return parent;
    }

    /** The scope of its module. */
    public Scope module() {
        return module;
    }

    /** The scope in which an assignment binds a name here. */
    public Scope target(String name) {
        if (globals.contains(name)) {
            return module;
        }
        if (nonlocals.contains(name)) {
            Optional<Scope> outer = parent;
            while (outer.isPresent()) {
                if (outer.get().bindings.now().containsKey(name)) {
                    return outer.get();
                }
                outer = outer.get().parent;
            }
        }
        return this;
    }

    /** What a name is bound to in this scope itself. */
    public Optional<Value> own(String name) {
        return Optional.ofNullable(bindings.now().get(name));
    }

    /** What a name is bound to here or around. */
    public Optional<Value> find(String name) {
        Optional<Scope> scope = Optional.of(target(name));
        while (scope.isPresent()) {
            Value value = scope.get().bindings.now().get(name);
            if (value != null) {
                return Optional.of(value);
            }
            scope = scope.get().parent;
        }
        return Optional.empty();
    }

    /** All bindings of this scope. */
    public Map<String, Value> bindings() {
        return java.util.Collections.unmodifiableMap(bindings.now());
    }

    /** For the interpreter, which keeps a journal. */
    public void bind(String name, Value value) {
        bindings.own().put(name, value);
    }

    /** For the interpreter. */
    public void unbind(String name) {
        bindings.own().remove(name);
    }

    @Override
    public int extent() {
        return bindings.now().size();
    }

    @Override
    public Object save() {
        return bindings.save();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object saved) {
        bindings.exchange((Map<String, Value>) saved);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object exchange(Object saved) {
        return bindings.exchange((Map<String, Value>) saved);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void turn(Object before, Object after, Condition taken) {
        bindings.replace(Joins.turn((Map<String, Value>) before, (Map<String, Value>) after, taken));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void join(Object then, Object otherwise, Condition condition) {
        bindings.replace(Joins.join((Map<String, Value>) then, (Map<String, Value>) otherwise, condition));
    }
}

package samestep.program.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.program.value.Circumstances.Condition;

/** Attributes and elements that a program set on what is not of it. */
public final class ObjectStore implements Mutable {
    private Map<Object, Value> values = new LinkedHashMap<>();

    /** What was set last. */
    public Optional<Value> get(Value owner, Object name) {
        return Optional.ofNullable(values.get(key(owner, name)));
    }

    /** Sets it. */
    public void set(Value owner, Object name, Value value) {
        values.put(key(owner, name), value);
    }

    private static Object key(Value owner, Object name) {
        return List.of(Keys.of(owner), name);
    }

    @Override
    public int extent() {
        return values.size();
    }

    @Override
    public Object save() {
        return new LinkedHashMap<>(values);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object saved) {
        values = new LinkedHashMap<>((Map<Object, Value>) saved);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void turn(Object before, Object after, Condition taken) {
        values = Joins.turn((Map<Object, Value>) before, (Map<Object, Value>) after, taken);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void join(Object then, Object otherwise, Condition condition) {
        values = Joins.join((Map<Object, Value>) then, (Map<Object, Value>) otherwise, condition);
    }
}

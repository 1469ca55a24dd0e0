package samestep.program.value;

import java.util.Map;
import java.util.Optional;
import samestep.program.value.Circumstances.Condition;

/** Attributes and elements that a program set on what is not of it. */
public final class ObjectStore implements Mutable {
    private final CopiedMap<Key, Value> values = new CopiedMap<>();

    /** What was set last. */
    public Optional<Value> get(Value owner, Object name) {
        return Optional.ofNullable(values.now().get(key(owner, name)));
    }

    /** Sets it. */
    public void set(Value owner, Object name, Value value) {
        values.own().put(key(owner, name), value);
    }

    /** Its hash is that of a whole path of values: it is taken once, and the store is copied often. */
    private static final class Key {
        private final Object owner;
        private final Object name;
        private final int hash;

        Key(Object owner, Object name) {
            this.owner = owner;
            this.name = name;
            this.hash = owner.hashCode() * 31 + name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other == this
                    || other instanceof Key key && key.hash == hash && key.name.equals(name) && key.owner.equals(owner);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static Key key(Value owner, Object name) {
        return new Key(Keys.of(owner), name);
    }

    @Override
    public int extent() {
        return values.now().size();
    }

    @Override
    public Object save() {
        return values.save();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object saved) {
        values.exchange((Map<Key, Value>) saved);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object exchange(Object saved) {
        return values.exchange((Map<Key, Value>) saved);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void turn(Object before, Object after, Condition taken) {
        values.replace(Joins.turn((Map<Key, Value>) before, (Map<Key, Value>) after, taken));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void join(Object then, Object otherwise, Condition condition) {
        values.replace(Joins.join((Map<Key, Value>) then, (Map<Key, Value>) otherwise, condition));
    }
}

package samestep.program.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;

/** A dict, or one of the objects whose attributes are a dict's entries. */
public final class Mapping implements Value, Mutable {
    /** The type of a plain dict. */
    public static final String DICT = "dict";

    /** An entry. */
    public record Entry(Value key, Value value) {}

    private final String type;
    private final Optional<Place> place;
    private final CopiedMap<Object, Value> keys = new CopiedMap<>();
    private final CopiedMap<Object, Value> values = new CopiedMap<>();
    private Optional<Value> rest = Optional.empty();
    private Optional<BiConsumer<String, Value>> through = Optional.empty();

    private Object identity = this;
    private boolean isGiven;

    private record State(Map<Object, Value> keys, Map<Object, Value> values, Optional<Value> rest) {}

    /** An empty one, of a type such as {@code dict} or {@code argparse.Namespace}. */
    public Mapping(String type, Optional<Place> place) {
        this.type = type;
        this.place = place;
    }

    /** Its type: {@link #DICT}, or the canonical name of its class. */
    public String type() {
        return type;
    }

    /** Whether its entries are attributes. */
    public boolean hasAttributes() {
        return !type.equals(DICT) && !type.equals("collections.OrderedDict") && !type.equals("collections.defaultdict");
    }

    /** Where it was made. */
    public Optional<Place> place() {
        return place;
    }

    /** The value of a string key. */
    public Optional<Value> get(String key) {
        return Optional.ofNullable(values.now().get(key));
    }

    /** The value of a key. */
    public Optional<Value> get(Value key) {
        return Optional.ofNullable(values.now().get(Keys.of(key)));
    }

    /** The entries that are known, in order. */
    public Collection<Entry> entries() {
        return keys.now().entrySet().stream()
                .map(e -> {
                    Value value = values.now().get(e.getKey());
                    return new Entry(e.getValue(), value == null ? new Value.None(Origin.NONE) : value);
                })
                .toList();
    }

    /** How many entries are known. */
    public int size() {
        return values.now().size();
    }

    /** What further entries it may have: why they are not known. */
    public Optional<Value> rest() {
        return rest;
    }

    /** For the interpreter, which keeps a journal. */
    public void put(Value key, Value value) {
        Object plain = Keys.of(key);
        keys.own().putIfAbsent(plain, key);
        values.own().put(plain, value);
        if (key instanceof Value.Text name) {
            through.ifPresent(t -> t.accept(name.value(), value));
        }
    }

    /** For the interpreter: what is put into it from now on is set elsewhere too, as {@code vars(x)} sets attributes. */
    public void passOn(BiConsumer<String, Value> setter) {
        through = Optional.of(setter);
    }

    /** For the interpreter. */
    public void put(String key, Value value) {
        put(new Value.Text(key, Origin.NONE), value);
    }

    /** For the interpreter. */
    public Optional<Value> remove(Value key) {
        Object plain = Keys.of(key);
        keys.own().remove(plain);
        return Optional.ofNullable(values.own().remove(plain));
    }

    /** For the interpreter. */
    public void clear() {
        keys.own().clear();
        values.own().clear();
    }

    /** For the interpreter: there may be further entries. */
    public void open(Value more) {
        rest = Optional.of(more);
    }

    /** Whether it is a number, a text or another constant, or a container. */
    public static boolean isConstant(Value value) {
        return value instanceof Number
                || value instanceof Text
                || value instanceof Bool
                || value instanceof None
                || value instanceof Sequence
                || value instanceof Mapping
                || value instanceof OneOf;
    }

    /** For the interpreter: there may be further entries, and any constant that it has may be another. */
    public void override(Value more) {
        Value unknown = more instanceof Unknown
                ? more
                : new Unknown("an entry that may be replaced by what is not known", Optional.empty());
        entries().stream().filter(e -> isConstant(e.value())).forEach(e -> put(e.key(), unknown));
        open(more);
    }

    @Override
    public Object identity() {
        return identity;
    }

    /** For the interpreter: this is a copy of another one that a library is given. */
    public Mapping copyOf(Mapping original) {
        identity = original.identity;
        original.isGiven = true;
        return this;
    }

    @Override
    public boolean isGiven() {
        return isGiven;
    }

    @Override
    public int extent() {
        return values.now().size();
    }

    @Override
    public Object save() {
        return new State(keys.save(), values.save(), rest);
    }

    @Override
    public void restore(Object saved) {
        exchange(saved);
    }

    @Override
    public Object exchange(Object saved) {
        State state = (State) saved;
        Optional<Value> more = rest;
        rest = state.rest;
        return new State(keys.exchange(state.keys), values.exchange(state.values), more);
    }

    @Override
    public void turn(Object before, Object after, Condition taken) {
        State first = (State) before;
        State second = (State) after;
        keys.replace(together(first.keys, second.keys));
        values.replace(Joins.turn(first.values, second.values, taken));
        rest = first.rest.isPresent() ? first.rest : second.rest;
    }

    @Override
    public void join(Object then, Object otherwise, Condition condition) {
        State first = (State) then;
        State second = (State) otherwise;
        keys.replace(together(first.keys, second.keys));
        values.replace(Joins.join(first.values, second.values, condition));
        rest = first.rest.isPresent() ? first.rest : second.rest;
    }

    private static Map<Object, Value> together(Map<Object, Value> first, Map<Object, Value> second) {
        Map<Object, Value> keys = new LinkedHashMap<>(first);
        keys.putAll(second);
        return keys;
    }

    @Override
    public String toString() {
        return Show.value(this);
    }
}

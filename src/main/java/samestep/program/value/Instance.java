package samestep.program.value;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;

/** An instance of a class of the program. */
public final class Instance implements Value, Mutable {
    private final ClassValue type;
    private final Optional<Place> place;
    private final CopiedMap<String, Value> attributes = new CopiedMap<>();

    /** A new one, made at a place. */
    public Instance(ClassValue type, Optional<Place> place) {
        this.type = type;
        this.place = place;
    }

    /** Its class. */
    public ClassValue type() {
        return type;
    }

    /** The call that made it; empty where the interpreter made it to run methods that the program does not call. */
    public Optional<Place> place() {
        return place;
    }

    /** Its own attributes, in the order in which they were first set. */
    public Map<String, Value> attributes() {
        return Collections.unmodifiableMap(attributes.now());
    }

    /** An attribute of its own or of its class. */
    public Optional<Value> get(String name) {
        Value own = attributes.now().get(name);
        return own != null ? Optional.of(own) : type.attribute(name);
    }

    /** The names of its attributes, and of those of its class, that are numbers, texts, lists and the like. */
    public Set<String> constants() {
        Set<String> names = new LinkedHashSet<>();
        type.order()
                .forEach(each -> each.body().bindings().forEach((name, value) -> {
                    if (Mapping.isConstant(value)) {
                        names.add(name);
                    }
                }));
        attributes.now().forEach((name, value) -> {
            if (Mapping.isConstant(value)) {
                names.add(name);
            }
        });
        return names;
    }

    /** For the interpreter, which keeps a journal. */
    public void set(String name, Value value) {
        attributes.own().put(name, value);
    }

    /** For the interpreter. */
    public void remove(String name) {
        attributes.own().remove(name);
    }

    @Override
    public int extent() {
        return attributes.now().size();
    }

    @Override
    public Object save() {
        return attributes.save();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object saved) {
        attributes.exchange((Map<String, Value>) saved);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object exchange(Object saved) {
        return attributes.exchange((Map<String, Value>) saved);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void turn(Object before, Object after, Condition taken) {
        attributes.replace(Joins.turn((Map<String, Value>) before, (Map<String, Value>) after, taken));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void join(Object then, Object otherwise, Condition condition) {
        attributes.replace(Joins.join((Map<String, Value>) then, (Map<String, Value>) otherwise, condition));
    }

    @Override
    public String toString() {
        return Show.value(this);
    }
}

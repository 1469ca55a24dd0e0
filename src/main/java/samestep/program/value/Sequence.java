package samestep.program.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;

/** A list, tuple or set. Elements may be {@link Value.Guarded}. */
public final class Sequence implements Value, Mutable {
    /** Which sequence. */
    public enum Kind {
        /** A list. */
        LIST,
        /** A tuple. */
        TUPLE,
        /** A set; each element once. */
        SET
    }

    private static final int MOST_DIFFERENT = 100;

    private final Kind kind;
    private final Optional<Place> place;
    private List<Value> elements;
    private Optional<Value> rest;

    private Object identity = this;
    private boolean isGiven;

    private record State(List<Value> elements, Optional<Value> rest) {}

    /** A sequence with these elements, made at a place. */
    public Sequence(Kind kind, List<Value> elements, Optional<Place> place) {
        this(kind, elements, Optional.empty(), place);
    }

    /** A sequence that has further elements which are not known. */
    public Sequence(Kind kind, List<Value> elements, Optional<Value> rest, Optional<Place> place) {
        this.kind = kind;
        this.elements = new ArrayList<>(elements);
        this.rest = rest;
        this.place = place;
    }

    /** A tuple. */
    public static Sequence tuple(Value... elements) {
        return new Sequence(Kind.TUPLE, List.of(elements), Optional.empty());
    }

    /** A list. */
    public static Sequence list(List<Value> elements) {
        return new Sequence(Kind.LIST, elements, Optional.empty());
    }

    /** Which sequence. */
    public Kind kind() {
        return kind;
    }

    /** Where it was made. */
    public Optional<Place> place() {
        return place;
    }

    /** The elements that are known. */
    public List<Value> elements() {
        return Collections.unmodifiableList(elements);
    }

    /** What further elements it may have: why they are not known, or what they are taken from. */
    public Optional<Value> rest() {
        return rest;
    }

    /** Whether these are all its elements, each there for sure. */
    public boolean isComplete() {
        return rest.isEmpty() && elements.stream().noneMatch(Value.Guarded.class::isInstance);
    }

    /** For the interpreter, which keeps a journal: the elements themselves. */
    public List<Value> editable() {
        return elements;
    }

    /** For the interpreter: there are further elements. */
    public void open(Value more) {
        rest = Optional.of(more);
    }

    @Override
    public Object identity() {
        return identity;
    }

    /** For the interpreter: this is a copy of another one that a library is given. */
    public Sequence copyOf(Sequence original) {
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
        return elements.size();
    }

    @Override
    public Object save() {
        return new State(List.copyOf(elements), rest);
    }

    @Override
    public void restore(Object saved) {
        State state = (State) saved;
        elements = new ArrayList<>(state.elements);
        rest = state.rest;
    }

    @Override
    public Object exchange(Object saved) {
        Object now = new State(elements, rest);
        restore(saved);
        return now;
    }

    @Override
    public void join(Object then, Object otherwise, Condition condition) {
        State first = (State) then;
        State second = (State) otherwise;
        int same = 0;
        int most = Math.min(first.elements.size(), second.elements.size());
        while (same < most && Joins.same(first.elements.get(same), second.elements.get(same))) {
            same++;
        }
        rest = first.rest.isPresent() ? first.rest : second.rest;
        elements = joined(first.elements, second.elements, same, condition);
    }

    private List<Value> joined(List<Value> first, List<Value> second, int same, Condition condition) {
        List<Value> joined = new ArrayList<>(first.subList(0, same));
        boolean isLonger = first.size() == same || second.size() == same;
        if (!isLonger && first.size() == second.size()) {
            for (int i = same; i < first.size(); i++) {
                joined.add(Joins.join(first.get(i), second.get(i), condition));
            }
        } else if (isLonger || first.size() + second.size() < MOST_DIFFERENT) {
            Condition negated = new Condition(condition.place(), condition.test(), !condition.holds());
            first.subList(same, first.size()).forEach(v -> joined.add(guarded(v, condition)));
            second.subList(same, second.size()).forEach(v -> joined.add(guarded(v, negated)));
        } else {
            rest = Optional.of(
                    new Value.Unknown("elements that depend on a condition", Optional.of(condition.place())));
        }
        return joined;
    }

    private static Value guarded(Value value, Condition condition) {
        if (value instanceof Value.Guarded inner) {
            List<Condition> all = Joins.conditions(condition, inner.when().conditions());
            return new Value.Guarded(inner.value(), inner.when().with(all));
        }
        return new Value.Guarded(value, Circumstances.NONE.when(condition));
    }

    @Override
    public String toString() {
        return Show.value(this);
    }
}

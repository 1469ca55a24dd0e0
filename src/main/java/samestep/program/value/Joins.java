package samestep.program.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;

/** Joins what two branches leave. */
final class Joins {
    private static final int MOST_ALTERNATIVES = 16;
    private static final int MOST_CONDITIONS = 24;

    private Joins() {}

    static Value join(Value then, Value otherwise, Condition condition) {
        return same(then, otherwise) ? then : either(then, otherwise, condition);
    }

    private static Value either(Value then, Value otherwise, Condition condition) {
        int count = count(then) + count(otherwise);
        if (count > MOST_ALTERNATIVES) {
            return tooMany(count, Optional.of(condition.place()));
        }
        Condition negated = new Condition(condition.place(), condition.test(), !condition.holds());
        List<Value.Alternative> alternatives = new ArrayList<>();
        add(then, condition, alternatives);
        add(otherwise, negated, alternatives);
        return oneOf(alternatives);
    }

    private static int count(Value value) {
        return value instanceof Value.OneOf oneOf ? oneOf.alternatives().size() : 1;
    }

    private static Value tooMany(int count, Optional<Place> place) {
        return new Value.Unknown("one of " + count + " values", place);
    }

    private static void add(Value value, Condition condition, List<Value.Alternative> into) {
        if (value instanceof Value.OneOf oneOf) {
            for (Value.Alternative inner : oneOf.alternatives()) {
                List<Condition> conditions = conditions(condition, inner.conditions());
                into.add(new Value.Alternative(inner.value(), conditions));
            }
        } else {
            into.add(new Value.Alternative(value, List.of(condition)));
        }
    }

    /** One more condition before others; the innermost are left out where there are too many. */
    static List<Condition> conditions(Condition first, List<Condition> others) {
        return new Premises(first, others, MOST_CONDITIONS);
    }

    static Value oneOf(List<Value.Alternative> alternatives) {
        if (alternatives.size() == 1) {
            return alternatives.get(0).value();
        }
        return alternatives.size() > MOST_ALTERNATIVES
                ? tooMany(
                        alternatives.size(),
                        alternatives.get(0).conditions().stream()
                                .map(Condition::place)
                                .findFirst())
                : new Value.OneOf(alternatives);
    }

    /** Whether two values are the same one, so that nothing is decided. */
    static boolean same(Value a, Value b) {
        if (a == b) {
            return true;
        }
        if (a instanceof Value.Number x && b instanceof Value.Number y) {
            return x.integer().equals(y.integer())
                    && Double.compare(x.value(), y.value()) == 0
                    && x.origin().literals().equals(y.origin().literals());
        }
        if (a instanceof Value.Text x && b instanceof Value.Text y) {
            return x.value().equals(y.value());
        }
        if (a instanceof Value.Bool x && b instanceof Value.Bool y) {
            return x.value() == y.value();
        }
        return a instanceof Value.None && b instanceof Value.None
                || a instanceof Value.Library x && x.equals(b)
                || a instanceof Value.Made m && m.equals(b);
    }

    /** Maps of names or keys: what only one side has may be absent. */
    static <K> Map<K, Value> join(Map<K, Value> then, Map<K, Value> otherwise, Condition condition) {
        Set<K> keys = new LinkedHashSet<>(then.keySet());
        keys.addAll(otherwise.keySet());
        Map<K, Value> joined = new LinkedHashMap<>();
        for (K key : keys) {
            Value first = then.get(key);
            Value second = otherwise.get(key);
            joined.put(key, join(orAbsent(first, condition), orAbsent(second, condition), condition));
        }
        return joined;
    }

    /** Maps before a loop and after one of its turns. */
    static <K> Map<K, Value> turn(Map<K, Value> before, Map<K, Value> after, Condition taken) {
        Map<K, Value> joined = new LinkedHashMap<>(before);
        after.forEach((key, value) -> {
            Value first = before.get(key);
            joined.put(key, first == null || same(first, value) ? value : changed(first, value, taken));
        });
        return joined;
    }

    private static Value changed(Value before, Value after, Condition taken) {
        boolean isCounted = before instanceof Value.Number || before instanceof Value.Text;
        return isCounted || before instanceof Value.Unknown
                ? new Value.Unknown("what a loop changes in each turn", Optional.of(taken.place()))
                : join(after, before, taken);
    }

    private static Value orAbsent(@org.jspecify.annotations.Nullable Value value, Condition condition) {
        return value == null ? new Value.Unknown(Show.ABSENT, Optional.of(condition.place())) : value;
    }
}

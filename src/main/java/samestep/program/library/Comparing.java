package samestep.program.library;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.ModuleValue;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Comparisons and truth. What is not known compares to what is not known. */
public final class Comparing {
    private final Host host;

    /** Comparisons of one interpretation. */
    public Comparing(Host host) {
        this.host = host;
    }

    /** {@code left operator right}. */
    public Value compare(String operator, Value left, Value right, Place place) {
        if (left instanceof Value.OneOf oneOf) {
            return Arithmetic.each(oneOf, v -> compare(operator, v, right, place));
        }
        if (right instanceof Value.OneOf oneOf) {
            return Arithmetic.each(oneOf, v -> compare(operator, left, v, place));
        }
        Optional<Boolean> result = switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> equal(left, right).map(b -> !b);
            case "is" -> same(left, right);
            case "is not" -> same(left, right).map(b -> !b);
            case "in" -> contains(right, left);
            case "not in" -> contains(right, left).map(b -> !b);
            default -> ordered(operator, left, right);
        };
        return result.<Value>map(b -> new Value.Bool(b, Origin.NONE))
                .orElseGet(() -> new Arithmetic(host).computed(operator, List.of(left, right), place));
    }

    private static boolean isConstant(Value value) {
        return value instanceof Value.Number
                || value instanceof Value.Text
                || value instanceof Value.Bool
                || value instanceof Value.None;
    }

    private static boolean isOurs(Value value) {
        return value instanceof ClassValue
                || value instanceof FunctionValue
                || value instanceof ModuleValue
                || value instanceof Mapping
                || value instanceof Sequence;
    }

    /** Whether two values are equal, if that is known. */
    public Optional<Boolean> equal(Value a, Value b) {
        if (isConstant(a) && isConstant(b)) {
            return Optional.of(Keys.of(a).equals(Keys.of(b)));
        }
        if (a instanceof Sequence x && b instanceof Sequence y) {
            return sequences(x, y);
        }
        if (isConstant(a) && isOurs(b) || isConstant(b) && isOurs(a)) {
            return Optional.of(false);
        }
        return same(a, b).filter(is -> is || !(a instanceof Mapping && b instanceof Mapping));
    }

    private Optional<Boolean> sequences(Sequence x, Sequence y) {
        if (!x.isComplete() || !y.isComplete()) {
            return Optional.empty();
        }
        if (x.kind() != y.kind() || x.elements().size() != y.elements().size()) {
            return Optional.of(false);
        }
        if (x.kind() == Sequence.Kind.SET) {
            return Optional.empty();
        }
        boolean known = true;
        for (int i = 0; i < x.elements().size(); i++) {
            Optional<Boolean> equal = equal(x.elements().get(i), y.elements().get(i));
            if (equal.isPresent() && !equal.get()) {
                return Optional.of(false);
            }
            known &= equal.isPresent();
        }
        return known ? Optional.of(true) : Optional.empty();
    }

    private static Optional<Boolean> same(Value a, Value b) {
        if (isConstant(a) && isConstant(b)) {
            boolean isAlike = a.getClass() == b.getClass();
            return Optional.of(isAlike && Keys.of(a).equals(Keys.of(b)));
        }
        if (a == b) {
            return Optional.of(true);
        }
        boolean oneIsOurs = isOurs(a) || isOurs(b) || a instanceof Instance || b instanceof Instance;
        boolean known = oneIsOurs && !maybeAnything(a) && !maybeAnything(b);
        if (known) {
            return Optional.of(false);
        }
        if (a instanceof Value.Library x && b instanceof Value.Library y) {
            return x.name().equals(y.name()) ? Optional.of(true) : Optional.empty();
        }
        // What a library's class makes is not None; a function of it may give that.
        boolean isMade = a instanceof Value.Made m && isClassName(m) && b instanceof Value.None
                || b instanceof Value.Made n && isClassName(n) && a instanceof Value.None
                || a instanceof Value.Library && b instanceof Value.None
                || b instanceof Value.Library && a instanceof Value.None;
        return isMade ? Optional.of(false) : Optional.empty();
    }

    private static boolean isClassName(Value.Made made) {
        if (!(made.call().callee() instanceof Value.Library library)) {
            return false;
        }
        String last = library.name().substring(library.name().lastIndexOf('.') + 1);
        return !last.isEmpty() && Character.isUpperCase(last.charAt(0));
    }

    private static boolean maybeAnything(Value value) {
        return value.isSymbolic() || value instanceof Value.Guarded;
    }

    /** Whether a container has an element, if that is known. */
    public Optional<Boolean> contains(Value container, Value element) {
        if (container instanceof Value.Text text && element instanceof Value.Text part) {
            return Optional.of(text.value().contains(part.value()));
        }
        if (container instanceof Mapping mapping) {
            if (!isConstant(element)) {
                return Optional.empty();
            }
            boolean has = mapping.get(element).isPresent();
            return has || mapping.rest().isEmpty() ? Optional.of(has) : Optional.empty();
        }
        Optional<List<Value>> elements = host.elements(container);
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        boolean known = true;
        for (Value value : elements.get()) {
            Optional<Boolean> equal = equal(value, element);
            if (equal.isPresent() && equal.get()) {
                return equal;
            }
            known &= equal.isPresent();
        }
        return known ? Optional.of(false) : Optional.empty();
    }

    private Optional<Boolean> ordered(String operator, Value left, Value right) {
        Optional<Integer> order = order(left, right);
        return order.map(o -> switch (operator) {
            case "<" -> o < 0;
            case "<=" -> o <= 0;
            case ">" -> o > 0;
            default -> o >= 0;
        });
    }

    /** Which is the smaller: negative, zero or positive, if that is known. */
    public Optional<Integer> order(Value left, Value right) {
        if (Arithmetic.isNumeric(left) && Arithmetic.isNumeric(right)) {
            Value.Number a = Arithmetic.number(left);
            Value.Number b = Arithmetic.number(right);
            if (a.isInteger() && b.isInteger()) {
                return Optional.of(
                        a.integer().orElseThrow().compareTo(b.integer().orElseThrow()));
            }
            boolean isNan = Double.isNaN(a.value()) || Double.isNaN(b.value());
            double x = a.value() + 0.0;
            double y = b.value() + 0.0;
            return isNan ? Optional.empty() : Optional.of(Double.compare(x, y));
        }
        if (left instanceof Value.Text a && right instanceof Value.Text b) {
            return Optional.of(a.value().compareTo(b.value()));
        }
        if (left instanceof Sequence a && right instanceof Sequence b && a.isComplete() && b.isComplete()) {
            for (int i = 0; i < Math.min(a.elements().size(), b.elements().size()); i++) {
                Optional<Integer> order =
                        order(a.elements().get(i), b.elements().get(i));
                if (order.isEmpty() || order.get() != 0) {
                    return order;
                }
            }
            return Optional.of(Integer.compare(a.elements().size(), b.elements().size()));
        }
        return Optional.empty();
    }

    /** Whether something is true, if that is known. */
    public Optional<Boolean> truth(Value value) {
        if (value instanceof Value.Bool bool) {
            return Optional.of(bool.value());
        }
        if (value instanceof Value.Number number) {
            return Optional.of(number.value() != 0);
        }
        if (value instanceof Value.Text text) {
            return Optional.of(!text.value().isEmpty());
        }
        if (value instanceof Value.None) {
            return Optional.of(false);
        }
        if (value instanceof Sequence sequence) {
            boolean has = sequence.elements().stream().anyMatch(e -> !(e instanceof Value.Guarded));
            return has || sequence.isComplete() ? Optional.of(has) : Optional.empty();
        }
        if (value instanceof Mapping mapping) {
            boolean has = mapping.size() > 0 || mapping.hasAttributes();
            return has || mapping.rest().isEmpty() ? Optional.of(has) : Optional.empty();
        }
        if (value instanceof Value.OneOf oneOf) {
            List<Optional<Boolean>> truths = oneOf.alternatives().stream()
                    .map(a -> truth(a.value()))
                    .distinct()
                    .toList();
            return truths.size() == 1 ? truths.get(0) : Optional.empty();
        }
        if (value instanceof Value.Range) {
            return host.elements(value).map(elements -> !elements.isEmpty());
        }
        boolean isObject = value instanceof ClassValue
                || value instanceof FunctionValue
                || value instanceof ModuleValue
                || value instanceof samestep.program.value.BoundMethod
                || value instanceof samestep.program.value.Builtin
                || value instanceof samestep.program.value.Partial
                || value instanceof Value.Library library && Strangers.isObject(library.name())
                || value instanceof Instance instance
                        && instance.type().libraryBases().isEmpty();
        return isObject ? Optional.of(true) : Optional.empty();
    }
}

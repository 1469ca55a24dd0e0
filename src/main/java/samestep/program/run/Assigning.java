package samestep.program.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Event;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Scope;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;

/** Assigns to names, attributes, elements and lists of targets. */
final class Assigning {
    /** What the methods of operators in place are called. */
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("+", "add"),
            Map.entry("-", "sub"),
            Map.entry("*", "mul"),
            Map.entry("/", "truediv"),
            Map.entry("//", "floordiv"),
            Map.entry("%", "mod"),
            Map.entry("**", "pow"),
            Map.entry("@", "matmul"),
            Map.entry("&", "and"),
            Map.entry("|", "or"),
            Map.entry("^", "xor"),
            Map.entry("<<", "lshift"),
            Map.entry(">>", "rshift"));

    private final Machine machine;

    Assigning(Machine machine) {
        this.machine = machine;
    }

    void assign(Expression target, Value value) {
        Place place = machine.frame.place(target.span());
        machine.frame.last = Optional.of(place);
        if (target instanceof Expression.Name name) {
            bind(name.id(), value);
        } else if (target instanceof Expression.Attribute attribute) {
            machine.setAttribute(machine.evaluator.eval(attribute.value()), attribute.name(), value, place);
        } else if (target instanceof Expression.Subscript subscript) {
            Value owner = machine.evaluator.eval(subscript.value());
            Value index = machine.evaluator.eval(subscript.index());
            machine.frame.last = Optional.of(place);
            setItem(owner, index, value, place);
        } else if (target instanceof Expression.Tuple tuple) {
            unpack(tuple.elements(), value, place);
        } else if (target instanceof Expression.ListDisplay list) {
            unpack(list.elements(), value, place);
        } else if (target instanceof Expression.Starred starred) {
            assign(starred.value(), value);
        }
    }

    void bind(String name, Value value) {
        Scope scope = machine.frame.scope.target(name);
        machine.touch(scope);
        scope.bind(name, value);
    }

    private void unpack(List<Expression> targets, Value value, Place place) {
        if (value instanceof Value.OneOf oneOf) {
            unpackEach(targets, oneOf, place);
            return;
        }
        Optional<List<Value>> elements = machine.elements(value);
        int star = -1;
        for (int i = 0; i < targets.size(); i++) {
            star = targets.get(i) instanceof Expression.Starred ? i : star;
        }
        if (elements.isPresent() && star >= 0 && elements.get().size() >= targets.size() - 1) {
            int after = targets.size() - star - 1;
            int end = elements.get().size() - after;
            for (int i = 0; i < star; i++) {
                assign(targets.get(i), elements.get().get(i));
            }
            List<Value> middle = elements.get().subList(star, end);
            assign(targets.get(star), new Sequence(Sequence.Kind.LIST, middle, Optional.of(place)));
            for (int i = 0; i < after; i++) {
                assign(targets.get(star + 1 + i), elements.get().get(end + i));
            }
            return;
        }
        for (int i = 0; i < targets.size(); i++) {
            boolean isKnown = elements.isPresent() && elements.get().size() == targets.size();
            Value index = Value.Number.of(i, samestep.program.value.Origin.NONE);
            assign(
                    targets.get(i),
                    isKnown
                            ? elements.get().get(i)
                            : star >= 0
                                    ? machine.unknown("a part of what is not known", place)
                                    : machine.builtins.item(value, index, place));
        }
    }

    /** Each target is one of the parts at its place. */
    private void unpackEach(List<Expression> targets, Value.OneOf oneOf, Place place) {
        for (int i = 0; i < targets.size(); i++) {
            Value index = Value.Number.of(i, samestep.program.value.Origin.NONE);
            List<Value.Alternative> parts = new ArrayList<>();
            for (Value.Alternative alternative : oneOf.alternatives()) {
                parts.add(new Value.Alternative(
                        machine.builtins.item(alternative.value(), index, place), alternative.conditions()));
            }
            assign(targets.get(i), samestep.program.value.Mutable.oneOf(parts));
        }
    }

    private void setItem(Value owner, Value index, Value value, Place place) {
        if (owner instanceof Mapping mapping) {
            machine.touch(mapping);
            boolean isKey = index instanceof Value.Text
                    || index instanceof Value.Number
                    || index instanceof Value.Bool
                    || index instanceof Value.None
                    || index instanceof Sequence;
            if (isKey || !index.isSymbolic()) {
                mapping.put(index, value);
            } else {
                mapping.override(machine.unknown("an entry that may be replaced: the key is not known", place));
                mapping.put(index, value);
            }
        } else if (owner instanceof Sequence sequence) {
            machine.touch(sequence);
            Optional<Integer> at = index instanceof Value.Number n ? n.small() : Optional.empty();
            int size = sequence.elements().size();
            int position = at.map(i -> i < 0 ? i + size : i).orElse(-1);
            if (position >= 0 && position < size) {
                sequence.editable().set(position, value);
            } else {
                sequence.open(machine.unknown("an element that is set at what is not known", place));
            }
        } else if (owner instanceof Value.OneOf oneOf) {
            machine.under(oneOf, owned -> setItem(owned, index, machine.current.narrowed(value), place));
        } else if (owner instanceof Value.Member dict
                && dict.name().equals("__dict__")
                && index instanceof Value.Text name) {
            machine.setAttribute(dict.owner(), name.value(), value, place);
        } else {
            machine.touch(machine.symbols);
            machine.symbols.set(owner, List.of("item", samestep.program.value.Keys.of(index)), value);
            machine.add(new Event.ElementSet(owner, index, Snapshots.of(value), place, machine.current));
            machine.world.set(owner, key(index), value, machine.current);
        }
    }

    private static String key(Value index) {
        return index instanceof Value.Text text ? text.value() : samestep.program.value.Show.value(index);
    }

    void augment(Statement.Augment augment) {
        Value before = machine.evaluator.eval(augment.target());
        Value value = machine.evaluator.eval(augment.value());
        Place place = machine.frame.place(augment.span());
        if (before instanceof Sequence sequence
                && sequence.kind() == Sequence.Kind.LIST
                && augment.operator().equals("+")) {
            machine.builtins.extend(sequence, value, place);
            return;
        }
        if (augment.target() instanceof Expression.Name
                && isOfLibrary(before)
                && OPERATORS.containsKey(augment.operator())) {
            // The name stands for an object, such as a gradient, that this may change.
            String method = "__i" + OPERATORS.get(augment.operator()) + "__";
            machine.record(new Value.Member(before, method, place), Arguments.of(place, value), place);
        }
        assign(augment.target(), machine.arithmetic.binary(augment.operator(), before, value, place));
    }

    /** A part of something of a library: not what a call gave or an operation, which is the program's own. */
    private static boolean isOfLibrary(Value value) {
        return value instanceof Value.Member
                || value instanceof Value.Element
                || value instanceof Value.Each
                || value instanceof Value.OneOf oneOf
                        && oneOf.alternatives().stream().anyMatch(a -> isOfLibrary(a.value()));
    }

    void delete(Expression target) {
        if (target instanceof Expression.Name name) {
            Scope scope = machine.frame.scope.target(name.id());
            machine.touch(scope);
            scope.unbind(name.id());
        } else if (target instanceof Expression.Subscript subscript) {
            Value owner = machine.evaluator.eval(subscript.value());
            Value index = machine.evaluator.eval(subscript.index());
            if (owner instanceof Mapping mapping) {
                machine.touch(mapping);
                mapping.remove(index);
            } else if (owner instanceof Sequence sequence) {
                machine.touch(sequence);
                Optional<Integer> at = index instanceof Value.Number n ? n.small() : Optional.empty();
                int size = sequence.elements().size();
                int position = at.map(i -> i < 0 ? i + size : i).orElse(-1);
                if (position >= 0 && position < size) {
                    sequence.editable().remove(position);
                } else {
                    sequence.open(
                            machine.unknown("elements of which some are deleted", machine.frame.place(target.span())));
                }
            } else if (owner.isSymbolic()) {
                Place place = machine.frame.place(target.span());
                machine.record(new Value.Member(owner, "__delitem__", place), Arguments.of(place, index), place);
            }
        } else if (target instanceof Expression.Attribute attribute) {
            delete(machine.evaluator.eval(attribute.value()), attribute.name());
        } else if (target instanceof Expression.Tuple tuple) {
            tuple.elements().forEach(this::delete);
        }
    }

    private void delete(Value owner, String name) {
        if (owner instanceof Mapping mapping && mapping.hasAttributes()) {
            machine.touch(mapping);
            mapping.remove(new Value.Text(name, Origin.NONE));
        } else if (owner instanceof Instance instance) {
            machine.touch(instance);
            instance.remove(name);
        }
    }
}

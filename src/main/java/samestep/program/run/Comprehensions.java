package samestep.program.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Mapping;
import samestep.program.value.Scope;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Expression.ComprehensionKind;

/** Evaluates comprehensions: each turn where the elements are known, one for all where they are not. */
final class Comprehensions {
    private final Machine machine;
    private final Evaluator evaluator;

    Comprehensions(Machine machine, Evaluator evaluator) {
        this.machine = machine;
        this.evaluator = evaluator;
    }

    /** What was made so far. */
    private static final class Made {
        private final List<Value> keys = new ArrayList<>();
        private final List<Value> values = new ArrayList<>();
        private Optional<Value> rest = Optional.empty();
    }

    Value eval(Expression.Comprehension comprehension) {
        Frame outer = machine.frame;
        Circumstances before = machine.current;
        Frame inner = new Frame(
                new Scope(outer.scope, Set.of(), Set.of()), outer.source, outer.path, outer.stars, Optional.of(outer));
        inner.type = outer.type;
        inner.self = outer.self;
        inner.conditionsBefore = before.conditions().size();
        inner.loopsBefore = before.loops().size();
        Made made = new Made();
        machine.frame = inner;
        try {
            clause(comprehension, 0, made);
        } finally {
            machine.frame = outer;
            machine.current = before;
        }
        return result(comprehension, made, outer.place(comprehension.span()));
    }

    private Value result(Expression.Comprehension comprehension, Made made, Place place) {
        if (comprehension.kind() != ComprehensionKind.DICT) {
            Sequence list = new Sequence(Sequence.Kind.LIST, made.values, made.rest, Optional.of(place));
            return comprehension.kind() == ComprehensionKind.SET ? machine.builtins.set(list, place) : list;
        }
        Mapping mapping = new Mapping(Mapping.DICT, Optional.of(place));
        for (int i = 0; i < made.keys.size(); i++) {
            Value value = made.values.get(i);
            if (value instanceof Value.Guarded) {
                mapping.open(machine.unknown("entries that depend on what is not known", place));
            }
            mapping.put(made.keys.get(i), value);
        }
        made.rest.ifPresent(mapping::open);
        return mapping;
    }

    private void clause(Expression.Comprehension comprehension, int index, Made made) {
        if (index == comprehension.clauses().size()) {
            element(comprehension, made);
            return;
        }
        Expression.Clause clause = comprehension.clauses().get(index);
        Value iterable = evaluator.eval(clause.iterable());
        Place place = machine.frame.place(clause.iterable().span());
        Optional<List<Value>> elements = machine.iterating.elementsOrGuarded(iterable);
        if (elements.isEmpty()) {
            Circumstances before = machine.current;
            machine.current = before.in(new Circumstances.Loop(place, Optional.of(iterable), false, 0));
            Value each = machine.executor.each(iterable, place);
            turn(comprehension, index, each, made);
            machine.current = before;
            return;
        }
        int turn = 0;
        for (Value element : elements.get()) {
            Circumstances before = machine.current;
            machine.current = before.in(new Circumstances.Loop(place, Optional.of(iterable), true, turn++));
            Value value = element;
            if (element instanceof Value.Guarded guarded) {
                for (Condition condition : guarded.when().conditions()) {
                    machine.current = machine.current.when(condition);
                }
                value = guarded.value();
            }
            turn(comprehension, index, value, made);
            machine.current = before;
        }
    }

    private void turn(Expression.Comprehension comprehension, int index, Value element, Made made) {
        machine.step();
        Expression.Clause clause = comprehension.clauses().get(index);
        machine.executor.assign(clause.target(), element);
        for (Expression test : clause.conditions()) {
            Value value = evaluator.eval(test);
            Optional<Boolean> truth = machine.truth(value);
            if (truth.isPresent() && !truth.get()) {
                return;
            }
            if (truth.isEmpty()) {
                Condition condition = new Condition(machine.frame.place(test.span()), value, true);
                machine.current = machine.current.when(condition);
            }
        }
        clause(comprehension, index + 1, made);
    }

    private void element(Expression.Comprehension comprehension, Made made) {
        if (made.values.size() >= machine.limits().elements()) {
            made.rest = Optional.of(new Value.Unknown("more elements than are followed", Optional.empty()));
            return;
        }
        comprehension.element().key().ifPresent(key -> made.keys.add(evaluator.eval(key)));
        Value value = evaluator.eval(comprehension.element().value());
        boolean isSure = machine.current.conditions().size() == machine.frame.conditionsBefore;
        made.values.add(isSure && !here().isRepeated() ? value : new Value.Guarded(value, here()));
    }

    /** The circumstances since the comprehension began. */
    private Circumstances here() {
        Circumstances now = machine.current;
        int conditions = machine.frame.conditionsBefore;
        int loops = machine.frame.loopsBefore;
        return new Circumstances(
                now.conditions()
                        .subList(
                                Math.min(conditions, now.conditions().size()),
                                now.conditions().size()),
                now.loops()
                        .subList(
                                Math.min(loops, now.loops().size()), now.loops().size()),
                List.of(),
                List.of());
    }
}

package samestep.program.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Mutable;
import samestep.program.value.Value;

/** Follows both branches of a condition that is not known, and joins what they leave. */
final class Fork {
    private final Machine machine;
    private final Condition condition;
    private final Condition negated;

    Fork(Machine machine, Condition condition) {
        this.machine = machine;
        this.condition = condition;
        this.negated = new Condition(condition.place(), condition.test(), !condition.holds());
    }

    private record Branch(Flow flow, Journal.Changes changes, List<Condition> added) {}

    Flow run(Supplier<Flow> then, Supplier<Flow> otherwise) {
        Circumstances before = machine.current;
        Branch first = branch(then, condition, before);
        Branch second = branch(otherwise, negated, before);
        machine.current = before;
        join(first, second);
        return flow(first, second);
    }

    private Branch branch(Supplier<Flow> body, Condition when, Circumstances before) {
        machine.journal.begin();
        Journal.Changes changes = new Journal.Changes(java.util.Map.of(), java.util.Map.of());
        Flow flow = Flow.NORMAL;
        List<Condition> added = List.of();
        try {
            machine.current = before.when(when);
            int known = machine.current.conditions().size();
            flow = body.get();
            List<Condition> all = machine.current.conditions();
            added = all.size() > known ? List.copyOf(all.subList(known, all.size())) : List.of();
        } finally {
            changes = machine.journal.end();
        }
        return new Branch(flow, changes, added);
    }

    private void join(Branch first, Branch second) {
        Set<Mutable> changed = new LinkedHashSet<>(first.changes.before().keySet());
        changed.addAll(second.changes.before().keySet());
        for (Mutable mutable : changed) {
            machine.spend(3 * mutable.extent());
            machine.touchInJoin(mutable);
            Object original = Optional.ofNullable(first.changes.before().get(mutable))
                    .or(() -> Optional.ofNullable(second.changes.before().get(mutable)))
                    .orElseThrow();
            Object then = after(first, mutable, original);
            Object otherwise = after(second, mutable, original);
            boolean isLocal = mutable == machine.frame.scope;
            if (leaves(first, isLocal) && !leaves(second, isLocal)) {
                mutable.restore(otherwise);
            } else if (leaves(second, isLocal) && !leaves(first, isLocal)) {
                mutable.restore(then);
            } else {
                mutable.join(then, otherwise, condition);
            }
        }
    }

    /** The value after a branch; the value before it, where it changed nothing. */
    private static Object after(Branch branch, Mutable mutable, Object original) {
        Object after = branch.changes.after().get(mutable);
        return after == null ? original : after;
    }

    /** Whether what a branch changed is not seen by the statements that follow. */
    private static boolean leaves(Branch branch, boolean isLocal) {
        Flow.Kind kind = branch.flow.kind();
        return kind == Flow.Kind.RAISE || isLocal && kind == Flow.Kind.RETURN;
    }

    private Flow flow(Branch first, Branch second) {
        Flow.Kind a = first.flow.kind();
        Flow.Kind b = second.flow.kind();
        if (a == Flow.Kind.RAISE || b == Flow.Kind.RAISE) {
            // A program is taken to do what does not fail.
            Branch other = a == Flow.Kind.RAISE ? second : first;
            other.added.forEach(c -> machine.current = machine.current.when(c));
            return other.flow;
        }
        if (a == Flow.Kind.RETURN && b == Flow.Kind.RETURN) {
            return Flow.returned(Mutable.join(
                    first.flow.value().orElseThrow(), second.flow.value().orElseThrow(), condition));
        }
        if (a == Flow.Kind.RETURN) {
            return afterReturn(first, condition, second, negated);
        }
        if (b == Flow.Kind.RETURN) {
            return afterReturn(second, negated, first, condition);
        }
        if (a == b) {
            return first.flow;
        }
        // One goes on and one leaves the turn: what follows is under the condition that it goes on.
        if (a == Flow.Kind.NORMAL || b == Flow.Kind.NORMAL) {
            Condition goesOn = a == Flow.Kind.NORMAL ? condition : negated;
            machine.current = machine.current.when(goesOn);
            if (a == Flow.Kind.BREAK || b == Flow.Kind.BREAK) {
                machine.frame.kept.add(goesOn);
            }
        }
        return Flow.NORMAL;
    }

    private Flow afterReturn(Branch returning, Condition when, Branch going, Condition otherwise) {
        List<Condition> conditions = new ArrayList<>(List.of(when));
        conditions.addAll(returning.added);
        Value value = returning.flow.value().orElseThrow();
        machine.frame.returns.add(new Value.Alternative(value, conditions));
        machine.current = machine.current.when(otherwise);
        machine.frame.kept.add(otherwise);
        return going.flow;
    }
}

package samestep.program.run;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.text.Span;

/** Executes loops: each turn where they are known, one that stands for all where not. */
final class Loops {
    private final Machine machine;
    private final Executor executor;

    Loops(Machine machine, Executor executor) {
        this.machine = machine;
        this.executor = executor;
    }

    Flow over(Statement.For loop) {
        Value iterable = executor.eval(loop.iterable());
        Place place = machine.frame.place(
                new Span(loop.span().start(), loop.iterable().span().end()));
        Optional<List<Value>> elements = machine.iterating.elementsOrGuarded(iterable);
        if (elements.isEmpty()) {
            return anyTimes(place, Optional.of(iterable), () -> {
                executor.assign(loop.target(), executor.each(iterable, place));
                return executor.block(loop.body());
            });
        }
        int turn = 0;
        // The body may change what it goes over: as in Python, the next element is the one at the next index.
        List<Value> all = elements.get();
        for (int i = 0; i < all.size(); i++) {
            Value element = all.get(i);
            if (turn >= machine.limits().turns()) {
                machine.cutOff("only " + turn + " turns of the loop at " + place + " were followed");
                break;
            }
            Circumstances.Loop here = new Circumstances.Loop(place, Optional.of(iterable), true, turn++);
            Flow flow = turn(loop, element, here, machine.current);
            if (flow.kind() == Flow.Kind.BREAK) {
                return Flow.NORMAL;
            }
            if (flow.kind() == Flow.Kind.RETURN || flow.kind() == Flow.Kind.RAISE) {
                return flow;
            }
        }
        return executor.block(loop.otherwise());
    }

    private Flow turn(Statement.For loop, Value element, Circumstances.Loop here, Circumstances before) {
        int kept = machine.frame.kept.size();
        machine.current = machine.current.in(here);
        Flow flow;
        if (element instanceof Value.Guarded guarded
                && !guarded.when().conditions().isEmpty()) {
            Condition condition = guarded.when().conditions().get(0);
            flow = machine.fork(
                    condition,
                    () -> {
                        executor.assign(loop.target(), guarded.value());
                        return executor.block(loop.body());
                    },
                    () -> Flow.NORMAL);
        } else {
            executor.assign(loop.target(), element);
            flow = executor.block(loop.body());
        }
        machine.current = afterTurn(before, kept);
        return flow;
    }

    /** What a return or a break under an unknown condition leaves holds for what follows too. */
    private Circumstances afterTurn(Circumstances before, int kept) {
        Circumstances after = before;
        List<Condition> all = machine.frame.kept;
        for (Condition condition : List.copyOf(all.subList(Math.min(kept, all.size()), all.size()))) {
            after = after.when(condition);
        }
        return after;
    }

    Flow repeated(Statement.While loop) {
        Place place = machine.frame.place(
                new Span(loop.span().start(), loop.test().span().end()));
        boolean isEndless = loop.test() instanceof Expression.Constant || loop.test() instanceof Expression.Numeral;
        for (int turn = 0; turn < machine.limits().turns() && !isEndless; turn++) {
            Optional<Boolean> truth = machine.truth(executor.eval(loop.test()));
            if (truth.isEmpty()) {
                break;
            }
            if (!truth.get()) {
                return executor.block(loop.otherwise());
            }
            int kept = machine.frame.kept.size();
            Circumstances before = machine.current;
            machine.current = before.in(new Circumstances.Loop(place, Optional.empty(), true, turn));
            Flow flow = executor.block(loop.body());
            machine.current = afterTurn(before, kept);
            if (flow.kind() == Flow.Kind.BREAK) {
                return Flow.NORMAL;
            }
            if (flow.kind() == Flow.Kind.RETURN || flow.kind() == Flow.Kind.RAISE) {
                return flow;
            }
        }
        return anyTimes(place, Optional.empty(), () -> {
            executor.eval(loop.test());
            return executor.block(loop.body());
        });
    }

    /** One turn that stands for any number of them, also none; numbers that it changes are not known afterwards. */
    private Flow anyTimes(Place place, Optional<Value> iterable, java.util.function.Supplier<Flow> body) {
        Circumstances before = machine.current;
        int kept = machine.frame.kept.size();
        Circumstances.Loop here = new Circumstances.Loop(place, iterable, false, 0);
        Flow flow = new Turns(machine, place).run(() -> {
            machine.current = machine.current.in(here);
            return body.get();
        });
        machine.current = afterTurn(before, kept);
        return flow.kind() == Flow.Kind.RETURN ? flow : Flow.NORMAL;
    }
}

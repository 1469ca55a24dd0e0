package samestep.program.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;

/** Executes statements. */
final class Executor {
    private final Machine machine;
    private final Definitions definitions;
    private final Loops loops;
    private final Assigning assigning;

    Executor(Machine machine) {
        this.machine = machine;
        this.definitions = new Definitions(machine);
        this.loops = new Loops(machine, this);
        this.assigning = new Assigning(machine);
    }

    Flow block(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            boolean decides = statements.get(i) instanceof Statement.If conditional && leaves(conditional);
            Flow flow = decides
                    ? deciding((Statement.If) statements.get(i), statements.subList(i + 1, statements.size()))
                    : execute(statements.get(i));
            if (!flow.isNormal() || decides) {
                return flow;
            }
        }
        return Flow.NORMAL;
    }

    /** Whether one of its branches ends by leaving the block. */
    private static boolean leaves(Statement.If conditional) {
        return leaves(conditional.body()) || leaves(conditional.otherwise());
    }

    private static boolean leaves(List<Statement> block) {
        Statement last = block.isEmpty() ? null : block.get(block.size() - 1);
        return last instanceof Statement.Return
                || last instanceof Statement.Continue
                || last instanceof Statement.Break;
    }

    /** A condition that decides whether the rest of the block is executed: the rest belongs to the other branch. */
    private Flow deciding(Statement.If conditional, List<Statement> rest) {
        machine.step();
        Value test = eval(conditional.test());
        Optional<Boolean> truth = decided(conditional, test);
        if (truth.isPresent()) {
            return then(truth.get() ? conditional.body() : conditional.otherwise(), rest);
        }
        Condition condition =
                new Condition(machine.frame.place(conditional.test().span()), test, true);
        return machine.fork(condition, () -> then(conditional.body(), rest), () -> then(conditional.otherwise(), rest));
    }

    /**
     * Whether a condition holds. One that holds and only raises an error is taken as false: a program is taken to do what
     * does not fail, and an option that must be given has no default.
     */
    private Optional<Boolean> decided(Statement.If conditional, Value test) {
        List<Statement> body = conditional.body();
        boolean isCheck = conditional.otherwise().isEmpty()
                && !body.isEmpty()
                && body.get(body.size() - 1) instanceof Statement.Raise;
        Optional<Boolean> truth = machine.truth(test);
        if (isCheck && truth.orElse(false)) {
            forget(machine.frame.place(conditional.test().span()));
        }
        return isCheck ? truth.map(holds -> false) : truth;
    }

    private Flow then(List<Statement> first, List<Statement> rest) {
        List<Statement> all = new ArrayList<>(first);
        all.addAll(rest);
        return block(all);
    }

    /** A call that is a statement: a function that makes one of its arguments has statements of its own, and comes back to it. */
    private void evaluate(Statement.Evaluation statement) {
        Optional<Place> outer = machine.forEffect;
        machine.forEffect = Optional.of(statement.value())
                .filter(Expression.Call.class::isInstance)
                .map(call -> machine.frame.place(call.span()));
        try {
            eval(statement.value());
        } finally {
            machine.forEffect = outer;
        }
    }

    private Flow execute(Statement statement) {
        machine.step();
        if (statement instanceof Statement.Evaluation evaluation) {
            evaluate(evaluation);
        } else if (statement instanceof Statement.Assign assign) {
            Value value = eval(assign.value());
            assign.targets().forEach(target -> assign(target, value));
        } else if (statement instanceof Statement.Augment augment) {
            assigning.augment(augment);
        } else if (statement instanceof Statement.Annotate annotate) {
            annotate.value().ifPresent(value -> assign(annotate.target(), eval(value)));
        } else if (statement instanceof Statement.Import plain) {
            machine.importer.plain(plain);
        } else if (statement instanceof Statement.ImportFrom from) {
            machine.importer.from(from);
        } else if (statement instanceof Statement.Function function) {
            definitions.function(function);
        } else if (statement instanceof Statement.ClassDefinition type) {
            definitions.type(type);
        } else if (statement instanceof Statement.Delete delete) {
            delete.targets().forEach(assigning::delete);
        } else {
            return leaving(statement);
        }
        return Flow.NORMAL;
    }

    private Flow leaving(Statement statement) {
        if (statement instanceof Statement.Return returned) {
            return Flow.returned(returned.value().map(this::eval).orElse(new Value.None(Origin.NONE)));
        }
        if (statement instanceof Statement.If conditional) {
            return conditional(conditional);
        }
        if (statement instanceof Statement.For loop) {
            return loops.over(loop);
        }
        if (statement instanceof Statement.While loop) {
            return loops.repeated(loop);
        }
        if (statement instanceof Statement.With with) {
            return with(with, 0);
        }
        if (statement instanceof Statement.Try guarded) {
            return guarded(guarded);
        }
        if (statement instanceof Statement.Break) {
            return Flow.BREAK;
        }
        if (statement instanceof Statement.Continue) {
            return Flow.CONTINUE;
        }
        if (statement instanceof Statement.Raise) {
            return Flow.RAISE;
        }
        if (statement instanceof Statement.Match match) {
            return new Matching(machine, this).match(match);
        }
        return statement instanceof Statement.Opaque opaque ? opaque(opaque) : Flow.NORMAL;
    }

    Value eval(Expression expression) {
        return machine.evaluator.eval(expression);
    }

    void assign(Expression target, Value value) {
        assigning.assign(target, value);
    }

    /** Any element of what is not known. */
    Value each(Value iterable, Place place) {
        return iterable instanceof Sequence sequence && sequence.rest().isPresent()
                ? new Value.Each(sequence.rest().get(), place)
                : new Value.Each(iterable, place);
    }

    private Flow conditional(Statement.If conditional) {
        Value test = eval(conditional.test());
        Optional<Boolean> truth = decided(conditional, test);
        if (truth.isPresent()) {
            return block(truth.get() ? conditional.body() : conditional.otherwise());
        }
        Condition condition =
                new Condition(machine.frame.place(conditional.test().span()), test, true);
        return machine.fork(condition, () -> block(conditional.body()), () -> block(conditional.otherwise()));
    }

    /** The default None of a name that the function then refuses: a caller gives another value. */
    private void forget(Place test) {
        Set<String> words = new HashSet<>(List.of(test.text().split("\\W+")));
        machine.touch(machine.frame.scope);
        List.copyOf(machine.frame.scope.bindings().entrySet()).forEach(binding -> {
            if (binding.getValue() instanceof Value.None && words.contains(binding.getKey())) {
                Value unknown = machine.unknown(binding.getKey() + ", whose default is refused", test);
                machine.frame.scope.bind(binding.getKey(), unknown);
            }
        });
    }

    private Flow with(Statement.With with, int index) {
        if (index == with.items().size()) {
            return block(with.body());
        }
        Statement.WithItem item = with.items().get(index);
        Value context = eval(item.context());
        Circumstances before = machine.current;
        item.target().ifPresent(target -> assign(target, context));
        machine.current = before.inside(context);
        int known = before.conditions().size();
        Flow flow = with(with, index + 1);
        List<Condition> all = machine.current.conditions();
        machine.current = all.size() > known ? before.with(all) : before;
        return flow;
    }

    private Flow guarded(Statement.Try guarded) {
        Optional<Condition> imported = machine.importer.fallback(guarded);
        if (imported.isPresent()) {
            Flow either = machine.fork(
                    imported.get(),
                    () -> {
                        Flow body = block(guarded.body());
                        return body.isNormal() ? block(guarded.otherwise()) : body;
                    },
                    () -> block(guarded.handlers().get(0).body()));
            Flow last = block(guarded.last());
            return last.isNormal() ? either : last;
        }
        Flow flow = block(guarded.body());
        if (flow.kind() == Flow.Kind.RAISE && !guarded.handlers().isEmpty()) {
            Statement.Handler handler = guarded.handlers().get(0);
            if (!handler.name().isEmpty()) {
                assigning.bind(handler.name(), machine.unknown("an error", machine.frame.place(handler.span())));
            }
            flow = block(handler.body());
        } else if (flow.isNormal()) {
            handlers(guarded);
            flow = block(guarded.otherwise());
        }
        Flow last = block(guarded.last());
        return last.isNormal() ? flow : last;
    }

    /** Handlers are not taken, but functions and classes defined in them alone are there for those who look. */
    private void handlers(Statement.Try guarded) {
        for (Statement.Handler handler : guarded.handlers()) {
            for (Statement statement : handler.body()) {
                if (statement instanceof Statement.Function function
                        && machine.frame.scope.find(function.name()).isEmpty()) {
                    definitions.function(function);
                }
            }
        }
    }

    private Flow opaque(Statement.Opaque opaque) {
        Place place = machine.frame.place(opaque.span());
        if (machine.frame.source.text().charAt(opaque.span().start()) != '%'
                && machine.frame.source.text().charAt(opaque.span().start()) != '!') {
            machine.note("not understood at " + place + ": " + opaque.reason());
        }
        if (opaque.body().isEmpty()) {
            return Flow.NORMAL;
        }
        Condition condition = new Condition(
                machine.frame.place(new samestep.text.Span(
                        opaque.span().start(), opaque.body().get(0).span().start())),
                machine.unknown("a statement that is not understood", place),
                true);
        return machine.fork(condition, () -> block(opaque.body()), () -> Flow.NORMAL);
    }
}

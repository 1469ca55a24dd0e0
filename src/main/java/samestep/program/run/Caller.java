package samestep.program.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.Builtin;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Mutable;
import samestep.program.value.Origin;
import samestep.program.value.Partial;
import samestep.program.value.RecordedCall;
import samestep.program.value.Scope;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Calls what can be called. */
final class Caller {
    private static final int MOST_OF_ONE = 12;
    /** The same once many steps are gone, for one that calls itself under conditions that are not known. */
    private static final int MOST_OF_A_BRANCHING_ONE = 3;

    private final Machine machine;
    private final Binding binding;
    private final Instances instances;
    private final Map<String, Integer> conditionsOutside = new HashMap<>();
    private int depth;

    Caller(Machine machine) {
        this.machine = machine;
        this.binding = new Binding(machine);
        this.instances = new Instances(machine, this);
    }

    Binding binding() {
        return binding;
    }

    Value call(Value callee, Arguments arguments, Place place) {
        machine.step();
        machine.frame.last = Optional.of(place);
        if (callee instanceof FunctionValue function) {
            return invoke(function, arguments, place, Optional.empty());
        }
        if (callee instanceof BoundMethod method) {
            Arguments all = arguments.before(new RecordedCall.Argument(method.receiver(), place));
            return invoke(method.function(), all, place, Optional.of(method.receiver()));
        }
        if (callee instanceof ClassValue type) {
            return instances.make(type, arguments, place);
        }
        if (callee instanceof Builtin builtin) {
            return machine.builtins.call(builtin, arguments, place);
        }
        if (callee instanceof Partial partial) {
            return call(partial.function(), merged(partial, arguments), place);
        }
        if (callee instanceof Value.OneOf oneOf) {
            return each(oneOf, arguments, place);
        }
        if (callee instanceof Value.Guarded guarded) {
            return call(guarded.value(), arguments, place);
        }
        if (callee instanceof Instance instance) {
            return instances.call(instance, arguments, place);
        }
        return machine.builtins
                .library(callee, arguments, place)
                .orElseGet(() -> callee.isSymbolic()
                        ? machine.record(callee, arguments, place)
                        : machine.unknown("a call of what cannot be called", place));
    }

    private Value each(Value.OneOf oneOf, Arguments arguments, Place place) {
        Circumstances before = machine.current;
        List<Value.Alternative> results = new ArrayList<>();
        for (Value.Alternative alternative : oneOf.alternatives()) {
            for (Condition condition : alternative.conditions()) {
                machine.current = machine.current.when(condition);
            }
            results.add(new Value.Alternative(
                    call(alternative.value(), narrowed(arguments), place), alternative.conditions()));
            machine.current = before;
        }
        return Mutable.oneOf(results);
    }

    private Arguments narrowed(Arguments arguments) {
        Map<String, RecordedCall.Argument> keywords = new LinkedHashMap<>();
        arguments.keywords().forEach((name, a) -> keywords.put(name, narrowed(a)));
        return new Arguments(arguments.positional().stream().map(this::narrowed).toList(), keywords, arguments.open());
    }

    private RecordedCall.Argument narrowed(RecordedCall.Argument argument) {
        return new RecordedCall.Argument(machine.current.narrowed(argument.value()), argument.place());
    }

    private static Arguments merged(Partial partial, Arguments arguments) {
        List<RecordedCall.Argument> positional = new ArrayList<>(partial.positional());
        positional.addAll(arguments.positional());
        Map<String, RecordedCall.Argument> keywords = new LinkedHashMap<>(partial.keywords());
        keywords.putAll(arguments.keywords());
        return new Arguments(positional, keywords, arguments.open());
    }

    /** Runs a function of the program. */
    Value invoke(FunctionValue function, Arguments arguments, Place place, Optional<Value> receiver) {
        String key = System.identityHashCode(function.body()) + function.name();
        int active = machine.activeCalls().getOrDefault(key, 0);
        int conditions = machine.current.conditions().size();
        if (active == 0) {
            conditionsOutside.put(key, conditions);
        }
        boolean isBranching = machine.isSixthOver() && conditions > conditionsOutside.getOrDefault(key, conditions);
        int most = isBranching ? MOST_OF_A_BRANCHING_ONE : MOST_OF_ONE;
        if (depth >= machine.limits().depth() || active >= most) {
            return machine.unknown("a call of " + function.name() + " that nests too deep", place);
        }
        machine.called.add(function.body());
        machine.activeCalls().put(key, active + 1);
        depth++;
        Frame outer = machine.frame;
        Circumstances before = machine.current;
        try {
            return run(function, arguments, place, receiver, before);
        } finally {
            machine.frame = outer;
            machine.current = before;
            depth--;
            machine.activeCalls().put(key, active);
        }
    }

    private Value run(
            FunctionValue function, Arguments arguments, Place place, Optional<Value> receiver, Circumstances before) {
        Names names = Names.of(function.body());
        Scope scope = new Scope(function.closure(), names.globals(), names.nonlocals());
        binding.bind(function, arguments, place, scope);
        Machine.ModuleContext module = machine.modules.get(function.closure().module());
        String path = module == null ? "" : module.path();
        List<String> stars = module == null ? List.of() : module.stars();
        Frame frame = new Frame(scope, function.source(), path, stars, Optional.of(machine.frame));
        receiver.ifPresent(self -> {
            frame.self = Optional.of(self);
            frame.type = definingClass(self, function);
        });
        frame.conditionsBefore = before.conditions().size();
        machine.assumed = Optional.empty();
        machine.frame = frame;
        machine.current = before.in(function.name());
        int known = machine.current.conditions().size();
        Flow flow = machine.executor.block(function.body());
        if (names.isGenerator()) {
            return new Sequence(Sequence.Kind.LIST, frame.yields, Optional.of(place));
        }
        return result(function, frame, flow, known, place);
    }

    private Value result(FunctionValue function, Frame frame, Flow flow, int known, Place place) {
        List<Value.Alternative> results = new ArrayList<>(frame.returns);
        List<Condition> all = machine.current.conditions();
        List<Condition> rest = all.size() > known ? all.subList(known, all.size()) : List.of();
        if (flow.kind() == Flow.Kind.RETURN) {
            results.add(new Value.Alternative(flow.value().orElseThrow(), rest));
        } else if (flow.kind() != Flow.Kind.RAISE) {
            results.add(new Value.Alternative(new Value.None(Origin.NONE), rest));
        }
        if (results.isEmpty()) {
            return machine.unknown(function.name() + " raises an error", place);
        }
        return flattened(results);
    }

    /** Alternatives without alternatives inside; one value if all are the same. */
    private static Value flattened(List<Value.Alternative> results) {
        List<Value.Alternative> flat = new ArrayList<>();
        for (Value.Alternative result : results) {
            if (result.value() instanceof Value.OneOf inner) {
                for (Value.Alternative more : inner.alternatives()) {
                    List<Condition> conditions = new ArrayList<>(result.conditions());
                    conditions.addAll(more.conditions());
                    flat.add(new Value.Alternative(more.value(), conditions));
                }
            } else {
                flat.add(result);
            }
        }
        boolean isOne = flat.stream().allMatch(a -> a.value() == flat.get(0).value());
        return isOne ? flat.get(0).value() : Mutable.oneOf(flat);
    }

    private static Optional<ClassValue> definingClass(Value self, FunctionValue function) {
        ClassValue type =
                self instanceof Instance instance ? instance.type() : self instanceof ClassValue own ? own : null;
        if (type == null) {
            return Optional.empty();
        }
        return type.order().stream()
                .filter(t -> t.body().bindings().values().stream()
                        .anyMatch(v -> v instanceof FunctionValue f && f.body() == function.body()))
                .findFirst();
    }
}

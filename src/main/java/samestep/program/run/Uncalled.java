package samestep.program.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Scope;
import samestep.program.value.Value;
import samestep.syntax.python.PythonFile;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Parameter;
import samestep.text.SourceText;

/**
 * Calls what was not called: functions and methods of the program's own file, with parameters that are not known but
 * for their defaults. Functions that nothing mentions come first, since they call the others.
 */
final class Uncalled {
    private final Machine machine;
    private final Scope scope;
    private final Frame frame;
    private final List<SourceText> sources;
    private final Map<String, Integer> mentions = new HashMap<>();

    Uncalled(Machine machine, List<PythonFile> parts, Scope scope, Frame frame) {
        this.machine = machine;
        this.scope = scope;
        this.frame = frame;
        this.sources = parts.stream().map(PythonFile::source).toList();
        parts.forEach(part -> part.tokens().stream()
                .filter(token -> token.kind() == TokenKind.NAME)
                .forEach(token -> mentions.merge(token.text(), 1, Integer::sum)));
    }

    void run() {
        List<Value> own = new ArrayList<>();
        for (Value value : scope.bindings().values()) {
            boolean isOwn = value instanceof FunctionValue f && sources.contains(f.source())
                    || value instanceof ClassValue c
                            && sources.contains(c.place().source());
            if (isOwn) {
                own.add(value);
            }
        }
        own.sort(Comparator.comparingInt((Value v) -> Math.min(2, mentions.getOrDefault(name(v), 0))));
        own.forEach(this::visit);
    }

    private static String name(Value value) {
        return value instanceof FunctionValue function
                ? function.name()
                : value instanceof ClassValue type ? type.name() : "";
    }

    private void visit(Value value) {
        if (value instanceof FunctionValue function) {
            call(function, Optional.empty());
        } else if (value instanceof ClassValue type) {
            methods(type);
        }
    }

    private void methods(ClassValue type) {
        Instance instance = machine.instances.get(type);
        if (instance == null) {
            instance = new Instance(type, Optional.empty());
            machine.instances.put(type, instance);
            Optional<Value> constructor = type.attribute("__init__");
            if (constructor.isPresent() && constructor.get() instanceof FunctionValue function) {
                call(function, Optional.of(instance));
            }
        }
        Map<String, FunctionValue> setBy = new HashMap<>();
        for (Value value : List.copyOf(type.body().bindings().values())) {
            boolean isSpecial = value instanceof FunctionValue f && f.name().startsWith("__");
            if (value instanceof FunctionValue function && !isSpecial) {
                boolean isStatic = function.wraps() == FunctionValue.Kind.STATIC;
                Value receiver = function.wraps() == FunctionValue.Kind.CLASS ? type : instance;
                Map<String, Value> before = Map.copyOf(instance.attributes());
                call(function, isStatic ? Optional.empty() : Optional.of(receiver));
                setAgain(instance, before, function, setBy);
            }
        }
    }

    /**
     * A number that several methods set, none of which the program calls: which one was the last is not known.
     *
     * @param setBy the method that set an attribute first
     */
    private void setAgain(
            Instance instance, Map<String, Value> before, FunctionValue by, Map<String, FunctionValue> setBy) {
        for (Map.Entry<String, Value> now : List.copyOf(instance.attributes().entrySet())) {
            Value value = now.getValue();
            boolean isOwn = Mapping.isConstant(value);
            if (!isOwn || value == before.get(now.getKey())) {
                continue;
            }
            FunctionValue other = setBy.putIfAbsent(now.getKey(), by);
            boolean isNew = Optional.ofNullable(before.get(now.getKey()))
                    .filter(was -> Keys.of(was).equals(Keys.of(value)))
                    .isEmpty();
            if (other != null && isNew) {
                String both = other.name() + " and " + by.name();
                instance.set(
                        now.getKey(),
                        machine.unknown(
                                now.getKey() + ", which " + both + " set, and the program calls neither", by.place()));
            }
        }
    }

    private void call(FunctionValue function, Optional<Value> receiver) {
        if (machine.called.contains(function.body())) {
            return;
        }
        machine.frame = frame;
        machine.current = samestep.program.value.Circumstances.NONE;
        Map<String, RecordedCall.Argument> arguments = new LinkedHashMap<>();
        List<RecordedCall.Argument> positional = new ArrayList<>();
        boolean isFirst = receiver.isPresent();
        for (Parameter parameter : function.parameters()) {
            boolean isOne = parameter.kind() != Parameter.Kind.STAR && parameter.kind() != Parameter.Kind.DOUBLE_STAR;
            if (isOne && !isFirst && !function.defaults().containsKey(parameter.name())) {
                Place place = new Place(function.source(), parameter.span());
                Value unknown = machine.unknown(
                        "parameter " + parameter.name() + " of " + function.name() + ", which is never called", place);
                if (parameter.kind() == Parameter.Kind.KEYWORD_ONLY) {
                    arguments.put(parameter.name(), new RecordedCall.Argument(unknown, place));
                } else {
                    positional.add(new RecordedCall.Argument(unknown, place));
                }
            }
            isFirst = false;
        }
        Value callee = receiver.<Value>map(r -> new BoundMethod(r, function)).orElse(function);
        machine.assumed = Optional.of(function.body());
        machine.call(callee, new Arguments(positional, arguments, Optional.empty()), function.place());
    }
}

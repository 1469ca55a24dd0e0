package samestep.program.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.Builtin;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Makes instances of the program's classes, and calls them. */
final class Instances {
    private final Machine machine;
    private final Caller caller;

    Instances(Machine machine, Caller caller) {
        this.machine = machine;
        this.caller = caller;
    }

    Value make(ClassValue type, Arguments arguments, Place place) {
        boolean isDict = type.order().stream()
                .flatMap(t -> t.bases().stream())
                .anyMatch(b -> b instanceof Builtin builtin && builtin.name().equals("dict"));
        if (isDict) {
            return machine.builtins.dict(type.name(), arguments, place);
        }
        Instance instance = new Instance(type, Optional.of(place));
        machine.instances.putIfAbsent(type, instance);
        Optional<Value> constructor = type.attribute("__init__");
        if (constructor.isPresent() && constructor.get() instanceof FunctionValue function) {
            caller.call(new BoundMethod(instance, function), arguments, place);
        } else if (type.isDataclass() || type.order().stream().anyMatch(ClassValue::isDataclass)) {
            fill(instance, arguments, place);
        } else {
            type.libraryBases().stream()
                    .findFirst()
                    .ifPresent(base -> machine.record(
                            base.member("__init__"),
                            arguments.before(new RecordedCall.Argument(instance, place)),
                            place));
        }
        return instance;
    }

    /** A dataclass's constructor: its fields in order, those that it inherits first. */
    private void fill(Instance instance, Arguments arguments, Place place) {
        Map<String, Value> fields = new LinkedHashMap<>();
        List<ClassValue> order = instance.type().order();
        for (int i = order.size() - 1; i >= 0; i--) {
            ClassValue type = order.get(i);
            for (String field : type.fields()) {
                Value value = type.body()
                        .own(field)
                        .orElseGet(() -> machine.unknown(
                                "field " + field + " of " + instance.type().name() + " without an argument", place));
                fields.put(field, value);
            }
        }
        int position = 0;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            Optional<Value> given = arguments.get(position++, field.getKey());
            Value value = given.orElseGet(() -> fieldDefault(field.getValue(), place));
            instance.set(field.getKey(), value);
        }
        Optional<Value> after = instance.type().attribute("__post_init__");
        if (after.isPresent() && after.get() instanceof FunctionValue function) {
            caller.call(new BoundMethod(instance, function), Arguments.of(place), place);
        }
    }

    /** The default of a field: what {@code field(default=..., default_factory=...)} says, or the value itself. */
    private Value fieldDefault(Value value, Place place) {
        if (value instanceof Value.Made made && made.call().name().equals("dataclasses.field")) {
            Optional<RecordedCall.Argument> factory = made.call().keyword("default_factory");
            if (factory.isPresent()) {
                return machine.call(factory.get().value(), Arguments.of(place), place);
            }
            return made.call()
                    .keyword("default")
                    .map(RecordedCall.Argument::value)
                    .orElseGet(() -> machine.unknown(
                            "a field without a default", made.call().place()));
        }
        return value;
    }

    Value call(Instance instance, Arguments arguments, Place place) {
        Optional<Value> method = instance.type().attribute("__call__");
        if (method.isPresent() && method.get() instanceof FunctionValue function) {
            return caller.call(new BoundMethod(instance, function), arguments, place);
        }
        return machine.record(instance, arguments, place);
    }
}

package samestep.program.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.library.Arithmetic;
import samestep.program.value.BoundMethod;
import samestep.program.value.Builtin;
import samestep.program.value.ClassValue;
import samestep.program.value.Event;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.ModuleValue;
import samestep.program.value.Origin;
import samestep.program.value.Partial;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Reads and sets attributes. */
final class Attributes {
    private static final int LONGEST_CHAIN = 40;

    private final Machine machine;

    Attributes(Machine machine) {
        this.machine = machine;
    }

    Value get(Value owner, String name, Place place) {
        if (owner instanceof Value.OneOf oneOf) {
            return Arithmetic.each(oneOf, v -> get(v, name, place));
        }
        if (owner instanceof Value.Guarded guarded) {
            return get(guarded.value(), name, place);
        }
        if (owner instanceof Instance instance) {
            return ofInstance(instance, name, place);
        }
        if (owner instanceof ClassValue type) {
            return ofClass(type, name, place);
        }
        if (owner instanceof ModuleValue module) {
            return machine.importer.member(module, name, place);
        }
        if (owner instanceof Value.Super above) {
            return ofSuper(above, name, place);
        }
        if (owner instanceof Mapping mapping) {
            boolean isAttributes = name.equals("__dict__") && mapping.hasAttributes();
            return isAttributes
                    ? machine.call(
                            new samestep.program.value.Builtin("vars", Optional.empty()),
                            samestep.program.value.Arguments.of(place, mapping),
                            place)
                    : ofMapping(mapping, name, place);
        }
        if (owner.isSymbolic()) {
            return ofSymbol(owner, name, place);
        }
        if (owner instanceof FunctionValue function && name.equals("__name__")) {
            return new Value.Text(function.name(), Origin.NONE);
        }
        if (owner instanceof FunctionValue || owner instanceof BoundMethod || owner instanceof Partial) {
            return machine.symbols
                    .get(owner, name)
                    .orElseGet(() -> machine.unknown("attribute " + name + " of " + owner, place));
        }
        return new Builtin(name, Optional.of(owner));
    }

    private Value ofSymbol(Value owner, String name, Place place) {
        Optional<Value> set = machine.symbols.get(owner, name);
        if (set.isPresent()) {
            return set.get();
        }
        if (owner instanceof Value.Library library) {
            Optional<Value> known = machine.builtins.constant(library, name, place);
            return known.orElseGet(() -> machine.world.attribute(owner, name).orElseGet(() -> library.member(name)));
        }
        Optional<Value> known = machine.builtins.attribute(owner, name).or(() -> machine.world.attribute(owner, name));
        if (known.isPresent()) {
            return known.get();
        }
        return chain(owner) > LONGEST_CHAIN
                ? machine.unknown("a chain of attributes that is too long", place)
                : new Value.Member(owner, name, place);
    }

    private static int chain(Value value) {
        int length = 0;
        Value at = value;
        while (length <= LONGEST_CHAIN) {
            if (at instanceof Value.Member member) {
                at = member.owner();
            } else if (at instanceof Value.Element element) {
                at = element.owner();
            } else {
                break;
            }
            length++;
        }
        return length;
    }

    private Value ofInstance(Instance instance, String name, Place place) {
        Value own = instance.attributes().get(name);
        if (own != null) {
            return own;
        }
        Optional<Value> inherited = instance.type().attribute(name);
        if (inherited.isPresent()) {
            return bound(inherited.get(), instance, place);
        }
        return switch (name) {
            case "__class__" -> instance.type();
            case "__dict__" -> dict(instance);
            default -> missing(instance, name, place);
        };
    }

    private Value missing(Instance instance, String name, Place place) {
        Optional<Value> set = machine.symbols.get(instance, name);
        if (set.isPresent()) {
            return set.get();
        }
        Optional<Value> getter = instance.type().attribute("__getattr__");
        if (getter.isPresent() && getter.get() instanceof FunctionValue function) {
            Value text = new Value.Text(name, Origin.NONE);
            return machine.call(
                    new BoundMethod(instance, function), samestep.program.value.Arguments.of(place, text), place);
        }
        if (instance.type().isOwn()) {
            return machine.unknown(
                    "attribute " + name + " of " + instance.type().name() + ", which nothing sets", place);
        }
        return machine.world.attribute(instance, name).orElseGet(() -> new Value.Member(instance, name, place));
    }

    private Mapping dict(Instance instance) {
        Mapping dict = new Mapping(Mapping.DICT, instance.place());
        instance.attributes().forEach(dict::put);
        dict.passOn((name, value) -> {
            machine.touch(instance);
            instance.set(name, value);
        });
        return dict;
    }

    /** What reading a class's attribute from an instance gives. */
    private Value bound(Value value, Value receiver, Place place) {
        // A function that a decorator of the program gave is a method too.
        if (!(value instanceof FunctionValue function)) {
            return value;
        }
        return switch (function.wraps()) {
            case PLAIN -> new BoundMethod(receiver, function);
            case STATIC -> function;
            case CLASS -> new BoundMethod(receiver instanceof Instance instance ? instance.type() : receiver, function);
            case PROPERTY ->
                machine.call(
                        new BoundMethod(receiver, function.as(FunctionValue.Kind.PLAIN)),
                        samestep.program.value.Arguments.of(place),
                        place);
        };
    }

    private Value ofClass(ClassValue type, String name, Place place) {
        Optional<Value> found = type.attribute(name);
        if (found.isPresent()) {
            boolean isClassMethod = found.get() instanceof FunctionValue f && f.wraps() == FunctionValue.Kind.CLASS;
            return isClassMethod ? new BoundMethod(type, (FunctionValue) found.get()) : found.get();
        }
        if (name.equals("__name__") || name.equals("__qualname__")) {
            return new Value.Text(type.name(), Origin.NONE);
        }
        if (name.equals("__dict__")) {
            Mapping dict = new Mapping(Mapping.DICT, Optional.of(type.place()));
            type.body().bindings().forEach(dict::put);
            return dict;
        }
        List<Value.Library> bases = type.libraryBases();
        return bases.isEmpty()
                ? machine.unknown("attribute " + name + " of class " + type.name(), place)
                : bases.get(0).member(name);
    }

    private Value ofSuper(Value.Super above, String name, Place place) {
        ClassValue dynamic = above.receiver() instanceof Instance instance
                ? instance.type()
                : above.receiver() instanceof ClassValue type ? type : above.type();
        List<ClassValue> order = dynamic.order();
        int from = order.indexOf(above.type()) + 1;
        for (ClassValue type : order.subList(from, order.size())) {
            Optional<Value> found = type.body().own(name);
            if (found.isPresent()) {
                return bound(found.get(), above.receiver(), place);
            }
        }
        List<Value.Library> bases = dynamic.libraryBases();
        if (bases.isEmpty()) {
            return new Builtin("object." + name, Optional.of(above.receiver()));
        }
        return new Partial(
                bases.get(0).member(name), List.of(new RecordedCall.Argument(above.receiver(), place)), Map.of());
    }

    private Value ofMapping(Mapping mapping, String name, Place place) {
        if (mapping.hasAttributes()) {
            Optional<Value> value = mapping.get(name);
            if (value.isPresent()) {
                return value.get();
            }
            if (!machine.builtins.isMappingMethod(name)) {
                return mapping.rest()
                        .orElseGet(() -> machine.unknown(
                                "attribute " + name + " of " + mapping.type() + ", which nothing sets", place));
            }
        }
        return new Builtin(name, Optional.of(mapping));
    }

    /** A dict that is set on a ConfigDict of ml_collections becomes one: its entries are attributes then. */
    private static Value held(Mapping owner, Value value) {
        boolean isPlain = owner.type().startsWith("ml_collections.")
                && value instanceof Mapping plain
                && plain.type().equals(Mapping.DICT);
        if (!isPlain) {
            return value;
        }
        Mapping given = (Mapping) value;
        Mapping config = new Mapping(owner.type(), given.place());
        given.entries().forEach(entry -> config.put(entry.key(), held(owner, entry.value())));
        given.rest().ifPresent(config::open);
        return config;
    }

    void set(Value owner, String name, Value value, Place place) {
        if (owner instanceof Instance instance) {
            machine.touch(instance);
            Optional<Value> setter = instance.type().attribute(name + ".setter");
            if (setter.isPresent() && setter.get() instanceof FunctionValue function) {
                machine.call(
                        new BoundMethod(instance, function), samestep.program.value.Arguments.of(place, value), place);
            } else {
                instance.set(name, value);
                machine.world.set(instance, name, value, machine.current);
            }
        } else if (owner instanceof ClassValue type) {
            machine.touch(type.body());
            type.body().bind(name, value);
        } else if (owner instanceof ModuleValue module) {
            machine.touch(module.scope());
            module.scope().bind(name, value);
        } else if (owner instanceof Mapping mapping && mapping.hasAttributes()) {
            machine.touch(mapping);
            mapping.put(name, held(mapping, value));
        } else if (owner instanceof Value.OneOf oneOf) {
            machine.under(oneOf, owned -> set(owned, name, machine.current.narrowed(value), place));
        } else if (owner instanceof Value.Guarded guarded) {
            set(guarded.value(), name, value, place);
        } else {
            machine.touch(machine.symbols);
            machine.symbols.set(owner, name, value);
            if (owner.isSymbolic()) {
                machine.add(new Event.AttributeSet(owner, name, Snapshots.of(value), place, machine.current));
                machine.world.set(owner, name, value, machine.current);
            }
        }
    }
}

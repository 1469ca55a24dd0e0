package samestep.program.library;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.Builtin;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Partial;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Python's own functions. */
final class CoreFunctions {
    private static final Value NONE = new Value.None(Origin.NONE);

    private final Host host;
    private final Conversions conversions;
    private final IterableFunctions iterables;

    CoreFunctions(Host host) {
        this.host = host;
        this.conversions = new Conversions(host);
        this.iterables = new IterableFunctions(host);
    }

    Optional<Value> call(String name, Arguments arguments, Place place) {
        Optional<Value> first = arguments.at(0);
        return switch (name) {
            case "print" -> Optional.of(NONE);
            case "getattr" -> getAttribute(arguments, place);
            case "setattr" -> {
                if (arguments.count() == 3 && arguments.at(1).orElseThrow() instanceof Value.Text key) {
                    host.setAttribute(
                            arguments.at(0).orElseThrow(),
                            key.value(),
                            arguments.at(2).orElseThrow(),
                            place);
                } else if (arguments.count() == 3) {
                    setUnknown(arguments.at(0).orElseThrow(), place);
                }
                yield Optional.of(NONE);
            }
            case "hasattr" -> hasAttribute(arguments, place);
            case "isinstance" -> isInstance(arguments, place);
            case "issubclass" -> isSubclass(arguments);
            case "callable" -> first.flatMap(CoreFunctions::isCallable).map(CoreFunctions::bool);
            case "vars" -> first.flatMap(v -> vars(v, place));
            case "type" -> arguments.count() == 1 ? first.flatMap(v -> type(v, place)) : Optional.empty();
            case "property", "classmethod", "staticmethod" ->
                first.filter(FunctionValue.class::isInstance)
                        .map(f -> ((FunctionValue) f)
                                .as(
                                        switch (name) {
                                            case "property" -> FunctionValue.Kind.PROPERTY;
                                            case "classmethod" -> FunctionValue.Kind.CLASS;
                                            default -> FunctionValue.Kind.STATIC;
                                        }));
            case "abs", "round", "pow", "divmod" -> first.flatMap(v -> arithmetic(name, v, arguments, place));
            case "open" -> Optional.of(host.record(Value.Library.of("open"), arguments, place));
            case "dict" -> Optional.of(new MappingMethods(host).make(Mapping.DICT, arguments, place));
            case "globals", "locals" -> Optional.of(names(name.equals("globals"), place));
            case "exec", "execfile" -> {
                // Recorded, so that readers see it: what it runs is not followed.
                host.record(Value.Library.of(name), arguments, place);
                yield Optional.of(NONE);
            }
            case "slice" -> Optional.empty();
            case "format" ->
                first.flatMap(v -> new Formatting(host)
                                .formatted(
                                        v,
                                        arguments
                                                .at(1)
                                                .filter(Value.Text.class::isInstance)
                                                .map(t -> ((Value.Text) t).value())
                                                .orElse("")))
                        .map(t -> new Value.Text(t, first.get().born()));
            default -> {
                Optional<Value> converted = conversions.call(name, arguments, place);
                yield converted.isPresent() ? converted : iterables.call(name, arguments, place);
            }
        };
    }

    private Value names(boolean ofModule, Place place) {
        Mapping names = new Mapping(Mapping.DICT, Optional.of(place));
        host.names(ofModule).forEach((name, value) -> names.put(new Value.Text(name, Origin.NONE), value));
        if (ofModule) {
            names.passOn(host::setGlobal);
        }
        return names;
    }

    private static Value bool(boolean value) {
        return new Value.Bool(value, Origin.NONE);
    }

    private Optional<Value> getAttribute(Arguments arguments, Place place) {
        Optional<Value> owner = arguments.at(0);
        if (owner.isEmpty() || !(arguments.at(1).orElse(NONE) instanceof Value.Text name)) {
            // Which attribute is meant is not known: it is one of that owner.
            return owner.flatMap(o -> arguments.at(1).map(n -> new Value.Element(o, n, place)));
        }
        Optional<Boolean> has = has(owner.get(), name.value());
        if (arguments.count() > 2 && has.isPresent() && !has.get()) {
            return arguments.at(2);
        }
        return Optional.of(host.attribute(owner.get(), name.value(), place));
    }

    private static Optional<Boolean> has(Value owner, String name) {
        if (owner instanceof Instance instance) {
            boolean has = instance.get(name).isPresent();
            return has || instance.type().isOwn() ? Optional.of(has) : Optional.empty();
        }
        if (owner instanceof Mapping mapping && mapping.hasAttributes()) {
            boolean has = mapping.get(name).isPresent();
            return has || mapping.rest().isEmpty() ? Optional.of(has) : Optional.empty();
        }
        if (owner instanceof ClassValue type && type.attribute(name).isPresent()) {
            return Optional.of(true);
        }
        if (owner instanceof samestep.program.value.ModuleValue module) {
            return Optional.of(module.scope().own(name).isPresent());
        }
        return Optional.empty();
    }

    private Optional<Value> hasAttribute(Arguments arguments, Place place) {
        if (arguments.count() == 2 && arguments.at(1).orElseThrow() instanceof Value.Text name) {
            Value owner = arguments.at(0).orElseThrow();
            return Optional.of(has(owner, name.value())
                    .map(CoreFunctions::bool)
                    .orElseGet(() -> new Arithmetic(host).computed("hasattr", List.of(owner, name), place)));
        }
        return Optional.empty();
    }

    private Optional<Value> isInstance(Arguments arguments, Place place) {
        if (arguments.count() != 2) {
            return Optional.empty();
        }
        Value value = arguments.at(0).orElseThrow();
        Value types = arguments.at(1).orElseThrow();
        List<Value> candidates = types instanceof Sequence sequence ? sequence.elements() : List.of(types);
        boolean known = true;
        for (Value type : candidates) {
            Optional<Boolean> is = Types.isA(value, type);
            if (is.orElse(false)) {
                return Optional.of(bool(true));
            }
            known &= is.isPresent();
        }
        return Optional.of(
                known ? bool(false) : new Arithmetic(host).computed("isinstance", List.of(value, types), place));
    }

    private static Optional<Value> isSubclass(Arguments arguments) {
        return arguments.count() == 2
                        && arguments.at(0).orElseThrow() instanceof ClassValue type
                        && arguments.at(1).orElseThrow() instanceof ClassValue other
                ? Optional.of(bool(type.isA(other)))
                : Optional.empty();
    }

    private static Optional<Boolean> isCallable(Value value) {
        if (value instanceof FunctionValue
                || value instanceof ClassValue
                || value instanceof BoundMethod
                || value instanceof Builtin
                || value instanceof Partial) {
            return Optional.of(true);
        }
        boolean isData = value instanceof Value.Number
                || value instanceof Value.Text
                || value instanceof Value.Bool
                || value instanceof Value.None
                || value instanceof Sequence
                || value instanceof Mapping;
        return isData ? Optional.of(false) : Optional.empty();
    }

    private Optional<Value> vars(Value value, Place place) {
        if (value instanceof Mapping mapping) {
            Mapping plain = new Mapping(Mapping.DICT, Optional.of(place));
            mapping.entries().forEach(e -> plain.put(e.key(), e.value()));
            mapping.rest().ifPresent(plain::open);
            plain.passOn((name, changed) -> {
                host.touch(mapping);
                mapping.put(name, changed);
            });
            return Optional.of(plain);
        }
        return value instanceof Instance || value.isSymbolic()
                ? Optional.of(host.attribute(value, "__dict__", place))
                : Optional.empty();
    }

    /** An attribute is set, and which one is not known. */
    private void setUnknown(Value owner, Place place) {
        Value unknown = host.unknown("an attribute that may be set by a name that is not known", place);
        if (owner instanceof Mapping mapping) {
            host.touch(mapping);
            mapping.override(unknown);
        } else if (owner instanceof Instance instance) {
            host.touch(instance);
            instance.constants().forEach(name -> instance.set(name, unknown));
        } else if (owner.isSymbolic()) {
            host.record(new Value.Member(owner, "__setattr__", place), Arguments.of(place, unknown), place);
        }
    }

    private Optional<Value> type(Value value, Place place) {
        if (value instanceof Instance instance) {
            return Optional.of(instance.type());
        }
        if (value.isSymbolic()) {
            return Optional.of(new Value.Member(value, "__class__", place));
        }
        return Types.nameOf(value).map(name -> new Builtin(name, Optional.empty()));
    }

    private Optional<Value> arithmetic(String name, Value value, Arguments arguments, Place place) {
        if (name.equals("pow") && arguments.count() == 2) {
            return Optional.of(
                    new Arithmetic(host).binary("**", value, arguments.at(1).orElseThrow(), place));
        }
        if (name.equals("divmod") && arguments.count() == 2) {
            Arithmetic arithmetic = new Arithmetic(host);
            Value other = arguments.at(1).orElseThrow();
            return Optional.of(Sequence.tuple(
                    arithmetic.binary("//", value, other, place), arithmetic.binary("%", value, other, place)));
        }
        if (!Arithmetic.isNumeric(value)) {
            return value.isSymbolic()
                    ? Optional.of(new Arithmetic(host).computed(name, List.of(value), place))
                    : Optional.empty();
        }
        Value.Number number = Arithmetic.number(value);
        if (name.equals("abs")) {
            return Optional.of(number.value() < 0 ? new Arithmetic(host).unary("-", number, place) : number);
        }
        return rounded(number, arguments);
    }

    private static Optional<Value> rounded(Value.Number number, Arguments arguments) {
        if (number.isInteger() && arguments.count() == 1) {
            return Optional.of(number);
        }
        if (!Double.isFinite(number.value())) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(number.value());
        if (arguments.count() == 1) {
            return Optional.of(
                    Value.Number.of(exact.setScale(0, RoundingMode.HALF_EVEN).toBigInteger(), number.origin()));
        }
        Optional<Integer> digits =
                arguments.at(1).flatMap(v -> v instanceof Value.Number n ? n.small() : Optional.empty());
        return digits.filter(d -> Math.abs(d) < 100)
                .map(d -> Value.Number.computed(
                        exact.setScale(d, RoundingMode.HALF_EVEN).doubleValue(), number.origin()));
    }
}

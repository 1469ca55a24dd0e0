package samestep.program.library;

import java.util.Optional;
import samestep.program.value.Builtin;
import samestep.program.value.ClassValue;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The types of values. */
final class Types {
    private Types() {}

    /** The name of a type of Python's own, if the value is of one. */
    static Optional<String> nameOf(Value value) {
        if (value instanceof Value.Number number) {
            return Optional.of(number.isInteger() ? "int" : "float");
        }
        if (value instanceof Value.Text) {
            return Optional.of("str");
        }
        if (value instanceof Value.Bool) {
            return Optional.of("bool");
        }
        if (value instanceof Value.None) {
            return Optional.of("NoneType");
        }
        if (value instanceof Sequence sequence) {
            return Optional.of(
                    switch (sequence.kind()) {
                        case LIST -> "list";
                        case TUPLE -> "tuple";
                        case SET -> "set";
                    });
        }
        if (value instanceof Mapping mapping) {
            return Optional.of(mapping.type());
        }
        return value instanceof FunctionValue ? Optional.of("function") : Optional.empty();
    }

    /** Whether a value is an instance of a type, if that is known. */
    static Optional<Boolean> isA(Value value, Value type) {
        Optional<String> name = nameOf(value);
        if (type instanceof Builtin builtin) {
            if (name.isPresent()) {
                return Optional.of(matches(name.get(), builtin.name(), value));
            }
            return value instanceof Instance instance && !instance.type().hasUnknownBases()
                    ? Optional.of(false)
                    : Optional.empty();
        }
        if (value instanceof Instance instance) {
            boolean is = instance.type().isA(type);
            boolean isSure =
                    is || type instanceof ClassValue && !instance.type().hasUnknownBases();
            return isSure ? Optional.of(is) : Optional.empty();
        }
        if (name.isPresent()) {
            return type instanceof ClassValue ? Optional.of(false) : library(name.get(), type);
        }
        if (value instanceof Value.Made made && type instanceof Value.Library library) {
            // What a library's class made is of that class; of another one it may be by inheritance.
            return made.call().callee().equals(library) ? Optional.of(true) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean matches(String name, String type, Value value) {
        return name.equals(type)
                || name.equals("bool") && type.equals("int")
                || name.equals("str") && (type.equals("basestring") || type.equals("unicode"))
                || value instanceof Mapping && type.equals("dict");
    }

    private static Optional<Boolean> library(String name, Value type) {
        if (!(type instanceof Value.Library library)) {
            return Optional.empty();
        }
        boolean isAbstract = library.name().startsWith("collections.")
                || library.name().startsWith("typing.")
                || library.name().startsWith("numbers.");
        if (!isAbstract) {
            return name.contains(".") ? Optional.of(name.equals(library.name())) : Optional.of(false);
        }
        String last = library.name().substring(library.name().lastIndexOf('.') + 1);
        return switch (last) {
            case "Sequence" -> Optional.of(name.equals("list") || name.equals("tuple") || name.equals("str"));
            case "Iterable" ->
                Optional.of(!name.equals("int")
                        && !name.equals("float")
                        && !name.equals("bool")
                        && !name.equals("NoneType"));
            case "Mapping", "MutableMapping", "Dict" -> Optional.of(name.equals("dict") || name.contains("Dict"));
            case "Number", "Real" -> Optional.of(name.equals("int") || name.equals("float") || name.equals("bool"));
            case "Callable" -> Optional.of(name.equals("function"));
            default -> Optional.empty();
        };
    }
}

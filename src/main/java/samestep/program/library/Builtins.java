package samestep.program.library;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Builtin;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Python's own functions and types, and what is known of its library. */
public final class Builtins {
    private static final Set<String> NAMES = Set.of(
            "abs",
            "all",
            "any",
            "bool",
            "callable",
            "classmethod",
            "dict",
            "enumerate",
            "filter",
            "float",
            "format",
            "frozenset",
            "getattr",
            "hasattr",
            "id",
            "int",
            "isinstance",
            "issubclass",
            "iter",
            "len",
            "list",
            "map",
            "max",
            "min",
            "next",
            "open",
            "ord",
            "chr",
            "pow",
            "print",
            "property",
            "range",
            "reduce",
            "repr",
            "reversed",
            "round",
            "set",
            "setattr",
            "sorted",
            "staticmethod",
            "str",
            "sum",
            "tuple",
            "type",
            "vars",
            "zip",
            "globals",
            "locals",
            "xrange",
            "unicode",
            "long",
            "raw_input",
            "input",
            "divmod",
            "dir",
            "eval",
            "exec",
            "hash",
            "bytes",
            "basestring",
            "exit",
            "quit",
            "complex",
            "slice",
            "delattr");

    private static final Set<String> ERRORS =
            Set.of("object", "Exception", "BaseException", "NotImplemented", "Warning");

    private final Host host;
    private final CoreFunctions core;
    private final TextMethods texts;
    private final ListMethods lists;
    private final MappingMethods mappings;
    private final Items items;
    private final LibraryFunctions library;
    private final Options options;

    /** The functions of one interpretation. */
    public Builtins(Host host) {
        this.host = host;
        this.items = new Items(host);
        this.texts = new TextMethods(host);
        this.lists = new ListMethods(host);
        this.mappings = new MappingMethods(host);
        this.core = new CoreFunctions(host);
        this.library = new LibraryFunctions(host, mappings);
        this.options = new Options(host);
    }

    /** What a name means that the program does not bind. */
    public Optional<Value> named(String name) {
        if (NAMES.contains(name)) {
            return Optional.of(new Builtin(name, Optional.empty()));
        }
        boolean isError = ERRORS.contains(name) || name.endsWith("Error") || name.endsWith("Exception");
        return isError ? Optional.of(Value.Library.of(name)) : Optional.empty();
    }

    /** Whether a dict has such a method. */
    public boolean isMappingMethod(String name) {
        return mappings.has(name);
    }

    /** Calls a function or a method of Python's own. */
    public Value call(Builtin builtin, Arguments arguments, Place place) {
        Optional<Value> receiver = builtin.receiver();
        Optional<Value> result;
        if (builtin.name().startsWith("object.")) {
            result = Optional.of(new Value.None(Origin.NONE));
        } else if (receiver.isEmpty()) {
            result = core.call(builtin.name(), arguments, place);
        } else if (receiver.get() instanceof Value.Text text) {
            result = texts.call(text, builtin.name(), arguments, place);
        } else if (receiver.get() instanceof Sequence sequence) {
            result = lists.call(sequence, builtin.name(), arguments, place);
        } else if (receiver.get() instanceof Mapping mapping) {
            result = mappings.call(mapping, builtin.name(), arguments, place);
        } else if (receiver.get() instanceof Builtin type) {
            result = ofType(type, builtin.name(), arguments, place);
        } else {
            result = number(receiver.get(), builtin.name());
        }
        return result.orElseGet(() -> host.unknown("what " + builtin.name() + " gives here", place));
    }

    private Optional<Value> number(Value receiver, String method) {
        return switch (method) {
            case "item", "conjugate", "lower", "strip" -> Optional.of(receiver);
            case "is_integer" ->
                receiver instanceof Value.Number n
                        ? Optional.of(new Value.Bool(n.value() == Math.rint(n.value()), Origin.NONE))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** {@code dict.fromkeys} and methods called on their type: {@code str.join(sep, parts)}. */
    private Optional<Value> ofType(Builtin type, String method, Arguments arguments, Place place) {
        if (type.name().equals("dict") && method.equals("fromkeys") && arguments.count() > 0) {
            Optional<List<Value>> keys = host.elements(arguments.at(0).orElseThrow());
            Value value = arguments.at(1).orElse(new Value.None(Origin.NONE));
            return keys.map(all -> {
                Mapping mapping = new Mapping(Mapping.DICT, Optional.of(place));
                all.forEach(key -> mapping.put(key, value));
                return mapping;
            });
        }
        if (arguments.count() == 0) {
            return Optional.empty();
        }
        Arguments rest = new Arguments(
                arguments.positional().subList(1, arguments.count()), arguments.keywords(), arguments.open());
        Value receiver = arguments.at(0).orElseThrow();
        // dict.update(group, ...) of what is not of the program.
        return Optional.of(
                receiver.isSymbolic()
                        ? host.record(new Value.Member(receiver, method, place), rest, place)
                        : call(new Builtin(method, Optional.of(receiver)), rest, place));
    }

    /** What a call of a library's function gives, if that is known; it is then not recorded. */
    public Optional<Value> library(Value callee, Arguments arguments, Place place) {
        Optional<Value> option = options.call(callee, arguments, place);
        if (option.isPresent()) {
            return option;
        }
        return callee instanceof Value.Library function
                ? library.call(function.name(), arguments, place)
                : library.method(callee, arguments, place);
    }

    /** What a name of a library's module is, if that is known. */
    public Optional<Value> constant(Value.Library owner, String name, Place place) {
        Optional<Value> flag = options.flag(owner, name, place);
        return flag.isPresent() ? flag : library.constant(owner.name() + "." + name);
    }

    /** An attribute of what a library made, if that is known. */
    public Optional<Value> attribute(Value owner, String name) {
        return options.holder(owner, name);
    }

    /** {@code owner[index]}. */
    public Value item(Value owner, Value index, Place place) {
        return items.get(owner, index, place);
    }

    /** A set of the elements of a list. */
    public Value set(Sequence list, Place place) {
        if (list.isComplete()) {
            return Sets.of(list.elements(), place);
        }
        return new Sequence(Sequence.Kind.SET, list.elements(), list.rest(), Optional.of(place));
    }

    /** A dict, or an object of a type with a dict's constructor. */
    public Mapping dict(String type, Arguments arguments, Place place) {
        return mappings.make(type, arguments, place);
    }

    /** Adds the elements of something to a list. */
    public void extend(Sequence list, Value more, Place place) {
        lists.extend(list, more, place);
    }
}

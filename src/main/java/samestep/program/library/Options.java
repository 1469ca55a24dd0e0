package samestep.program.library;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.ClassValue;
import samestep.program.value.Event;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Options of the command line: each has the value that it has when nothing is given. */
public final class Options {
    private static final Value NONE = new Value.None(Origin.NONE);

    private final Host host;
    /** A flag has one configuration, which the program may change. */
    private final Map<RecordedCall, Value> configurations = new LinkedHashMap<>();

    Options(Host host) {
        this.host = host;
    }

    /** What {@code parse_args()} gives. */
    Optional<Value> call(Value callee, Arguments arguments, Place place) {
        if (!(callee instanceof Value.Member member) || !(member.owner() instanceof Value.Made made)) {
            return Optional.empty();
        }
        String parser = made.call().name();
        boolean isHf = parser.endsWith("HfArgumentParser");
        if (isHf && member.name().startsWith("parse_")) {
            return made.call().argument("dataclass_types", 0).map(types -> dataclasses(types.value(), place));
        }
        if (!parser.endsWith("ArgumentParser")) {
            return Optional.empty();
        }
        return switch (member.name()) {
            case "parse_args" -> Optional.of(namespace(made.call(), arguments, place));
            case "parse_known_args" ->
                Optional.of(Sequence.tuple(namespace(made.call(), arguments, place), Sequence.list(List.of())));
            case "get_default" ->
                arguments
                        .at(0)
                        .filter(Value.Text.class::isInstance)
                        .flatMap(name -> namespace(made.call(), Arguments.of(place), place)
                                .get(name));
            default -> Optional.empty();
        };
    }

    private Value dataclasses(Value types, Place place) {
        List<Value> made = new ArrayList<>();
        for (Value type : host.elements(types).orElse(List.of(types))) {
            made.add(
                    type instanceof ClassValue || type.isSymbolic()
                            ? host.call(type, Arguments.of(place), place)
                            : host.unknown("options that are not known", place));
        }
        return new Sequence(Sequence.Kind.TUPLE, made, Optional.of(place));
    }

    private Mapping namespace(RecordedCall parser, Arguments arguments, Place place) {
        Mapping namespace = new Mapping("argparse.Namespace", Optional.of(place));
        arguments
                .get(1, "namespace")
                .filter(Mapping.class::isInstance)
                .ifPresent(v -> ((Mapping) v).entries().forEach(e -> namespace.put(e.key(), e.value())));
        for (Event event : List.copyOf(host.events())) {
            if (!(event instanceof RecordedCall call) || !(call.callee() instanceof Value.Member method)) {
                continue;
            }
            if (!belongs(method.owner(), parser)) {
                continue;
            }
            if (method.name().equals("add_argument")) {
                add(namespace, call);
            } else if (method.name().equals("set_defaults")) {
                if (call.isOpen()) {
                    namespace.override(host.unknown("defaults that are set by what is not known", call.place()));
                }
                call.keywords().forEach((name, a) -> namespace.put(name, noted(a.value(), "--" + name)));
            }
        }
        given(namespace, arguments, place);
        return namespace;
    }

    /** A command line that is written in the program: its options are not those of a run, and are not read. */
    private void given(Mapping namespace, Arguments arguments, Place place) {
        boolean isGiven = arguments
                .get(0, "args")
                .filter(v -> v instanceof Sequence line && !line.elements().isEmpty())
                .isPresent();
        if (isGiven) {
            namespace.override(host.unknown("an option that the program may give to itself", place));
        }
    }

    /** Whether something is a parser, or a group or a parser that was made from it. */
    private static boolean belongs(Value owner, RecordedCall parser) {
        Value at = owner;
        for (int i = 0; i < 8 && at instanceof Value.Made made; i++) {
            if (made.call() == parser) {
                return true;
            }
            at = made.call().owner().orElse(NONE);
        }
        return false;
    }

    private void add(Mapping namespace, RecordedCall call) {
        String option = "";
        for (RecordedCall.Argument argument : call.positional()) {
            if (argument.value() instanceof Value.Text text
                    && (option.isEmpty()
                            || !option.startsWith("--") && text.value().startsWith("--"))) {
                option = text.value();
            }
        }
        String name = call.keyword("dest")
                .map(RecordedCall.Argument::value)
                .filter(Value.Text.class::isInstance)
                .map(v -> ((Value.Text) v).value())
                .orElse(stripped(option).replace('-', '_'));
        if (!name.isEmpty()) {
            Optional<Value> before = namespace.get(name);
            Value value = value(call, option);
            boolean isPlain = call.keyword("default").isEmpty() && before.isPresent();
            namespace.put(name, isPlain ? before.get() : value);
        }
    }

    private static String stripped(String option) {
        int start = 0;
        while (start < option.length() && option.charAt(start) == '-') {
            start++;
        }
        return option.substring(start);
    }

    private Value value(RecordedCall call, String option) {
        Optional<RecordedCall.Argument> given = call.keyword("default");
        String action = call.keyword("action")
                .map(a -> a.value() instanceof Value.Text t ? t.value() : "")
                .orElse("");
        if (given.isPresent()) {
            return noted(converted(given.get().value(), call), option);
        }
        if (action.equals("store_true") || action.equals("store_false")) {
            Origin origin = Origin.NONE.noted("command line default of " + option);
            return new Value.Bool(action.equals("store_false"), origin);
        }
        boolean isRequired = !option.startsWith("-")
                || call.keyword("required").flatMap(a -> host.truth(a.value())).orElse(false);
        return isRequired
                ? host.unknown("the command line's " + option + ", which has no default", call.place())
                : noted(NONE, option);
    }

    /** A default that is a text is read as one of the command line is. */
    private Value converted(Value value, RecordedCall call) {
        Optional<RecordedCall.Argument> type = call.keyword("type");
        if (!(value instanceof Value.Text) || type.isEmpty()) {
            return value;
        }
        Place place = call.place();
        return host.call(type.get().value(), Arguments.of(place, value), place);
    }

    private static Value noted(Value value, String option) {
        return value.bornAt(value.born().noted("command line default of " + option));
    }

    /** {@code FLAGS.name} of absl or of TensorFlow, if the program defines it. */
    Optional<Value> flag(Value.Library owner, String name, Place place) {
        boolean isFlags = owner.name().endsWith("flags.FLAGS");
        if (!isFlags) {
            return Optional.empty();
        }
        List<Event> events = host.events();
        Optional<Value> changed = changedFlag(events, name);
        if (changed.isPresent()) {
            return changed;
        }
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof RecordedCall call
                    && isDefinition(call)
                    && call.argument("name", 0)
                            .map(a -> a.value() instanceof Value.Text text
                                    && text.value().equals(name))
                            .orElse(false)) {
                return Optional.of(default_(call, name));
            }
        }
        return Optional.empty();
    }

    /** A flag that the program gives to itself: {@code FLAGS.set_default(name, value)}, {@code FLAGS(["", "--lr=1"])}. */
    private Optional<Value> changedFlag(List<Event> events, String name) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (!(events.get(i) instanceof RecordedCall call)
                    || call.positional().isEmpty() && call.keywords().isEmpty()) {
                continue;
            }
            String called = call.name();
            if (called.endsWith("flags.FLAGS") && isLine(call)) {
                return Optional.of(own(call));
            }
            boolean isSet = called.endsWith("flags.FLAGS.set_default")
                    || called.endsWith("flags.FLAGS.__setattr__")
                    || called.endsWith("flags.set_default");
            Optional<Value> named = call.argument("name", 0).map(RecordedCall.Argument::value);
            boolean isOther = named.isPresent()
                    && named.get() instanceof Value.Text text
                    && !text.value().equals(name);
            if (isSet && !isOther) {
                return Optional.of(given(call, named, name));
            }
        }
        return Optional.empty();
    }

    private static boolean isLine(RecordedCall call) {
        return !call.positional().isEmpty()
                && call.positional().get(0).value() instanceof Sequence line
                && line.elements().size() > 1;
    }

    /** The new value, where the flag is given it whatever the run is. */
    private Value given(RecordedCall call, Optional<Value> named, String name) {
        Optional<Value> value = call.argument("value", 1).map(RecordedCall.Argument::value);
        boolean isSure = named.isPresent()
                && named.get() instanceof Value.Text
                && !call.circumstances().isConditional()
                && !call.isOpen();
        return isSure && value.isPresent() ? noted(value.get(), "--" + name) : own(call);
    }

    private Value own(RecordedCall call) {
        return host.unknown("a flag that the program may give to itself", call.place());
    }

    private static boolean isDefinition(RecordedCall call) {
        return call.callee() instanceof Value.Library library && library.name().contains("flags.DEFINE_");
    }

    private Value default_(RecordedCall call, String name) {
        if (!call.name().endsWith("config_flags.DEFINE_config_file")) {
            return plain(call, name);
        }
        Value known = configurations.get(call);
        if (known != null) {
            return known;
        }
        // Not computeIfAbsent: the file may define flags of its own.
        Value made = configuration(call, name);
        configurations.put(call, made);
        return made;
    }

    /** What {@code get_config} of the flag's file gives: what is after a colon is its argument. */
    private Value configuration(RecordedCall call, String name) {
        Value named = plain(call, name);
        if (!(named instanceof Value.Text text)) {
            return named instanceof Value.Unknown
                    ? named
                    : host.unknown("the flag " + name + ", which names no file by default", call.place());
        }
        String[] parts = text.value().split(":", 2);
        Optional<Value> maker =
                host.moduleOf(parts[0]).flatMap(module -> module.scope().own("get_config"));
        if (maker.isEmpty()) {
            return host.unknown(
                    "get_config of " + parts[0] + ", which is not in the repository, or in more than one folder of it",
                    call.place());
        }
        Value argument = new Value.Text(parts[parts.length - 1], text.origin());
        Arguments given = parts.length == 1 ? Arguments.of(call.place()) : Arguments.of(call.place(), argument);
        return host.call(maker.get(), given, call.place());
    }

    private Value plain(RecordedCall call, String name) {
        return call.argument("default", 1)
                .or(() -> call.keyword("default_value"))
                .map(a -> noted(a.value(), "--" + name))
                .orElseGet(() -> host.unknown("the flag " + name + ", which has no default", call.place()));
    }

    /** {@code HOLDER.value}, where the holder is what a definition of a flag gave. */
    Optional<Value> holder(Value owner, String name) {
        if (name.equals("value") && owner instanceof Value.Made made && isDefinition(made.call())) {
            String flag = made.call()
                    .argument("name", 0)
                    .map(a -> a.value() instanceof Value.Text t ? t.value() : "")
                    .orElse("");
            return Optional.of(default_(made.call(), flag));
        }
        return Optional.empty();
    }

    /** The defaults that a decorator of click gives to a function's parameters. */
    public static Map<String, Value> click(Value decorator) {
        Map<String, Value> defaults = new LinkedHashMap<>();
        if (!(decorator instanceof Value.Made made) || !made.call().name().equals("click.option")) {
            return defaults;
        }
        String option = "";
        String name = "";
        for (RecordedCall.Argument argument : made.call().positional()) {
            if (!(argument.value() instanceof Value.Text text)) {
                continue;
            }
            String value = text.value().split("/", 2)[0];
            if (!value.startsWith("-")) {
                name = value;
            } else if (value.startsWith("--") || option.isEmpty()) {
                option = value;
            }
        }
        String bound = name.isEmpty() ? stripped(option).replace('-', '_') : name;
        boolean isFlag = made.call().keyword("is_flag").isPresent();
        Value value = made.call()
                .keyword("default")
                .map(RecordedCall.Argument::value)
                .orElse(isFlag ? new Value.Bool(false, Origin.NONE) : NONE);
        defaults.put(bound, noted(value, option));
        return defaults;
    }
}

package samestep.program.library;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Builtin;
import samestep.program.value.Event;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Partial;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** What is known of Python's own library and of libraries for configurations. */
final class LibraryFunctions {
    private static final Value NONE = new Value.None(Origin.NONE);
    private static final Set<String> SET_ENVIRONMENT =
            Set.of("os.environ.update", "os.environ.setdefault", "os.environ.pop", "os.environ.clear", "os.putenv");

    private final Host host;
    private final MappingMethods mappings;
    private final Loading loading;
    private final Paths paths;

    LibraryFunctions(Host host, MappingMethods mappings) {
        this.host = host;
        this.mappings = mappings;
        this.loading = new Loading(host);
        this.paths = new Paths(host);
    }

    Optional<Value> constant(String name) {
        return switch (name) {
            case "math.pi", "numpy.pi" -> Optional.of(Value.Number.computed(Math.PI, Origin.NONE));
            case "math.e", "numpy.e" -> Optional.of(Value.Number.computed(Math.E, Origin.NONE));
            case "math.inf", "numpy.inf" -> Optional.of(Value.Number.computed(Double.POSITIVE_INFINITY, Origin.NONE));
            case "math.nan", "numpy.nan" -> Optional.of(Value.Number.computed(Double.NaN, Origin.NONE));
            case "os.sep", "os.path.sep" -> Optional.of(new Value.Text("/", Origin.NONE));
            default -> Optional.empty();
        };
    }

    Optional<Value> call(String name, Arguments arguments, Place place) {
        if (name.startsWith("math.") || name.startsWith("numpy.")) {
            return new MathFunctions(host).call(name, arguments, place);
        }
        if (name.startsWith("os.path.") || name.startsWith("pathlib.") || name.equals("os.getcwd")) {
            return paths.call(name, arguments, place);
        }
        Optional<Value> first = arguments.at(0);
        return switch (name) {
            case "functools.partial" -> first.map(f -> partial(f, arguments));
            case "copy.copy", "copy.deepcopy" ->
                first.map(v -> new Copies(host, place, !name.equals("copy.copy")).of(v));
            case "dataclasses.replace" -> first.flatMap(v -> new Copies(host, place, false).replaced(v, arguments));
            case "functools.wraps", "functools.update_wrapper" -> Optional.of(Value.Library.of("functools.lru_cache"));
            case "six.moves.range", "six.moves.xrange" ->
                Optional.of(host.call(new Builtin("range", Optional.empty()), arguments, place));
            case "six.moves.zip", "six.moves.map", "six.moves.filter" ->
                Optional.of(host.call(
                        new Builtin(name.substring(name.lastIndexOf('.') + 1), Optional.empty()), arguments, place));
            case "six.iteritems", "six.itervalues", "six.iterkeys" ->
                first.map(dict -> host.call(
                        host.attribute(dict, name.substring("six.iter".length()), place), Arguments.of(place), place));
            case "collections.namedtuple" -> NamedTuples.type(arguments, place);
            case "typing.cast" -> arguments.at(1);
            case "collections.OrderedDict" -> Optional.of(mappings.make("collections.OrderedDict", arguments, place));
            case "collections.defaultdict" -> Optional.of(defaultDict(arguments, place));
            case "yacs.config.CfgNode", "fvcore.common.config.CfgNode", "detectron2.config.CfgNode" ->
                Optional.of(mappings.make(name, arguments, place));
            case "easydict.EasyDict",
                    "ml_collections.ConfigDict",
                    "ml_collections.config_dict.ConfigDict",
                    "ml_collections.FrozenConfigDict",
                    "addict.Dict",
                    "types.SimpleNamespace",
                    "argparse.Namespace",
                    "mmcv.ConfigDict",
                    "mmengine.ConfigDict",
                    "omegaconf.OmegaConf.create" -> Optional.of(mappings.make(name, arguments, place));
            case "absl.app.run" -> arguments.get(0, "main").map(main -> started(main, place));
            case "ml_collections.config_dict.placeholder" -> Optional.of(NONE);
            case "os.environ.get", "os.getenv" -> environment(arguments);
            case "sys.path.append", "sys.path.insert" -> {
                paths.search(arguments.at(arguments.count() - 1).orElse(NONE));
                yield Optional.of(NONE);
            }
            case "functools.reduce", "six.moves.reduce" -> new IterableFunctions(host).reduce(arguments, place);
            case "itertools.chain" -> Optional.of(chain(arguments, place));
            case "operator.attrgetter", "operator.itemgetter" -> Optional.empty();
            default -> loading.call(name, arguments, place);
        };
    }

    /** What the program set itself, or else the default; without one a run decides. */
    private Optional<Value> environment(Arguments arguments) {
        Value name = arguments.get(0, "key").orElse(NONE);
        Value.Library variables = Value.Library.of("os.environ");
        Optional<Value> set = host.stored(variables, List.of("item", Keys.of(name)));
        boolean isOther = host.events().stream().anyMatch(event -> isOtherSetting(event, variables));
        if (set.isPresent() || isOther) {
            return set.filter(value -> !isOther);
        }
        return arguments
                .get(1, "default")
                .map(v -> v.bornAt(
                        v.born().noted("default of environment variable " + samestep.program.value.Show.value(name))));
    }

    /** Whether environment variables are set in a way of which is not known which. */
    private static boolean isOtherSetting(Event event, Value variables) {
        if (event instanceof Event.ElementSet set) {
            return set.owner().equals(variables) && !(set.index() instanceof Value.Text);
        }
        return event instanceof RecordedCall call
                && (SET_ENVIRONMENT.contains(call.name()) || call.lastName().equals("load_dotenv"));
    }

    /** absl calls the program's function with the words of the command line that are not flags. */
    private Value started(Value main, Place place) {
        return host.call(main, Arguments.of(place, host.unknown("the words of the command line", place)), place);
    }

    /** Methods of what library calls made. */
    Optional<Value> method(Value callee, Arguments arguments, Place place) {
        if (!(callee instanceof Value.Member member)) {
            return Optional.empty();
        }
        return NamedTuples.method(member, arguments, place).or(() -> loading.method(member, arguments, place));
    }

    private static Value partial(Value function, Arguments arguments) {
        List<RecordedCall.Argument> rest = arguments.positional().subList(1, arguments.count());
        Map<String, RecordedCall.Argument> keywords = new LinkedHashMap<>(arguments.keywords());
        if (function instanceof Partial inner) {
            List<RecordedCall.Argument> all = new ArrayList<>(inner.positional());
            all.addAll(rest);
            Map<String, RecordedCall.Argument> both = new LinkedHashMap<>(inner.keywords());
            both.putAll(keywords);
            return new Partial(inner.function(), all, both);
        }
        return new Partial(function, rest, keywords);
    }

    private Mapping defaultDict(Arguments arguments, Place place) {
        Mapping mapping = new Mapping("collections.defaultdict", Optional.of(place));
        arguments.at(0).filter(f -> !(f instanceof Value.None)).ifPresent(f -> mapping.put(MappingMethods.FACTORY, f));
        arguments.at(1).ifPresent(more -> mappings.merge(mapping, more, place));
        return mapping;
    }

    private Value chain(Arguments arguments, Place place) {
        List<Value> all = new ArrayList<>();
        Optional<Value> rest = arguments.open();
        for (RecordedCall.Argument argument : arguments.positional()) {
            Optional<List<Value>> elements = host.elements(argument.value());
            if (elements.isPresent()) {
                all.addAll(elements.get());
            } else {
                all.add(new Value.Guarded(new Value.Each(argument.value(), argument.place()), host.circumstances()));
            }
        }
        return new Sequence(Sequence.Kind.LIST, all, rest, Optional.of(place));
    }
}

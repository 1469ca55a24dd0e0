package samestep.program.library;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.syntax.json.Json;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/** Reads JSON and YAML files of the repository that a program names by a constant path. */
final class Loading {
    private static final String OMEGA = "omegaconf.OmegaConf.create";

    private final Host host;

    Loading(Host host) {
        this.host = host;
    }

    Optional<Value> call(String name, Arguments arguments, Place place) {
        Optional<Value> first = arguments.at(0);
        return switch (name) {
            case "json.load", "json.loads", "yaml.safe_load", "yaml.load", "yaml.full_load" ->
                first.flatMap(Loading::opened).map(path -> file(path, place));
            case "omegaconf.OmegaConf.load" -> first.map(path -> converted(OMEGA, file(path, place)));
            case "omegaconf.OmegaConf.merge" -> Optional.of(merged(arguments, place));
            case "omegaconf.OmegaConf.to_container" -> first.map(v -> converted(Mapping.DICT, v));
            case "omegaconf.OmegaConf.structured" -> first;
            default -> Optional.empty();
        };
    }

    /** Methods of what was opened are recorded; a path's own methods open it. */
    Optional<Value> method(Value.Member member, Arguments arguments, Place place) {
        return Optional.empty();
    }

    /** The path of {@code open(path)} or {@code open(path).read()}. */
    private static Optional<Value> opened(Value value) {
        if (!(value instanceof Value.Made made)) {
            return Optional.empty();
        }
        RecordedCall call = made.call();
        if (call.callee() instanceof Value.Library library && library.name().equals("open")
                || call.name().equals("codecs.open")
                || call.name().equals("io.open")
                || call.name().equals("tensorflow.io.gfile.GFile")) {
            return call.positional().isEmpty()
                    ? Optional.empty()
                    : Optional.of(call.positional().get(0).value());
        }
        return call.callee() instanceof Value.Member member && member.name().equals("read")
                ? opened(member.owner())
                : Optional.empty();
    }

    /** The content of a file; not known if it is not one of the repository. */
    Value file(Value path, Place place) {
        if (!(path instanceof Value.Text text)) {
            return host.unknown("a file whose name is not known", place);
        }
        Optional<SourceText> source = find(text.value());
        if (source.isEmpty()) {
            return host.unknown("a file that is not in the repository", place);
        }
        var parsed = text.value().endsWith(".json")
                ? Json.parse(source.get()).value().map(Yaml::of)
                : Yaml.parse(source.get()).value();
        return parsed.map(value -> value(value, source.get()))
                .orElseGet(() -> host.unknown("a file with errors", place));
    }

    private Optional<SourceText> find(String path) {
        String clean = Paths.normalized(path);
        if (clean.startsWith("/")) {
            return host.repository().read(clean.substring(1));
        }
        if (clean.startsWith("..")) {
            return Optional.empty();
        }
        String folder = host.currentPath().substring(0, host.currentPath().lastIndexOf('/') + 1);
        return host.repository().read(folder + clean).or(() -> host.repository().read(clean));
    }

    private Value value(YamlValue yaml, SourceText source) {
        YamlValue value = yaml.resolved();
        Place place = new Place(source, value.span());
        if (value instanceof YamlMapping map) {
            Mapping mapping = new Mapping(Mapping.DICT, Optional.of(place));
            map.visible().forEach(entry -> mapping.put(scalar(entry.key(), source), value(entry.value(), source)));
            return mapping;
        }
        if (value instanceof YamlSequence list) {
            List<Value> elements = new ArrayList<>();
            list.values().forEach(e -> elements.add(value(e, source)));
            return new Sequence(Sequence.Kind.LIST, elements, Optional.of(place));
        }
        return scalar((YamlScalar) value, source);
    }

    private static Value scalar(YamlScalar scalar, SourceText source) {
        Place place = new Place(source, scalar.span());
        Origin origin = Origin.written(place);
        return switch (scalar.kind()) {
            case NULL -> new Value.None(origin);
            case BOOLEAN -> new Value.Bool(scalar.isTrue(), origin);
            case INTEGER, FLOAT -> number(scalar, origin);
            default -> new Value.Text(scalar.text(), origin);
        };
    }

    private static Value number(YamlScalar scalar, Origin origin) {
        Optional<BigDecimal> decimal = scalar.decimal();
        if (decimal.isEmpty()) {
            return Value.Number.computed(scalar.doubleValue(), origin);
        }
        return scalar.kind() == YamlScalar.Kind.INTEGER
                ? Value.Number.of(decimal.get().toBigInteger(), origin)
                : Value.Number.of(decimal.get(), origin);
    }

    private Value converted(String type, Value value) {
        if (value instanceof Mapping mapping) {
            Mapping result = new Mapping(type, mapping.place());
            mapping.entries().forEach(e -> result.put(e.key(), converted(type, e.value())));
            mapping.rest().ifPresent(result::open);
            return result;
        }
        return value;
    }

    private Value merged(Arguments arguments, Place place) {
        MappingMethods methods = new MappingMethods(host);
        Mapping result = new Mapping(OMEGA, Optional.of(place));
        for (RecordedCall.Argument argument : arguments.positional()) {
            if (converted(OMEGA, argument.value()) instanceof Mapping more) {
                methods.mergeDeep(result, more);
            } else {
                result.open(argument.value());
            }
        }
        return result;
    }
}

package samestep.dialect.pytorch.lazy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.World;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * What detectron2's functions give: {@code LazyCall(f)(a=1)} is a dict with {@code a} and {@code _target_}, and {@code
 * model_zoo.get_config} gives a file of detectron2's own. Source: detectron2/config/lazy.py, model_zoo/model_zoo.py.
 */
final class LazyWorld implements World {
    /** Its dicts have their entries as attributes. */
    static final String TYPE = "omegaconf.DictConfig";
    /** What is called later. */
    static final String TARGET = "_target_";

    private static final Set<String> LAZY_CALL =
            Set.of("detectron2.config.LazyCall", "detectron2.config.lazy.LazyCall");
    private static final Set<String> GET_CONFIG =
            Set.of("detectron2.model_zoo.get_config", "detectron2.model_zoo.model_zoo.get_config");
    private static final int DEEPEST = 60;

    @Override
    public Optional<Value> result(RecordedCall call) {
        if (call.callee() instanceof Value.Made made && isLazyCall(made.call())) {
            return Optional.of(lazy(made.call(), call));
        }
        if (call.callee() instanceof Value.Library library && GET_CONFIG.contains(library.name())) {
            return Optional.of(own(call));
        }
        boolean isCreate =
                call.callee() instanceof Value.Library library && library.name().equals("omegaconf.OmegaConf.create");
        if (isCreate && call.positional().isEmpty() && call.keywords().isEmpty()) {
            return Optional.of(new Mapping(TYPE, Optional.of(call.place())));
        }
        return isCreate ? call.argument("obj", 0).map(argument -> dictConfig(argument.value())) : Optional.empty();
    }

    private static boolean isLazyCall(RecordedCall call) {
        return call.callee() instanceof Value.Library library && LAZY_CALL.contains(library.name());
    }

    /** Containers in it are copied, as OmegaConf copies what is put into a dict. */
    private static Value lazy(RecordedCall target, RecordedCall call) {
        Mapping config = new Mapping(TYPE, Optional.of(call.place()));
        call.keywords().forEach((name, argument) -> config.put(name, dictConfig(argument.value())));
        target.argument("target", 0).ifPresent(argument -> config.put(TARGET, argument.value()));
        if (call.isOpen() || !call.positional().isEmpty()) {
            config.override(new Value.Unknown("the call has arguments that are not known", Optional.of(call.place())));
        }
        return config;
    }

    private static Mapping own(RecordedCall call) {
        Optional<Value> path = call.argument("config_path", 0).map(RecordedCall.Argument::value);
        String name = path.orElse(null) instanceof Value.Text text ? text.value() : "";
        return CommonFiles.of(name, call.place()).orElseGet(() -> unread(name, call.place()));
    }

    /** Whatever is taken of it is not known. */
    private static Mapping unread(String name, Place place) {
        Mapping file = new Mapping(TYPE, Optional.of(place));
        String where = name.isEmpty() ? "a file" : name;
        file.open(new Value.Unknown(
                "it is in " + where + " of the installed detectron2, which is not read", Optional.of(place)));
        return file;
    }

    /** A copy, whose dicts have their entries as attributes. */
    static Value dictConfig(Value value) {
        return copied(value, 0);
    }

    private static Value copied(Value value, int depth) {
        if (depth > DEEPEST) {
            return new Value.Unknown("a value that nests too deep", Optional.empty());
        }
        if (value instanceof Mapping mapping) {
            Mapping copy = new Mapping(TYPE, mapping.place());
            mapping.entries().forEach(e -> copy.put(e.key(), copied(e.value(), depth + 1)));
            mapping.rest().ifPresent(copy::open);
            return copy;
        }
        if (value instanceof Sequence sequence) {
            List<Value> elements =
                    sequence.elements().stream().map(e -> copied(e, depth + 1)).toList();
            return new Sequence(sequence.kind(), elements, sequence.rest(), sequence.place());
        }
        return value;
    }
}

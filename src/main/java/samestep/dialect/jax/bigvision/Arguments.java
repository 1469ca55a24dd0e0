package samestep.dialect.jax.bigvision;

import java.util.Optional;
import samestep.program.World;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** What {@code parse_arg} gives where a configuration is named without arguments. Source: big_vision/configs/common.py. */
final class Arguments implements World {
    private static final String LAZY = "lazy";

    @Override
    public Optional<Value> result(RecordedCall call) {
        boolean isAsked = call.name().endsWith("common.parse_arg")
                && !call.isOpen()
                && call.argument("arg", 0)
                        .filter(arg -> arg.value() instanceof Value.None)
                        .isPresent();
        if (!isAsked) {
            return Optional.empty();
        }
        Mapping defaults = new Mapping("ml_collections.ConfigDict", Optional.of(call.place()));
        call.keywords().forEach((name, argument) -> {
            if (!name.equals(LAZY) && !name.equals("arg")) {
                defaults.put(name, plain(argument.value()));
            }
        });
        return Optional.of(defaults);
    }

    /** A default may come with its type. */
    private static Value plain(Value value) {
        return value instanceof Sequence pair
                        && pair.kind() == Sequence.Kind.TUPLE
                        && pair.elements().size() == 2
                ? pair.elements().get(0)
                : value;
    }
}

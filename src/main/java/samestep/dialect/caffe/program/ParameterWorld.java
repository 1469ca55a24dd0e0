package samestep.dialect.caffe.program;

import java.util.List;
import java.util.Optional;
import samestep.program.World;
import samestep.program.value.Value;

/** Words of Caffe's enums, such as {@code caffe.params.Loss.VALID}: two of them are the same if their names are. */
final class ParameterWorld implements World {
    /** Where programs have them from: {@code from caffe import params as P}, {@code from caffe.model_libs import *}. */
    private static final List<String> WORDS = List.of("caffe.params.", "caffe.model_libs.P.");

    @Override
    public Optional<Boolean> truth(Value condition) {
        if (!(condition instanceof Value.Computed computed)
                || computed.operands().size() != 2) {
            return Optional.empty();
        }
        Optional<String> left = word(computed.operands().get(0));
        Optional<String> right = word(computed.operands().get(1));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        return switch (computed.operator()) {
            case "==" -> Optional.of(left.equals(right));
            case "!=" -> Optional.of(!left.equals(right));
            default -> Optional.empty();
        };
    }

    /** The word of an enum that a value is. */
    static Optional<String> word(Value value) {
        return value instanceof Value.Library library && WORDS.stream().anyMatch(library.name()::startsWith)
                ? Optional.of(library.name().substring(library.name().lastIndexOf('.') + 1))
                : Optional.empty();
    }
}

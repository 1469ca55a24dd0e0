package samestep.dialect.tensorflow.program.call;

import java.util.Optional;
import java.util.Set;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Numbers that a program makes tensors of. */
public final class Scalars {
    private static final Set<String> SAME =
            Set.of("tf.constant", "tf.convert_to_tensor", "tf.to_float", "tf.identity", "tf.cast");
    private static final int DEEPEST = 8;

    private Scalars() {}

    /** The number that a constant tensor holds; the value itself where it is not a constant. */
    public static Value peeled(Value value) {
        Value at = value;
        for (int i = 0; i < DEEPEST; i++) {
            if (at instanceof Value.Guarded guarded
                    && guarded.when().conditions().isEmpty()) {
                at = guarded.value();
            } else if (at instanceof Value.Made made && isSame(made.call())) {
                at = made.call().positional().get(0).value();
            } else {
                break;
            }
        }
        return at;
    }

    private static boolean isSame(RecordedCall call) {
        Optional<String> name = Names.of(call).filter(SAME::contains);
        if (name.isEmpty() || call.positional().isEmpty()) {
            return false;
        }
        // A cast to whole numbers cuts.
        Optional<Value> type = call.argument("dtype", 1).map(RecordedCall.Argument::value);
        boolean isFloat = type.isEmpty()
                || Names.of(type.get()).map(n -> n.startsWith("tf.float")).orElse(false);
        return isFloat || call.positional().get(0).value() instanceof Value.Number n && n.isInteger();
    }
}

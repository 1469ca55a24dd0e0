package samestep.dialect.keras.program;

import java.util.Optional;
import java.util.function.Function;
import samestep.dialect.keras.write.KerasPythonClasses;
import samestep.program.KnownTexts;
import samestep.program.Trace;
import samestep.program.World;
import samestep.program.value.Value;

/** What Samestep itself writes into programs of Keras. */
final class WrittenWorld implements World {
    private final KnownTexts ours = new KnownTexts(KerasPythonClasses::named);

    @Override
    public Optional<Value> definition(String text, Function<String, Optional<Value>> names) {
        return ours.definition(text, names);
    }

    /** A name that our classes use, and that the program binds to something else after them. */
    Optional<String> rebound(Trace trace) {
        return ours.rebound(trace);
    }
}

package samestep.dialect.keras.program;

import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;

/**
 * A layer that a program makes.
 *
 * @param className its class in Keras; of a class of the program's own the one that it inherits from
 * @param ownName the name of its class, from which its automatic name comes
 * @param call the call with its arguments; empty where nothing is known of them
 * @param skipped how many positional arguments of the call do not belong to the layer
 * @param instance of which the call is the constructor, where its class is of the program
 * @param order its number among the events
 * @param place where it is made
 */
record Made(
        String className,
        String ownName,
        Optional<RecordedCall> call,
        int skipped,
        Optional<Instance> instance,
        int order,
        Place place) {
    /** Whether its class says nothing about its variables. */
    boolean isPlain() {
        return className.equals("Layer") || className.equals("Wrapper");
    }
}

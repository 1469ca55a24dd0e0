package samestep.dialect.tensorflow.program.graph;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import samestep.dialect.tensorflow.program.call.Conditions;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/**
 * A variable of the graph.
 *
 * @param value what stands for it in the program
 * @param path its name without {@code :0}; a star stands for a part that is not known
 * @param isNameKnown whether the name has no such part
 * @param isTrained whether it is among the trainable variables
 * @param regularizers those that make penalties of it: its own, that of the scope around it
 * @param losses the penalties that they made, as values
 * @param call what made it
 * @param when under what it is made
 */
public record Variable(
        Value value,
        String path,
        boolean isNameKnown,
        boolean isTrained,
        List<Argument> regularizers,
        List<Value> losses,
        RecordedCall call,
        Circumstances when) {

    private static final Pattern INTEGERS = Pattern.compile("(tf|tensorflow|numpy|np)\\.u?int\\d*");

    /** Copies the lists. */
    public Variable {
        regularizers = List.copyOf(regularizers);
        losses = List.copyOf(losses);
    }

    /** The same, made under other circumstances too. */
    Variable alsoWhen(Circumstances other) {
        return new Variable(
                value,
                path,
                isNameKnown,
                isTrained,
                regularizers,
                losses,
                call,
                when.with(Conditions.either(when, other)));
    }

    /**
     * Whether it holds whole numbers, as a counter of steps: no gradient reaches it, though it may be among the trainable ones.
     * Source: tensorflow/python/training/optimizer.py, which passes over variables without a gradient.
     */
    public boolean isCounter() {
        Map<String, Argument> arguments =
                Names.of(call).map(name -> Signatures.arguments(name, call)).orElse(Map.of());
        Argument type = arguments.get("dtype");
        if (type != null && !(type.value() instanceof Value.None)) {
            return type.value() instanceof Value.Library library
                    && INTEGERS.matcher(library.name()).matches();
        }
        Argument initial = arguments.get("initial_value");
        return initial != null && initial.value() instanceof Value.Number number && number.isInteger();
    }

    /** Where it is made. */
    public Place place() {
        return call.place();
    }
}

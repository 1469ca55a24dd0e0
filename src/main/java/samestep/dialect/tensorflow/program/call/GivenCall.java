package samestep.dialect.tensorflow.program.call;

import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Place;
import samestep.recipe.Quantity;

/** A call of one of TensorFlow's functions with its arguments, wherever it is written: in a document or in a program. */
public interface GivenCall {
    /** The function's own name, without its modules. */
    String name();

    /** Whether an argument is given, and is not None. */
    boolean has(String argument);

    /** A number, if it is given; one that is not known is reported. */
    Optional<Quantity> number(String argument, int position);

    /** A number, or the function's default. */
    default Quantity number(String argument, int position, String byDefault) {
        return number(argument, position)
                .orElseGet(() -> Quantity.byDefault(byDefault, "TensorFlow's default of " + argument));
    }

    /** Whether an argument is given and true. */
    boolean flag(String argument);

    /** The numbers of a list; empty if it is not given. */
    List<Quantity> numbers(String argument);

    /** A call among the arguments. */
    Optional<? extends GivenCall> call(String argument);

    /** Where it is. */
    Optional<Place> where();

    /** Adds a finding about it. */
    void report(Code code, String message);
}

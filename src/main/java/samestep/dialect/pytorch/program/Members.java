package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.dialect.pytorch.program.table.Values;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Which parameters a value is: those of a model, a list of some, or lists of lists. */
final class Members {
    private static final int DEEPEST = 12;

    private final ModelWorld world;
    private final List<ModelParameter> parameters = new ArrayList<>();
    private Optional<String> unknown = Optional.empty();

    private Members(ModelWorld world) {
        this.world = world;
    }

    /**
     * What came of reading.
     *
     * @param parameters which they are, in order
     * @param unknown why not all are known, if they are not
     */
    record Found(List<ModelParameter> parameters, Optional<String> unknown) {}

    /** The parameters that a value is. */
    static Found of(Value value, ModelWorld world) {
        Members members = new Members(world);
        members.add(value, 0);
        return new Found(List.copyOf(members.parameters), members.unknown);
    }

    private void add(Value value, int depth) {
        Optional<ModelParameter> parameter = world.parameter(value);
        Optional<List<ModelParameter>> model = world.parametersOf(value);
        if (parameter.isPresent()) {
            parameters.add(parameter.get());
        } else if (model.isPresent()) {
            parameters.addAll(model.get());
        } else if (depth > DEEPEST) {
            unknown("it is nested too deep");
        } else if (value instanceof Sequence sequence) {
            sequence.elements().forEach(element -> add(element, depth + 1));
            sequence.rest().ifPresent(rest -> unknown(Values.why(rest)));
        } else if (value instanceof Mapping mapping && mapping.rest().isEmpty()) {
            mapping.entries().forEach(entry -> add(entry.value(), depth + 1));
        } else if (value instanceof Value.Guarded guarded) {
            unknown(guarded.when().conditions().stream()
                    .map(Condition::toString)
                    .reduce((first, second) -> second)
                    .map(text -> "whether a parameter is in the list depends on " + text)
                    .orElse("a loop over what is not known makes the list"));
        } else if (value instanceof Value.Made made && made.call().name().startsWith("itertools.chain")) {
            made.call().positional().stream().map(RecordedCall.Argument::value).forEach(a -> add(a, depth + 1));
        } else {
            other(value, depth);
        }
    }

    /** What is not a list: a parameter that the program makes itself, or something unknown that may be anything. */
    private void other(Value value, int depth) {
        boolean isLists = value instanceof Value.Computed sum && sum.operator().equals("+");
        if (isLists) {
            ((Value.Computed) value).operands().forEach(operand -> add(operand, depth + 1));
            return;
        }
        unknown(Values.why(value));
    }

    private void unknown(String why) {
        if (unknown.isEmpty()) {
            unknown = Optional.of(why);
        }
    }
}

package samestep.dialect.tensorflow.program.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.write.ProgramApi;
import samestep.dialect.tensorflow.write.ProgramDefinitions;
import samestep.dialect.write.Reasons;
import samestep.program.World;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * The place of a network in a program of Samestep's own writing: it stands for layers that get what the table has for each of
 * them.
 */
public final class WrittenNetwork {
    private final Variables variables;
    private final GraphCollections collections;
    private final Problems problems;

    WrittenNetwork(Variables variables, GraphCollections collections, Problems problems) {
        this.variables = variables;
        this.collections = collections;
        this.problems = problems;
    }

    /** Whether a call is of one. */
    public static boolean is(RecordedCall call) {
        return call.callee() instanceof Value.Library library && library.name().startsWith(ProgramDefinitions.OURS);
    }

    private static boolean isModel(RecordedCall call) {
        return call.callee() instanceof Value.Library library && library.name().equals(ProgramDefinitions.MODEL);
    }

    /** Makes the variables of the table that is the last argument. */
    void made(RecordedCall call, World.Calls calls) {
        Optional<Argument> table = call.argument("layers", isModel(call) ? 0 : 1);
        boolean isKnown = table.isPresent()
                && table.get().value() instanceof Mapping layers
                && layers.rest().isEmpty()
                && layers.entries().stream().allMatch(e -> e.key() instanceof Value.Text);
        if (!isKnown) {
            problems.unknown(call.place(), "the table of the layers is not known");
            return;
        }
        for (Mapping.Entry entry : ((Mapping) table.get().value()).entries()) {
            layer(((Value.Text) entry.key()).value(), entry.value(), call, calls);
        }
    }

    private void layer(String layer, Value given, RecordedCall call, World.Calls calls) {
        Optional<Map<String, Argument>> arguments = arguments(given, call);
        Optional<Map<String, String>> made = arguments.flatMap(a -> ProgramApi.variables(a.keySet()));
        if (arguments.isEmpty() || made.isEmpty()) {
            problems.unknown(call.place(), "what is given to " + layer + " is not known: " + Reasons.of(given));
            return;
        }
        made.get()
                .forEach((variable, argument) -> Optional.ofNullable(
                                arguments.get().get(argument))
                        .ifPresent(value -> variable(layer, variable, value, call, calls)));
        ofNorm(arguments.get(), call).forEach((variable, argument) -> variable(layer, variable, argument, call, calls));
    }

    /** What a normalisation of slim has for its parameters, by their names. */
    private Map<String, Argument> ofNorm(Map<String, Argument> arguments, RecordedCall call) {
        Argument given = arguments.get(ProgramApi.OF_NORM);
        return given == null
                ? Map.of()
                : arguments(given.value(), call).orElseGet(() -> {
                    problems.unknown(given.place(), ProgramApi.OF_NORM + " is not known");
                    return Map.of();
                });
    }

    /** The entries of a dict, if its keys are texts. */
    private static Optional<Map<String, Argument>> arguments(Value given, RecordedCall call) {
        boolean isDict = given instanceof Mapping all
                && all.rest().isEmpty()
                && all.entries().stream().allMatch(e -> e.key() instanceof Value.Text);
        if (!isDict) {
            return Optional.empty();
        }
        Map<String, Argument> arguments = new TreeMap<>();
        ((Mapping) given)
                .entries()
                .forEach(e -> arguments.put(
                        ((Value.Text) e.key()).value(),
                        new Argument(e.value(), Reasons.place(e.value()).orElse(call.place()))));
        return Optional.of(arguments);
    }

    private void variable(String layer, String variable, Argument regularizer, RecordedCall call, World.Calls calls) {
        // What no layer makes has its own name there.
        boolean isOwn = variable.isEmpty() || layer.endsWith("/" + variable);
        String path = isOwn ? layer : layer + "/" + variable;
        List<Argument> regularizers = regularizer.value() instanceof Value.None ? List.of() : List.of(regularizer);
        String collected = isModel(call) ? losses(call) : GraphCollections.PENALTIES;
        variables.get(new NameText(path, !path.contains("*")), true, regularizers, collected, call, calls);
    }

    /** The losses of a model of Keras, which are in no collection of the graph. */
    public Optional<Value> attribute(Value owner, String name) {
        boolean areLosses = name.equals("losses") && owner instanceof Value.Made made && isModel(made.call());
        return areLosses ? Optional.of(losses((Value.Made) owner)) : Optional.empty();
    }

    private Sequence losses(Value.Made model) {
        RecordedCall call = model.call();
        return collections.list(losses(call), e -> true, call.circumstances(), call.place());
    }

    private static String losses(RecordedCall model) {
        return "losses of the model at " + model.place();
    }
}

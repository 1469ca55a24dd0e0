package samestep.dialect.keras.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.keras.write.KerasDecayWriter;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** What a program leaves out of the optimizer's decay: {@code optimizer.exclude_from_weight_decay(var_names=[...])}. */
final class Exclusions {
    private static final List<String> ARGUMENTS = List.of("var_list", "var_names");

    private Exclusions() {}

    /** Whether a call is one. */
    static boolean isOne(RecordedCall call) {
        return call.lastName().equals(KerasDecayWriter.EXCLUDED);
    }

    /**
     * The arguments, as a document has them; hidden where they are not known, empty where nothing is left out. The last call
     * replaces what another one said. Source: keras/src/optimizers/base_optimizer.py of Keras 3.15.
     *
     * @param optimizer the one that trains
     */
    static Optional<Node> of(Trace trace, Optional<Value> optimizer, Nodes nodes) {
        List<RecordedCall> calls =
                trace.calls().stream().filter(Exclusions::isOne).toList();
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        RecordedCall last = calls.get(calls.size() - 1);
        return Optional.of(reason(calls, optimizer)
                .<Node>map(why -> new Node.Hidden("what is left out of weight_decay", why, last.place()))
                .orElseGet(() -> names(last, nodes)));
    }

    private static Optional<String> reason(List<RecordedCall> calls, Optional<Value> optimizer) {
        for (RecordedCall call : calls) {
            if (!call.owner().equals(optimizer)) {
                return Optional.of("it is not said of the optimizer itself");
            }
            if (call.circumstances().isConditional() || call.circumstances().isRepeated() || call.isOpen()) {
                return Optional.of("it depends on the run");
            }
        }
        return Optional.empty();
    }

    private static Node names(RecordedCall call, Nodes nodes) {
        Optional<Argument> list = call.argument(ARGUMENTS.get(0), 0).filter(a -> !(a.value() instanceof Value.None));
        Optional<Argument> names = call.argument(ARGUMENTS.get(1), 1).filter(a -> !(a.value() instanceof Value.None));
        if (list.isPresent()) {
            return new Node.Hidden(
                    "what is left out of weight_decay",
                    "variables are given, and not names",
                    list.get().place());
        }
        if (names.isEmpty()) {
            return new Node.Tree(Map.of(), call.place());
        }
        boolean isNames = names.get().value() instanceof Sequence sequence
                && sequence.isComplete()
                && sequence.elements().stream().allMatch(Value.Text.class::isInstance);
        return isNames
                ? new Node.Tree(
                        Map.of(
                                ARGUMENTS.get(1),
                                nodes.of(
                                        "names",
                                        names.get().value(),
                                        names.get().place())),
                        call.place())
                : Nodes.hidden(
                        "what is left out of weight_decay",
                        names.get().value(),
                        names.get().place());
    }
}

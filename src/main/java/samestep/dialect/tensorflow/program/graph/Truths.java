package samestep.dialect.tensorflow.program.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.program.value.Builtin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Conditions about what TensorFlow makes: a tensor is not None, two modes are the same, a word is in a variable's name. */
public final class Truths {
    private static final Set<String> NO_TENSORS =
            Set.of("str", "basestring", "unicode", "int", "long", "float", "bool", "dict");

    private final Variables variables;
    private final Gradients gradients;

    Truths(Variables variables, Gradients gradients) {
        this.variables = variables;
        this.gradients = gradients;
    }

    public Optional<Boolean> of(Value condition) {
        if (condition instanceof Value.Made made) {
            return endsWith(made.call());
        }
        if (!(condition instanceof Value.Computed computed)
                || computed.operands().size() != 2) {
            return condition instanceof Value.Computed not && not.operator().equals("not")
                    ? of(not.operands().get(0)).map(b -> !b)
                    : Optional.empty();
        }
        List<Value> operands = computed.operands();
        return switch (computed.operator()) {
            case "is" -> isNone(operands.get(0), operands.get(1));
            case "is not" -> isNone(operands.get(0), operands.get(1)).map(b -> !b);
            case "isinstance" -> isScalar(operands.get(0), operands.get(1));
            case "==" -> sameMode(operands.get(0), operands.get(1));
            case "!=" -> sameMode(operands.get(0), operands.get(1)).map(b -> !b);
            case "in" -> inName(operands.get(0), operands.get(1));
            case "not in" -> inName(operands.get(0), operands.get(1)).map(b -> !b);
            default -> Optional.empty();
        };
    }

    /** Tensors, variables and gradients that are used are there. */
    private Optional<Boolean> isNone(Value value, Value none) {
        return none instanceof Value.None && isTensor(value) ? Optional.of(false) : Optional.empty();
    }

    /** A tensor is not a number, text or dict of Python. */
    private Optional<Boolean> isScalar(Value value, Value types) {
        List<Value> all = types instanceof Sequence several ? several.elements() : List.of(types);
        boolean arePlain =
                all.stream().allMatch(t -> t instanceof Builtin builtin && NO_TENSORS.contains(builtin.name()));
        return arePlain && isTensor(value) ? Optional.of(false) : Optional.empty();
    }

    private boolean isTensor(Value value) {
        return variables.of(value).isPresent()
                || gradients.of(value).isPresent()
                || value instanceof Value.Made made && Names.of(made.call()).isPresent();
    }

    private static Optional<Boolean> sameMode(Value left, Value right) {
        Optional<String> a = Names.of(left).filter(n -> n.contains("ModeKeys."));
        Optional<String> b = Names.of(right).filter(n -> n.contains("ModeKeys."));
        return a.flatMap(x -> b.map(y -> Names.last(x).equals(Names.last(y))));
    }

    private Optional<Boolean> inName(Value word, Value name) {
        return word instanceof Value.Text text ? name(name).flatMap(n -> n.contains(text.value())) : Optional.empty();
    }

    /** {@code v.op.name.endswith("/kernel")}, of a name of which the end alone is known. */
    private Optional<Boolean> endsWith(RecordedCall call) {
        boolean asks = call.callee() instanceof Value.Member member
                && member.name().equals("endswith")
                && call.positional().size() == 1;
        return asks && call.positional().get(0).value() instanceof Value.Text end
                ? call.owner().flatMap(this::name).flatMap(n -> n.endsWith(end.value()))
                : Optional.empty();
    }

    /** A variable's name, as far as it is known, with what is put before or after it. */
    private Optional<NameText> name(Value value) {
        if (value instanceof Value.Text text) {
            return Optional.of(new NameText(text.value(), true));
        }
        if (value instanceof Value.Computed sum
                && sum.operator().equals("+")
                && sum.operands().size() == 2) {
            return name(sum.operands().get(0))
                    .flatMap(left -> name(sum.operands().get(1)).map(left::with));
        }
        if (!(value instanceof Value.Member member) || !member.name().equals("name")) {
            return Optional.empty();
        }
        Value owner = member.owner() instanceof Value.Member op && op.name().equals("op") ? op.owner() : member.owner();
        return variables.of(owner).map(v -> new NameText(v.path(), v.isNameKnown()));
    }
}

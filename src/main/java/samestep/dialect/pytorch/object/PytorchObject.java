package samestep.dialect.pytorch.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.dialect.pytorch.object.PytorchValue.Epochs;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Nothing;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;

/**
 * An object of PyTorch, or of a library on top of it: a class with arguments.
 *
 * @param classPath with its package, for example {@code torch.optim.SGD}; as written
 * @param arguments by name, in order
 * @param place where it is written; empty for one that is not written yet
 */
public record PytorchObject(String classPath, Map<String, PytorchValue> arguments, Optional<Place> place) {
    private static final Pattern INDEXED = Pattern.compile("(.+)\\[(\\d{1,9})]");

    /** Copies the arguments. */
    public PytorchObject {
        arguments = new LinkedHashMap<>(arguments);
    }

    /** An object to be written, without arguments yet. */
    public static PytorchObject of(String classPath) {
        return new PytorchObject(classPath, Map.of(), Optional.empty());
    }

    /** The class without its package. */
    public String className() {
        return classPath.substring(classPath.lastIndexOf('.') + 1);
    }

    /** The same with one more argument, or another value of it. */
    public PytorchObject with(String name, PytorchValue value) {
        Map<String, PytorchValue> more = new LinkedHashMap<>(arguments);
        more.put(name, value);
        return new PytorchObject(classPath, more, place);
    }

    /** The same with the arguments of a parameter group, which win. */
    public PytorchObject with(Map<String, PytorchValue> others) {
        Map<String, PytorchValue> more = new LinkedHashMap<>(arguments);
        more.putAll(others);
        return new PytorchObject(classPath, more, place);
    }

    /** The value of an argument; empty where it is missing or {@code None}. */
    public Optional<PytorchValue> get(String name) {
        return Optional.ofNullable(arguments.get(name)).filter(v -> !(v instanceof Nothing));
    }

    /** A number among the arguments. The name may have an index, {@code betas[1]}. */
    public Optional<Quantity> number(String name) {
        Matcher indexed = INDEXED.matcher(name);
        // A file may have a name with brackets in it: what is there by that name comes first.
        if (arguments.containsKey(name) || !indexed.matches()) {
            return get(name).flatMap(PytorchObject::quantity);
        }
        int index = Integer.parseInt(indexed.group(2));
        List<Quantity> numbers = numbers(indexed.group(1));
        return index < numbers.size() ? Optional.of(numbers.get(index)) : Optional.empty();
    }

    /** The numbers of a list; empty where it is not one. */
    public List<Quantity> numbers(String name) {
        return get(name).filter(Many.class::isInstance).map(v -> ((Many) v).values()).orElse(List.of()).stream()
                .flatMap(v -> quantity(v).stream())
                .toList();
    }

    /** A number as in the file, lengths in epochs included. */
    private static Optional<Quantity> quantity(PytorchValue value) {
        return value instanceof Num number
                ? Optional.of(number.quantity())
                : value instanceof Epochs epochs ? Optional.of(epochs.said()) : Optional.empty();
    }

    /** The same with other lengths in place of epochs. */
    public PytorchObject withEpochs(UnaryOperator<Expression> length) {
        Map<String, PytorchValue> counted = new LinkedHashMap<>();
        arguments.forEach((name, value) -> counted.put(name, counted(value, length)));
        return new PytorchObject(classPath, counted, place);
    }

    private static PytorchValue counted(PytorchValue value, UnaryOperator<Expression> length) {
        if (value instanceof Many many) {
            return new Many(many.values().stream().map(v -> counted(v, length)).toList(), many.place());
        }
        return value instanceof Epochs epochs
                ? new Num(epochs.said().derived(length.apply(epochs.epochs()), "epochs"))
                : value;
    }

    /** Whether an argument is true. */
    public boolean isOn(String name) {
        return get(name).map(v -> v instanceof Flag flag && flag.on()).orElse(false);
    }

    /** The text of an argument. */
    public Optional<String> text(String name) {
        return get(name).filter(Text.class::isInstance).map(v -> ((Text) v).text());
    }

    /** The class, and those of its arguments that are not numbers; numbers are values of their own. */
    public String words() {
        List<String> others = new ArrayList<>();
        arguments.forEach((name, value) -> {
            if (value instanceof Text text) {
                others.add(name + " " + text.text());
            } else if (value instanceof Flag flag) {
                others.add(name + " " + flag.on());
            } else if (value instanceof PytorchValue.Call call) {
                others.add(name + " " + call.object().words()
                        + call.object().namedNumbers().stream()
                                .map(v -> " " + v.field() + " " + v.value().written())
                                .reduce("", String::concat));
            }
        });
        return className() + (others.isEmpty() ? "" : " (" + String.join(", ", others) + ")");
    }

    /** Every number that is given, those of lists one by one, with the argument's name. */
    public List<Schedule.NamedValue> namedNumbers() {
        List<Schedule.NamedValue> named = new ArrayList<>();
        for (String argument : arguments.keySet()) {
            String name = arguments.get(argument) instanceof Epochs epochs
                    ? epochs.field().orElse(argument)
                    : argument;
            number(argument).ifPresent(n -> named.add(new Schedule.NamedValue(name, n)));
            numbers(argument).forEach(n -> named.add(new Schedule.NamedValue(name, n)));
        }
        return named;
    }
}

package samestep.dialect.pytorch.program.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Births;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.finding.Place;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Constants of a program as values of a configuration. */
public final class Values {
    private Values() {}

    /** What a value is; empty where it is not known. */
    public static Optional<PytorchValue> of(Value value, Place place) {
        if (value instanceof Value.Number number) {
            return quantity(number, place).map(PytorchValue.Num::new);
        }
        if (value instanceof Value.Bool bool) {
            return Optional.of(new PytorchValue.Flag(bool.value(), Optional.of(at(value, place))));
        }
        if (value instanceof Value.Text text) {
            return Optional.of(new PytorchValue.Text(text.value(), Optional.of(at(value, place))));
        }
        if (value instanceof Value.None) {
            return Optional.of(new PytorchValue.Nothing(Optional.of(at(value, place))));
        }
        return value instanceof Sequence sequence ? many(sequence, place) : Optional.empty();
    }

    private static Optional<PytorchValue> many(Sequence sequence, Place place) {
        List<PytorchValue> values = new ArrayList<>();
        for (Value element : sequence.elements()) {
            of(element, place).ifPresent(values::add);
        }
        return sequence.isComplete() && values.size() == sequence.elements().size()
                ? Optional.of(new PytorchValue.Many(
                        values, Optional.of(sequence.place().orElse(place))))
                : Optional.empty();
    }

    /** A number with the place where it is written; empty of an infinity. */
    public static Optional<Quantity> quantity(Value.Number number, Place place) {
        if (number.formula().isEmpty()) {
            return Optional.empty();
        }
        Optional<Quantity> ofLibrary = Births.ofLibrary(number);
        if (ofLibrary.isPresent()) {
            return ofLibrary;
        }
        Optional<Place> literal = number.literal();
        if (literal.isPresent()) {
            return Optional.of(
                    new Quantity(number.formula().get(), literal.get().text(), new Origin.Written(literal.get())));
        }
        String how = number.origin().literals().isEmpty()
                ? "computed at " + place
                : number.origin().toString();
        return Optional.of(new Quantity(
                number.formula().get(),
                "",
                new Origin.Derived(how, Optional.of(Births.birth(number).orElse(place)))));
    }

    /** Where a constant is written, if that is one place; else where it is used. */
    public static Place at(Value value, Place otherwise) {
        List<Place> literals = value.born().literals().stream().distinct().toList();
        return literals.size() == 1 ? literals.get(0) : otherwise;
    }

    /** Why a value is not known, in words. */
    public static String why(Value value) {
        if (value instanceof Value.Unknown unknown) {
            return unknown.toString();
        }
        if (value instanceof Value.OneOf oneOf) {
            return "it is "
                    + String.join(
                            " or ",
                            oneOf.alternatives().stream()
                                    .map(a -> Show.value(a.value()))
                                    .distinct()
                                    .toList())
                    + oneOf.decidedAt().map(p -> ", decided at " + p).orElse("");
        }
        String shown = Show.value(value);
        return "it is " + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown) + ", which only a run knows";
    }
}

package samestep.compare;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;

/**
 * One value of a training, as in each of two configurations.
 *
 * @param name what it is, in the field's terms: {@code L2 gradient coefficient}, {@code momentum}
 * @param parameters whose value it is, as the source names them; empty when it is the whole training's
 * @param source the source's side
 * @param target the target's side
 * @param same whether both sides mean the same by it
 */
public record ValueRow(String name, List<Parameter> parameters, Side source, Side target, boolean same) {

    /**
     * A value on one side.
     *
     * @param words what is written, or what is the case where nothing is written; {@code -} where there is no such thing
     * @param quantity the number in canonical form, where it is one
     */
    public record Side(String words, Optional<Quantity> quantity) {
        /** There is no such thing on this side. */
        static final Side NONE = new Side("-", Optional.empty());

        /** Something that is not a number. */
        static Side of(String words) {
            return new Side(words, Optional.empty());
        }

        /** A number, as it is spelled in its file. */
        static Side of(Quantity quantity) {
            return new Side(WrittenValue.spelling(quantity), Optional.of(quantity));
        }

        /** Where it is, if it is written. */
        public Optional<Place> place() {
            return quantity.map(Quantity::origin).flatMap(Origin::where);
        }
    }

    /** A number that is not the same on both sides. */
    public static ValueRow different(String name, List<Parameter> parameters, Quantity source, Quantity target) {
        return new ValueRow(name, parameters, Side.of(source), Side.of(target), false);
    }

    /** Copies the parameters. */
    public ValueRow {
        parameters = List.copyOf(parameters);
    }

    /** Whether another comparison's row is about the same value. */
    public boolean isAbout(ValueRow other) {
        return name.equals(other.name) && names(parameters).equals(names(other.parameters));
    }

    private static List<String> names(List<Parameter> parameters) {
        return parameters.stream().map(p -> p.name().toString()).toList();
    }
}

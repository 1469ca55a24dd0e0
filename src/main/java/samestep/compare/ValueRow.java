package samestep.compare;

import java.math.BigDecimal;
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
 * @param ratio what the source's number is multiplied by to mean the same in the target, whose loss may be a sum where the
 *     source's is a mean; empty where that is not known, and no number can be said to be the same
 */
public record ValueRow(
        String name, List<Parameter> parameters, Side source, Side target, boolean same, Optional<BigDecimal> ratio) {

    /** A value whose numbers mean the same on both sides. */
    public ValueRow(String name, List<Parameter> parameters, Side source, Side target, boolean same) {
        this(name, parameters, source, target, same, Optional.of(BigDecimal.ONE));
    }

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
    public static ValueRow different(
            String name, List<Parameter> parameters, Quantity source, Quantity target, Optional<BigDecimal> ratio) {
        return new ValueRow(name, parameters, Side.of(source), Side.of(target), false, ratio);
    }

    /** The same, where the numbers of the sides do not mean the same and it is not known by how much. */
    ValueRow inOtherUnits() {
        return new ValueRow(name, parameters, source, target, same, Optional.empty());
    }

    /** Whether equal numbers of both sides mean the same. */
    public boolean isInOneUnit() {
        return ratio.filter(number -> number.compareTo(BigDecimal.ONE) == 0).isPresent();
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

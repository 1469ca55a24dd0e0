package samestep.check.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.text.Edit;

/**
 * A decimal that is what single precision left of a short one: 0.0005000000237487257. Where the framework keeps the number
 * in single precision anyway, the short one is the same number there; elsewhere it is another, if only by a little.
 */
final class SinglePrecisionResidue extends RecipeRule {
    @Override
    public Code code() {
        return Code.SS102;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        Map<Place, Quantity> places = new LinkedHashMap<>();
        recipe.quantities()
                .filter(q -> meant(q).isPresent())
                .forEach(q -> places.putIfAbsent(q.place().orElseThrow(), q));
        Map<String, List<Place>> numbers = new LinkedHashMap<>();
        places.keySet()
                .forEach(place -> numbers.computeIfAbsent(place.text(), text -> new ArrayList<>())
                        .add(place));
        return numbers.values().stream()
                .map(same -> finding(Objects.requireNonNull(places.get(same.get(0))), same))
                .toList();
    }

    private static Optional<BigDecimal> meant(Quantity quantity) {
        boolean asWritten =
                quantity.place().filter(p -> p.text().equals(quantity.text())).isPresent();
        return asWritten ? number(quantity).flatMap(Numbers::meantBeforeSinglePrecision) : Optional.empty();
    }

    /** One finding for one number, wherever it is written. */
    private static Finding finding(Quantity quantity, List<Place> places) {
        boolean rounded = !quantity.value().equals(quantity.withoutRounding().value());
        String meant = Numbers.plain(meant(quantity).orElseThrow());
        List<Edit> edits = places.stream()
                .map(place -> new Edit(
                        place.source(),
                        place.span(),
                        meant,
                        rounded ? Edit.Certainty.EXACT : Edit.Certainty.APPROXIMATE))
                .toList();
        return Finding.at(
                        places.get(0),
                        Code.SS102,
                        quantity.text() + " is " + meant + " after rounding to single precision; write that")
                .labelled(
                        places.size() == 1
                                ? ""
                                : "and at " + (places.size() - 1)
                                        + (places.size() == 2 ? " more place" : " more places"))
                .mendedBy(edits);
    }

    private static Optional<BigDecimal> number(Quantity quantity) {
        return quantity.withoutRounding().value() instanceof Expression.Literal literal
                ? Optional.of(literal.value())
                : Optional.empty();
    }
}

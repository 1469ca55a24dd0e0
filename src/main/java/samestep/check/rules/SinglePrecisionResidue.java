package samestep.check.rules;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<Place, Finding> findings = new LinkedHashMap<>();
        recipe.quantities()
                .forEach(quantity -> quantity.place()
                        .ifPresent(place ->
                                finding(quantity, place).ifPresent(finding -> findings.putIfAbsent(place, finding))));
        return List.copyOf(findings.values());
    }

    private static Optional<Finding> finding(Quantity quantity, Place place) {
        boolean rounded = !quantity.value().equals(quantity.withoutRounding().value());
        return number(quantity)
                .filter(number -> place.text().equals(quantity.text()))
                .flatMap(Numbers::meantBeforeSinglePrecision)
                .map(meant -> Finding.at(
                                place,
                                Code.SS102,
                                place.text() + " is " + Numbers.plain(meant)
                                        + " after a trip through single precision; write that")
                        .mendedBy(List.of(new Edit(
                                place.source(),
                                place.span(),
                                Numbers.plain(meant),
                                rounded ? Edit.Certainty.EXACT : Edit.Certainty.APPROXIMATE))));
    }

    private static Optional<BigDecimal> number(Quantity quantity) {
        return quantity.withoutRounding().value() instanceof Expression.Literal literal
                ? Optional.of(literal.value())
                : Optional.empty();
    }
}

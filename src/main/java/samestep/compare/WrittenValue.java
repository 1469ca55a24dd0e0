package samestep.compare;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Says how a number is spelled in its file: the name before it there, and its characters. */
public final class WrittenValue {
    private static final Pattern NAME_BEFORE = Pattern.compile("([A-Za-z_][A-Za-z_0-9]*)\"?\\s*:\\s*$");
    private static final int LONGEST_NAME = 80;
    private static final int DIGITS = 6;

    private WrittenValue() {}

    /** Such as {@code weight_decay 0.0005}, {@code l2 0.0005 (2 * l2)}, {@code 0.999 (default)}. */
    public static String spelling(Quantity quantity) {
        Optional<Place> place = quantity.place();
        if (quantity.origin() instanceof Origin.Derived derived) {
            return place.map(p -> named(p) + " (" + derived.how() + ")")
                    .orElseGet(() -> number(quantity) + " (" + derived.how() + ")");
        }
        return place.map(WrittenValue::named).orElseGet(() -> number(quantity) + " (default)");
    }

    private static String number(Quantity quantity) {
        return Numbers.rounded(quantity.doubleValue(), DIGITS);
    }

    private static String named(Place place) {
        int start = place.span().start();
        String before = place.source().text().substring(Math.max(0, start - LONGEST_NAME), start);
        Matcher name = NAME_BEFORE.matcher(before);
        return (name.find() ? name.group(1) + " " : "") + place.text();
    }
}

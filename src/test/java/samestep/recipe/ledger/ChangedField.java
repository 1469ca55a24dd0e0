package samestep.recipe.ledger;

import java.math.BigDecimal;
import java.util.Optional;
import samestep.syntax.Decimals;

/** Other values of a field, by its type in a ledger. */
public final class ChangedField {
    private ChangedField() {}

    /** A value of the field's type that differs from this one, without quotes; empty where there is no other. */
    public static String of(LedgerRow row, String value) {
        Optional<BigDecimal> number = Decimals.parse(value);
        return switch (row.type()) {
            case "bool" -> value.equals("true") ? "false" : "true";
            case "integer" ->
                number.map(n -> n.signum() < 0 ? "3" : n.add(BigDecimal.ONE).toPlainString())
                        .orElse("3");
            case "number" -> number.map(ChangedField::smaller).orElse("0.25");
            case "numbers" -> value.equals("[1, 3]") ? "[1, 4]" : "[1, 3]";
            case "words" -> value.equals("[kernel]") ? "[bias]" : "[kernel]";
            case "mapping" -> value.equals("{a: 1}") ? "{a: 2}" : "{a: 1}";
            case "text", "any" -> value.equals("other") ? "another" : "other";
            default -> word(row.type(), value);
        };
    }

    private static String smaller(BigDecimal number) {
        return number.signum() == 0
                ? "0.125"
                : number.divide(BigDecimal.valueOf(2)).toPlainString();
    }

    private static String word(String words, String value) {
        for (String word : words.split(" ")) {
            if (!word.equals(value)) {
                return word;
            }
        }
        return "other";
    }
}

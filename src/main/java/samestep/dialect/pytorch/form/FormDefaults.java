package samestep.dialect.pytorch.form;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.version.Installed;

/**
 * The values that a library's configuration has where a file gives none, from the library's ledger.
 *
 * @param version of the library, where it is known
 */
public record FormDefaults(Ledger ledger, Optional<Installed> version) {

    /** Those of a library. */
    public static FormDefaults of(String library) {
        return of(library, Optional.empty());
    }

    /** Those of the version of a library that a configuration runs with. */
    public static FormDefaults of(String library, Optional<Installed> version) {
        Ledger ledger = Ledgers.of(library);
        return new FormDefaults(version.map(v -> ledger.in(v.releases())).orElse(ledger), version);
    }

    /** A number; zero where the library has no default. */
    public Quantity number(String field) {
        return Quantity.byDefault(knows(field) ? text(field) : "0", ledger.defaultOf(field));
    }

    /** Numbers. */
    List<Quantity> numbers(String field) {
        return Arrays.stream(text(field).split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> Quantity.byDefault(word, ledger.defaultOf(field)))
                .toList();
    }

    /** A word; empty where the library has no default. */
    public String text(String field) {
        return ledger.fallback(field);
    }

    /** Whether the library has a default of a field. */
    public boolean knows(String field) {
        return ledger.hasDefault(field);
    }
}

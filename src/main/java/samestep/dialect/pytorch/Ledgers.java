package samestep.dialect.pytorch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import samestep.recipe.ledger.Ledger;

/** The ledgers of the forms, one resource each; read at the first use. */
final class Ledgers {
    private static final Map<String, Ledger> READ = new ConcurrentHashMap<>();

    private Ledgers() {}

    /** That of a library. */
    static Ledger of(String library) {
        return READ.computeIfAbsent(library, name -> Ledger.parse(name, Resource.text("ledger-" + name + ".txt")));
    }
}

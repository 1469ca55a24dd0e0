package samestep.dialect.darknet;

import java.util.List;
import samestep.dialect.Resources;
import samestep.recipe.ledger.Ledger;

/** The ledgers of the two programs, for pages and tests: the fork's has what the original's does not. */
public final class DarknetLedgers {
    private DarknetLedgers() {}

    /** Both. */
    public static List<Ledger> all() {
        return List.of(
                Ledger.parse("darknet", Resources.text("darknet/ledger-darknet.txt")),
                Ledger.parse("darknet-fork", Resources.text("darknet/ledger-darknet-fork.txt")));
    }
}

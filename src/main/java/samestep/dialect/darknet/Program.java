package samestep.dialect.darknet;

import samestep.dialect.Resources;
import samestep.recipe.ledger.Ledger;

/** The two programs that train from such files, with the fields that they have. */
enum Program {
    /** pjreddie/darknet. */
    ORIGINAL("pjreddie's Darknet", Resources.text("darknet/ledger-darknet.txt")),
    /** AlexeyAB/darknet, which has more fields, and other defaults of some. */
    FORK(
            "AlexeyAB's Darknet",
            Resources.text("darknet/ledger-darknet-fork.txt") + Resources.text("darknet/ledger-darknet.txt"));

    private final String title;
    private final Ledger ledger;

    Program(String title, String ledger) {
        this.title = title;
        this.ledger = Ledger.parse("Darknet", ledger);
    }

    /** Its name in sentences. */
    String title() {
        return title;
    }

    /** All fields that it has. */
    Ledger ledger() {
        return ledger;
    }

    /** Whether it has a field, and the original does not. */
    static boolean isOfTheFork(String path) {
        return ORIGINAL.ledger.row(path, "").isEmpty()
                && FORK.ledger.row(path, "").isPresent();
    }
}

package samestep.dialect.tensorflow.garden;

import samestep.dialect.Resources;
import samestep.recipe.ledger.Ledger;

/** What the fields of the Garden's older image classification decide: the resource {@code ledger-classifier.txt}. */
public final class ClassifierLedger {
    private ClassifierLedger() {}

    private static final class Holder {
        static final Ledger LEDGER =
                Ledger.parse("Garden classifier", Resources.text("tensorflow/ledger-classifier.txt"));
    }

    /** Made at the first use. */
    public static Ledger ledger() {
        return Holder.LEDGER;
    }
}

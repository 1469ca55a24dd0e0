package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import samestep.dialect.Resources;
import samestep.dialect.YamlLeaves;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.setting.Unjudged;

/**
 * What the fields of an experiment of the Model Garden decide: the resources {@code ledger-garden.txt} and
 * {@code ledger-garden-model.txt}. The arguments of the optimizers are those of the table of their defaults.
 */
public final class GardenLedger {
    private static final String OPTIMIZER = "trainer.optimizer_config.optimizer.";
    /** What every optimizer takes. */
    private static final List<String> CLIPS = List.of("clipnorm", "clipvalue", "global_clipnorm");

    private static final String NAME = "Model Garden";

    private GardenLedger() {}

    private static final class Holder {
        static final Ledger LEDGER = made();
    }

    /** Made at the first use. */
    public static Ledger ledger() {
        return Holder.LEDGER;
    }

    private static Ledger made() {
        Ledger text = Ledger.parse(
                NAME,
                Resources.text("tensorflow/ledger-garden.txt") + Resources.text("tensorflow/ledger-garden-model.txt"));
        List<LedgerRow> rows = new ArrayList<>();
        for (String type : TensorflowDefaults.gardenTypes()) {
            TensorflowDefaults.Known known = TensorflowDefaults.garden(type).orElseThrow();
            new TreeMap<>(known.values()).forEach((name, value) -> rows.add(update(type, name, value)));
            CLIPS.forEach(name -> rows.add(update(type, name, "")));
        }
        return text.and(rows);
    }

    /** A row of an argument. The table of defaults writes flags as numbers. */
    private static LedgerRow update(String type, String name, String fallback) {
        boolean flag = fallback.equals("0") || fallback.equals("1");
        String written = fallback.equals("1") ? "true" : "false";
        return new LedgerRow(
                List.of(OPTIMIZER + type + "." + name),
                flag ? "bool" : "number",
                flag ? written : fallback,
                Decides.UPDATE,
                Optional.empty(),
                "");
    }

    /** The fields of an experiment that change the training and are not judged; those that are not known are among them. */
    static Unjudged unjudged(YamlSection root) {
        return unjudged(ledger(), root);
    }

    /** The same for another form of the Garden's. */
    static Unjudged unjudged(Ledger ledger, YamlSection root) {
        return Unjudged.of(
                ledger.library(),
                () -> YamlLeaves.of(root.source(), root.mapping()).stream()
                        .filter(leaf -> ledger.rowWithin(leaf.path(), leaf.text())
                                        .map(LedgerRow::decides)
                                        .orElse(Decides.OUTSIDE)
                                == Decides.OUTSIDE)
                        // What a file does not say, the experiment's own code may: no default is known.
                        .map(leaf -> new Unjudged.Field(leaf.path(), leaf.text(), ""))
                        .toList());
    }
}

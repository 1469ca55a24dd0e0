package samestep.dialect.pytorch.form;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import samestep.dialect.Resources;
import samestep.recipe.ledger.Ledger;

/** The ledgers of the forms, one resource each; read at the first use. */
public final class Ledgers {
    private static final Map<String, Ledger> READ = new ConcurrentHashMap<>();

    private static final List<String> LIBRARIES = List.of(
            "transformers",
            "timm",
            "detectron2",
            "lightning",
            "hydra",
            "torchtune",
            "slowfast",
            "pycls",
            "deepspeed",
            "torch-json");

    private Ledgers() {}

    /** All of them. */
    public static List<Ledger> all() {
        return LIBRARIES.stream().map(Ledgers::of).toList();
    }

    /** That of a library. */
    public static Ledger of(String library) {
<<<<<<< HEAD:src/main/java/samestep/dialect/pytorch/Ledgers.java
        Ledger known = READ.get(library);
        return known != null ? known : READ.computeIfAbsent(library, Ledgers::made);
    }

    /** Hydra's files have Lightning's trainer. */
    private static Ledger made(String library) {
        Ledger own = Ledger.parse(library, Resource.text("ledger-" + library + ".txt"));
        return library.equals("hydra")
                ? own.and(Ledger.parse("lightning", Resource.text("ledger-lightning.txt"))
                        .rows())
                : own;
=======
        return READ.computeIfAbsent(
                library, name -> Ledger.parse(name, Resources.text("pytorch/ledger-" + name + ".txt")));
>>>>>>> 343cfc3 (Folders of at most 25 files: rooms of more are divided by what they are for, and a test holds it):src/main/java/samestep/dialect/pytorch/form/Ledgers.java
    }
}

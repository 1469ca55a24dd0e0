package samestep.dialect.pytorch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import samestep.recipe.ledger.Ledger;

/** The ledgers of the forms, one resource each; read at the first use. */
public final class Ledgers {
    private static final Map<String, Ledger> READ = new ConcurrentHashMap<>();

    private static final List<String> LIBRARIES =
            List.of("transformers", "timm", "detectron2", "lightning", "torchtune", "slowfast", "pycls", "deepspeed");

    private Ledgers() {}

    /** All of them. */
    public static List<Ledger> all() {
        return LIBRARIES.stream().map(Ledgers::of).toList();
    }

    /** That of a library. */
    static Ledger of(String library) {
        return READ.computeIfAbsent(library, name -> Ledger.parse(name, Resource.text("ledger-" + name + ".txt")));
    }
}

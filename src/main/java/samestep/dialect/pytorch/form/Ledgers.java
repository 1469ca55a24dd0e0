package samestep.dialect.pytorch.form;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
            "torchtitan",
            "slowfast",
            "pycls",
            "deepspeed",
            "torch-json");

    private Ledgers() {}

    /** All of them. */
    public static List<Ledger> all() {
        return LIBRARIES.stream().map(Ledgers::of).toList();
    }

    /** The libraries with a default that versions have changed. */
    public static Set<String> dated() {
        return all().stream()
                .filter(ledger ->
                        ledger.rows().stream().anyMatch(row -> row.dated().isPresent()))
                .map(Ledger::library)
                .collect(Collectors.toSet());
    }

    /** That of a library. */
    public static Ledger of(String library) {
        return READ.computeIfAbsent(library, Ledgers::made);
    }

    /** Hydra's files have Lightning's trainer. */
    private static Ledger made(String library) {
        Ledger own = Ledger.parse(library, Resources.text("pytorch/ledger-" + library + ".txt"));
        return library.equals("hydra")
                ? own.and(Ledger.parse("lightning", Resources.text("pytorch/ledger-lightning.txt"))
                        .rows())
                : own;
    }
}

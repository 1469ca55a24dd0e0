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
            "llama-factory",
            "axolotl",
            "trl",
            "timm",
            "detectron2",
            "lightning",
            "hydra",
            "torchtune",
            "torchtitan",
            "slowfast",
            "pycls",
            "ultralytics",
            "deepspeed",
            "torch-json");

    private Ledgers() {}

    /** All of them. */
    public static List<Ledger> all() {
        return LIBRARIES.stream().map(Ledgers::of).toList();
    }

    /** The libraries with a default that versions have changed. A program on top of another has the dates of that other. */
    public static Set<String> dated() {
        return all().stream()
                .filter(ledger -> !OTHERS.containsKey(ledger.library()))
                .filter(ledger ->
                        ledger.rows().stream().anyMatch(row -> row.dated().isPresent()))
                .map(Ledger::library)
                .collect(Collectors.toSet());
    }

    /** That of a library. */
    public static Ledger of(String library) {
        Ledger read = READ.get(library);
        if (read == null) {
            read = made(library);
            READ.put(library, read);
        }
        return read;
    }

    /** Whose arguments a program's files have besides its own. */
    private static final Map<String, String> OTHERS =
            Map.of("hydra", "lightning", "llama-factory", "transformers", "trl", "transformers");

    /** Hydra's files have Lightning's trainer, and those of programs on top of transformers its arguments. */
    private static Ledger made(String library) {
        Ledger own = Ledger.parse(library, Resources.text("pytorch/ledger-" + library + ".txt"));
        String other = OTHERS.get(library);
        return other == null
                ? own
                : own.and(of(other).rows().stream()
                        .filter(row -> !row.isOneField()
                                || own.named(row.fields().get(0)).isEmpty())
                        .toList());
    }
}

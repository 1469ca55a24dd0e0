package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import samestep.dialect.Resources;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ledger.Ledger;

/**
 * What the arguments of layers, optimizers and {@code compile()} decide, for each major version of Keras: the resources
 * {@code ledger-1.txt} to {@code ledger-3.txt}. Rows are called {@code Class.argument}; {@code optimizer}, {@code compile},
 * {@code loss} and {@code model} stand for whatever has the argument. Nothing is written twice: the rows of layers' settings and of
 * initial weights are made from the table that the reader uses ({@code settings.txt}), those of optimizers' arguments from
 * {@code optimizers.txt}.
 */
public final class KerasLedger {
    private static final Map<String, Ledger> READ = new ConcurrentHashMap<>();

    private KerasLedger() {}

    /** Those of all versions. */
    public static List<Ledger> all() {
        return List.of(of(KerasGeneration.KERAS_3), of(KerasGeneration.KERAS_2_15), of(KerasGeneration.KERAS_1));
    }

    /** That of the version that has a generation of optimizers; made at the first use. */
    public static Ledger of(KerasGeneration generation) {
        return READ.computeIfAbsent(version(generation), version -> made(version, generation));
    }

    /** What the ledger of a generation is called; the ledger is not made. */
    public static String library(KerasGeneration generation) {
        return "Keras " + version(generation);
    }

    private static String version(KerasGeneration generation) {
        return switch (generation) {
            case KERAS_1 -> "1";
            case KERAS_2, LEGACY, KERAS_2_15, ADDONS -> "2";
            case KERAS_3 -> "3";
        };
    }

    private static Ledger made(String version, KerasGeneration generation) {
        List<String> lines = new ArrayList<>();
        KerasSettingTable.classes(generation)
                .forEach((className, arguments) -> arguments.forEach(argument -> lines.add(row(
                        className + "." + argument.name(),
                        "number",
                        argument.byDefault(),
                        argument.kind().name()))));
        KerasSettingTable.initializers(generation)
                .forEach(argument -> lines.add(row("*." + argument, "initializer", "", "INITIAL_WEIGHTS")));
        Map<String, String> arguments = new TreeMap<>();
        for (KerasGeneration each : KerasGeneration.values()) {
            if (version(each).equals(version)) {
                KerasDefaults.names(each)
                        .forEach(name -> arguments.putAll(
                                KerasDefaults.of(each, name).orElseThrow().values()));
            }
        }
        Ledger text = Ledger.parse(library(generation), Resources.text("keras/ledger-" + version + ".txt"));
        arguments
                .keySet()
                .removeIf(argument -> text.named("optimizer." + argument).isPresent());
        // The table of defaults writes flags as 0 and 1.
        arguments.forEach((argument, value) -> lines.add("optimizer." + argument
                + (value.equals("0") || value.equals("1") ? " | bool" : " | number") + " | - | update |"));
        return text.and(Ledger.parse("", String.join("\n", lines)).rows());
    }

    private static String row(String field, String type, String fallback, String kind) {
        return field + " | " + type + " | " + (fallback.isEmpty() ? "-" : fallback) + " | " + kind + " read |";
    }
}

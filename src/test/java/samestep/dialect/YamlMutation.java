package samestep.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import samestep.dialect.MutationJudge.Variant;
import samestep.recipe.ledger.ChangedField;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.text.SourceText;

/** YAML files of a form, with one field of its ledger changed at a time. */
public final class YamlMutation {
    /** Where a field is put that may be in any section. */
    private static final String ANYWHERE = "task.x";

    private final List<BaseFile> bases = new ArrayList<>();
    private final MutationJudge judge;

    /** The files of a folder. */
    public YamlMutation(Path folder, Dialect dialect) throws IOException {
        judge = new MutationJudge(dialect);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                bases.add(YamlBase.read(file));
            }
        }
    }

    /** What is wrong with the rows of a ledger, a line each. */
    public String wrong(Ledger ledger) {
        List<String> wrong = new ArrayList<>();
        for (LedgerRow row : ledger.rows()) {
            for (String field : row.fields()) {
                List<Variant> variants = new ArrayList<>();
                boolean all = row.decides() != Decides.OUTSIDE && row.decides() != Decides.NOTHING;
                // What has no effect has none in any of them.
                (all ? bases : bases.subList(0, 1)).forEach(base -> changes(base, row, field, variants));
                String words = judge.wrong(row.decides(), variants);
                if (!words.isEmpty()) {
                    wrong.add(row.decides().word() + " " + field + " " + words);
                }
            }
        }
        return String.join("\n", wrong);
    }

    private static void changes(BaseFile base, LedgerRow row, String field, List<Variant> variants) {
        String plain = field.split("=", 2)[0];
        String path = (plain.startsWith("*") ? ANYWHERE + plain.substring(1) : plain).replace("*", "x");
        String name = path.substring(path.lastIndexOf('.') + 1);
        String one = base.value(path).orElse(row.fallback());
        String changed = field.contains("=") ? field.split("=", 2)[1].replace("*", "x") : ChangedField.of(row, one);
        SourceText after = base.with(path, changed);
        variants.add(variant(base, name, base.text(), after));
        if (base.value(path).isEmpty()) {
            variants.add(variant(base, name, after, base.with(path, ChangedField.of(row, changed))));
        }
    }

    private static Variant variant(BaseFile base, String name, SourceText before, SourceText after) {
        return new Variant(Path.of(base.name()).getFileName().toString(), name, Input.of(before), Input.of(after));
    }
}

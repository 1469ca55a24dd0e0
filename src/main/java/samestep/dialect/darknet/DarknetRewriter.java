package samestep.dialect.darknet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.syntax.Decimals;
import samestep.syntax.ini.Ini;
import samestep.syntax.ini.IniDocument;
import samestep.syntax.ini.IniEdits;
import samestep.syntax.ini.IniSection;
import samestep.text.SourceText;

/** Puts a recipe's numbers into the first section of your file; batch, subdivisions and layers stay as they are. */
final class DarknetRewriter {
    /** Of other policies: taken out where they would count. */
    private static final List<String> OF_POLICIES =
            List.of("burn_in", "power", "steps", "scales", "step", "scale", "gamma");

    private static final Set<String> KEPT = Set.of("batch");

    private DarknetRewriter() {}

    static Outcome<List<Rewrite>> rewrites(Recipe recipe, SourceText existing) {
        return Ini.parse(existing).then(document -> {
            Optional<IniSection> net = document.sections().stream().findFirst().filter(Cfg::isNet);
            if (net.isEmpty()) {
                return Outcome.failed(Finding.of(Code.SS008, existing.name() + " does not begin with [net]"));
            }
            return Outcome.of(
                    DarknetWriter.section(recipe, false).map(section -> rewrite(section, document, net.get())).stream()
                            .toList(),
                    List.of());
        });
    }

    private static Rewrite rewrite(DarknetWriter.Section wanted, IniDocument document, IniSection net) {
        IniEdits edits = new IniEdits(document);
        wanted.fields().forEach((key, value) -> {
            if (!KEPT.contains(key) && !says(net, key, value)) {
                edits.set(net, key, value);
            }
        });
        OF_POLICIES.stream().filter(key -> !wanted.fields().containsKey(key)).forEach(key -> edits.remove(net, key));
        return new Rewrite(document.source(), edits.edits(), Optional.empty(), wanted.written(), wanted.findings());
    }

    /** Whether a key says the value already, in other digits, or by its default. */
    private static boolean says(IniSection net, String key, String value) {
        String written = net.first(key)
                .map(option -> option.value())
                .orElseGet(() -> Program.ORIGINAL.ledger().fallback(key));
        return written.equals(value)
                || Decimals.parse(written)
                        .flatMap(w -> Decimals.parse(value).map(v -> v.compareTo(w) == 0))
                        .orElse(false);
    }
}

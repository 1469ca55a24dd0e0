package samestep.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import samestep.compare.proof.Bound;
import samestep.compare.proof.Verdict;
import samestep.compare.trait.Trait;
import samestep.recipe.Numbers;

/** Writes the page of all pairs. */
final class PairsPage {
    private static final String HEAD = """
        # All pairs of optimizers

        For every ordered pair of optimizers that two frameworks can express: whether the second can be the first, found by comparing their
        [equations](equations.md). No table says it; this page is made by `PairsPageTest` (%s), and a build
        fails when the equations are no longer those that it was made from.

        The numbers are moderate ones (momentum 0.9, beta1 0.9, beta2 0.99, rho 0.95, epsilon 1e-4, ...). The second optimizer has the
        first's numbers where it has such; epsilon may also be its square or its root, and what the first does not have may be 0; the
        nearest of these is in the table. The rate changes from update to update. *Drift* is the largest difference of any weight in 100 updates of the
        reference net, at a constant rate of 0.01 and at one that halves every 40 updates; an **exact** one is below 1e-11 (rounding of doubles) at both,
        an **exact while** one under its condition, an **inexact** one is not. Every **bounded** one ([derivation](bounds.md)) was searched for an update that
        breaks it. [Verdicts](verdicts.md) says what the words mean. A flag that is on follows the name.
        Each **exact** and **exact while the learning rate is constant** one but two has [a certificate](certificates.md), of 3 to 6 KB:
        `%s` writes them to `target/certificates`, as FIRST-SECOND.json with `+` for blanks.
        """;

    private final StringBuilder out = new StringBuilder();

    private PairsPage() {}

    static String print(List<OptimizerPair> pairs, Map<String, Difference> decays, String digest) {
        PairsPage page = new PairsPage();
        page.out.append(HEAD.formatted("`" + PairsPageTest.HOW + "`", PairCertificatesTest.HOW));
        Map<String, List<OptimizerPair>> frameworks = new LinkedHashMap<>();
        pairs.forEach(p -> frameworks
                .computeIfAbsent(p.source().framework() + " to " + p.target().framework(), k -> new ArrayList<>())
                .add(p));
        frameworks.forEach(page::section);
        page.decays(decays);
        page.out.append("\n<!-- made from ").append(digest).append(" -->\n");
        return page.out.toString();
    }

    private void section(String title, List<OptimizerPair> pairs) {
        out.append("\n## ").append(title).append("\n\n");
        out.append("| first | second | verdict | why | drift, constant rate | falling |\n");
        out.append("| --- | --- | --- | --- | ---: | ---: |\n");
        Map<String, List<OptimizerPair>> bySource = new LinkedHashMap<>();
        pairs.forEach(p -> bySource.computeIfAbsent(p.source().name(), k -> new ArrayList<>())
                .add(p));
        bySource.forEach((source, all) -> {
            List<OptimizerPair> others = new ArrayList<>();
            for (OptimizerPair pair : all) {
                if (pair.isOfOneFamily() || pair.verdict().kind() != Verdict.Kind.INEXACT) {
                    row(pair);
                } else {
                    others.add(pair);
                }
            }
            others(source, others);
        });
    }

    private void row(OptimizerPair pair) {
        String written = pair.written();
        cells(
                pair.source().name(),
                pair.target().name() + (written.isEmpty() ? "" : ", " + written),
                "**" + pair.verdict().kind().words() + "**",
                why(pair),
                drift(pair.constant()),
                drift(pair.falling()));
    }

    private static String why(OptimizerPair pair) {
        List<String> words = new ArrayList<>();
        if (!pair.verdict().condition().isEmpty()) {
            words.add(pair.verdict().condition());
        }
        pair.difference().ifPresent(difference -> {
            difference.traits().forEach(trait -> words.add(trait(trait)));
            difference.conditions().stream()
                    .map(Condition::words)
                    .filter(w -> !w.equals(pair.verdict().condition()))
                    .forEach(w -> words.add("the same while " + w));
            difference.bounds().stream()
                    .filter(b -> b.kind() == Bound.Kind.RATE_AND_VELOCITY)
                    .forEach(b -> words.add(b.words()));
        });
        return String.join("; ", words);
    }

    private static String trait(Trait trait) {
        String source = trait.source().replace(" (default)", "");
        String target = trait.target().replace(" (default)", "");
        return trait.name() + ": " + source + " / " + target;
    }

    /** What is another algorithm altogether is one row, the nearest first. */
    private void others(String source, List<OptimizerPair> others) {
        if (others.isEmpty()) {
            return;
        }
        String names = others.stream()
                .map(p -> p.target().name() + " " + drift(p.falling()))
                .collect(Collectors.joining(", "));
        cells(source, names, "**inexact**", "other algorithms; the drift at a falling rate is after each", "", "");
    }

    private void decays(Map<String, Difference> decays) {
        out.append("\n## Decay in the gradient and decay beside it\n\n");
        out.append("The same optimizer, once with L2 0.05 in the gradient and once with a decoupled decay of 0.05"
                        + " times the rate. ")
                .append("None is the same for these numbers; under the conditions it is proven to be.\n\n");
        out.append("| optimizer | the same while | first updates that are the same |\n| --- | --- | ---: |\n");
        decays.forEach((name, difference) -> cells(
                name,
                difference.conditions().stream().map(Condition::words).collect(Collectors.joining("; or ")),
                Integer.toString(difference.agreeing())));
    }

    private void cells(String... cells) {
        out.append("| ")
                .append(String.join(" | ", List.of(cells)).replace("|-|", ""))
                .append(" |\n");
    }

    private static String drift(double drift) {
        return Double.isNaN(drift) ? "diverges" : Numbers.rounded(drift, 2);
    }
}

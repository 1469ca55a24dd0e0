package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import samestep.equation.EquationResources;
import samestep.equation.Equations;

/** The page of names that mean several updates is made from the equations' traits and from the page of all pairs. */
class OneNamePageTest {
    private static final Path PAGE = Path.of("docs/one-name.md");

    /** Families that people call by one name. */
    private static final Map<String, String> CALLED =
            Map.of("nesterov", "momentum", "adamw", "adam", "nadamw", "nadam", "adagrad-da", "adagrad");

    private static final String HEAD = """
        # One name, many updates

        The same word is another update in another framework, and sometimes in another version of the same one. For each name: what
        each framework's does differently, and what becomes of a port from one to the other, with what to change.

        A port is **exact** if the second can make every step of the first with the numbers that are named; **exact while** holds under
        the condition; **bounded** has a limit for the difference of one update; **inexact** has no numbers that make it the same.
        The numbers are those of [all pairs](pairs.md), which also has bounds, drifts and the pairs of different names.
        [All equations](equations.md) has each update in full.

        This page is made by `OneNamePageTest` from the equations' files and from docs/pairs.md.
        """;

    /** Whether one side has a flag on that the other does not have on: that is another name, such as AMSGrad. */
    private static boolean hasOtherFlags(PairRow row) {
        boolean isExact = row.verdict().equals("**exact**");
        return !isExact && !PairRow.flags(row.first()).equals(PairRow.flags(row.second()));
    }

    private static List<Equations> equations() throws IOException {
        List<Equations> all = new ArrayList<>();
        for (EquationResources.EquationFile file : EquationResources.all()) {
            all.add(file.equations());
        }
        return all;
    }

    @Test
    void thePageIsMadeOfEquationsAndPairs() throws IOException {
        Map<String, List<Equations>> names = new TreeMap<>(
                equations().stream().collect(Collectors.groupingBy(e -> CALLED.getOrDefault(e.family(), e.family()))));
        List<PairRow> rows =
                PairRow.all().stream().filter(r -> !r.isOfOtherAlgorithms()).toList();
        assertFalse(rows.isEmpty(), "no row of docs/pairs.md was understood");
        StringBuilder page = new StringBuilder(HEAD);
        names.forEach((name, members) -> {
            if (members.size() > 1) {
                page.append("\n## ").append(name).append("\n\n").append(traits(members));
                page.append(ports(members, rows));
            }
        });
        assertTrue(page.toString().contains("## adam\n"), "the name that everybody knows");
        Page.assertIsCommitted(PAGE, page.toString());
    }

    private static String traits(List<Equations> members) {
        Set<String> columns = new TreeSet<>();
        members.forEach(e -> columns.addAll(e.traits().keySet()));
        List<String> differing = columns.stream()
                .filter(c -> members.stream()
                                .map(e -> e.traits().getOrDefault(c, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        StringBuilder out =
                new StringBuilder("| | " + String.join(" | ", differing) + (differing.isEmpty() ? "" : " | ")
                        + "own numbers |\n" + "| --- ".repeat(differing.size() + 2) + "|\n");
        for (Equations e : members) {
            out.append("| ").append(e.name());
            differing.forEach(c -> out.append(" | ").append(e.traits().getOrDefault(c, "-")));
            out.append(" | ").append(numbers(e)).append(" |\n");
        }
        return out.toString();
    }

    /** The hyper-parameters by the field's terms, each with the framework's own name where that is another. */
    private static String numbers(Equations e) {
        return e.hypers().stream()
                .filter(h -> !h.flag())
                .map(h -> h.name().equals(h.field()) ? h.name() : h.name() + " (`" + h.field() + "`)")
                .collect(Collectors.joining(", "));
    }

    private static String ports(List<Equations> members, List<PairRow> rows) {
        Set<String> own = members.stream().map(Equations::name).collect(Collectors.toSet());
        StringBuilder out = new StringBuilder();
        rows.stream()
                .filter(r -> own.contains(PairRow.name(r.first())) && own.contains(PairRow.name(r.second())))
                .filter(r -> !hasOtherFlags(r))
                .forEach(r -> out.append("| ")
                        .append(String.join(" | ", r.first(), r.second(), r.verdict(), change(r), difference(r.why())))
                        .append(" |\n"));
        return out.isEmpty()
                ? ""
                : "\n| from | to | port | what to write there | else |\n| --- | --- | --- | --- | --- |\n" + out;
    }

    private static String change(PairRow row) {
        String numbers = row.changes().isEmpty() ? "the same numbers" : row.changes();
        return row.verdict().equals("**inexact**") ? "nearest: " + numbers : numbers;
    }

    /** What the equations do differently; their names always differ here. */
    private static String difference(String why) {
        return why.matches("equations: [\\w.]+ / [\\w.]+") ? "" : why.replaceFirst("^equations: ", "");
    }
}

package samestep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Cause;
import samestep.compare.Comparison.Group;
import samestep.compare.bound.Drift;
import samestep.compare.proof.Verdict;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;

/** Says in one line what is exact and what is not. */
public final class ResultLine {
    private ResultLine() {}

    /**
     * The line, without its end.
     *
     * @param verbatimDrift what copying the numbers would have drifted
     * @param findings what was noticed: a field that is not understood qualifies everything that is exact
     */
    public static String of(Comparison comparison, OptionalDouble verbatimDrift, List<Finding> findings) {
        List<String> exact = new ArrayList<>();
        List<String> others = new ArrayList<>();
        boolean sameUpdate =
                !comparison.groups().isEmpty() && comparison.groups().stream().noneMatch(ResultLine::differsInUpdate);
        if (sameUpdate) {
            exact.add("optimizer");
        }
        Verdict schedule = comparison.schedule().verdict();
        String condition = schedule.condition().isEmpty() ? "" : " (" + schedule.condition() + ")";
        if (comparison.isAtAnotherRate()) {
            others.add("schedule the same but for a factor");
        } else if (schedule.isProven()) {
            exact.add("schedule" + condition);
        } else {
            others.add("schedule " + schedule.kind().words() + condition);
        }
        List<Parameter> proven = new ArrayList<>();
        Map<String, List<Parameter>> alike = new LinkedHashMap<>();
        for (Group group : comparison.groups()) {
            if (group.verdict().isProven()) {
                proven.addAll(group.parameters());
            } else {
                alike.computeIfAbsent(words(group), w -> new ArrayList<>()).addAll(group.parameters());
            }
        }
        alike.forEach((words, parameters) -> others.add(ParameterList.count(parameters) + " " + words));
        if (!proven.isEmpty()) {
            exact.addAll(ParameterList.counts(proven));
        }
        if (!comparison.alone().isEmpty()) {
            others.add(ParameterList.count(comparison.alone()) + " without a counterpart");
        }
        if (!comparison.aloneInTarget().isEmpty()) {
            others.add(ParameterList.count(comparison.aloneInTarget()) + " in the target only");
        }
        long unknown = findings.stream()
                .filter(f -> f.code() == Code.SS003 && f.severity() != Severity.NOTE)
                .count();
        if (unknown > 0) {
            others.add("not carried over: " + unknown + (unknown == 1 ? " unknown field" : " unknown fields"));
        }
        long warnings = findings.stream()
                .filter(f -> f.severity() == Severity.WARNING && f.code() != Code.SS003)
                .count();
        if (comparison.isProven() && warnings > 0) {
            others.add(warnings == 1 ? "1 warning to look at" : warnings + " warnings to look at");
        }
        return "result: " + joined(exact, others) + drift(comparison, verbatimDrift);
    }

    private static boolean differsInUpdate(Group group) {
        return !group.verdict().isProven()
                && group.cause().filter(c -> c == Cause.UPDATE).isPresent();
    }

    private static String words(Group group) {
        Verdict verdict = group.verdict();
        if (verdict.kind() == Verdict.Kind.EXACT_WHILE || verdict.kind() == Verdict.Kind.NOT_REFUTED) {
            return verdict.kind().words() + " " + verdict.condition();
        }
        if (verdict.kind() == Verdict.Kind.BOUNDED) {
            return verdict.kind().words() + " (" + verdict.condition() + ")";
        }
        return verdict.kind().words()
                + group.cause().map(c -> " (" + c.word() + ")").orElse("");
    }

    private static String joined(List<String> exact, List<String> others) {
        List<String> parts = new ArrayList<>();
        if (!exact.isEmpty()) {
            parts.add(enumerated(exact) + " exact");
        }
        parts.addAll(others);
        return String.join("; ", parts);
    }

    private static String enumerated(List<String> words) {
        if (words.size() == 1) {
            return words.get(0);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }

    private static String drift(Comparison comparison, OptionalDouble verbatimDrift) {
        if (comparison.drift().isEmpty()) {
            return "";
        }
        String measured = Numbers.rounded(comparison.drift().getAsDouble(), 2);
        String copied = verbatimDrift.isPresent()
                ? ", the numbers copied as they are: " + Numbers.rounded(verbatimDrift.getAsDouble(), 2)
                : "";
        return String.format(
                Locale.ROOT,
                "; weights drift %s in %d updates of the reference net%s",
                measured,
                Drift.UPDATES,
                copied);
    }
}

package samestep.translate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.Verdict;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/**
 * Holds what was written to the law that nothing is dropped silently: what the source does and the result, read back,
 * does not, is named by a finding. Writers name what they leave out themselves, with better words; this names the rest.
 */
final class Unwritten {
    /** Findings that name why an update differs. */
    private static final Set<Code> UPDATE = EnumSet.of(
            Code.SS103,
            Code.SS141,
            Code.SS201,
            Code.SS202,
            Code.SS204,
            Code.SS221,
            Code.SS222,
            Code.SS231,
            Code.SS501,
            Code.SS502,
            Code.SS512,
            Code.SS531,
            Code.SS541);

    private final Recipe source;
    private final Recipe written;
    private final String target;

    /**
     * @param written what was written, read back
     * @param target the framework, in sentences
     */
    Unwritten(Recipe source, Recipe written, String target) {
        this.source = source;
        this.written = written;
        this.target = target;
    }

    /**
     * A finding for each thing that is missing and not named yet.
     *
     * @param named the findings of the writer
     */
    List<Finding> findings(Comparison comparison, List<Finding> named) {
        Map<String, List<Parameter>> parameters = new LinkedHashMap<>();
        Map<String, Finding> findings = new LinkedHashMap<>();
        Set<Parameter> same = same(comparison);
        for (Parameter parameter : source.trained()) {
            Optional<Parameter> partner = same.contains(parameter)
                    ? Optional.empty()
                    : Partners.byName().of(parameter, written);
            if (partner.isEmpty()) {
                continue;
            }
            for (StageName name : missing(parameter, partner.get())) {
                add(name, target + " gets nothing for " + name.words(), parameter, named, parameters, findings);
            }
            for (StageName name : missing(partner.get(), parameter)) {
                String words = target + " gets " + name.words() + ", which " + source.framework() + " does not have,";
                add(name, words, parameter, named, parameters, findings);
            }
        }
        List<Finding> all = new ArrayList<>();
        findings.forEach((words, finding) -> all.add(finished(finding, parameters.getOrDefault(words, List.of()))));
        outputs(named).ifPresent(all::add);
        if (all.isEmpty()) {
            updates(comparison, named).ifPresent(all::add);
        }
        return all;
    }

    /** Two optimizers of one family that take other steps, where nothing has been said of the reason. */
    private Optional<Finding> updates(Comparison comparison, List<Finding> named) {
        List<Parameter> different = comparison.groups().stream()
                .filter(group -> group.verdict().kind().compareTo(Verdict.Kind.BOUNDED) >= 0)
                .filter(group -> !group.cause().equals(Optional.of(Comparison.Cause.RATE)))
                .flatMap(group -> group.parameters().stream())
                .toList();
        Optional<Parameter> partner =
                different.stream().findFirst().flatMap(p -> Partners.byName().of(p, written));
        boolean said = named.stream().map(Finding::code).anyMatch(UPDATE::contains);
        if (said || partner.isEmpty()) {
            return Optional.empty();
        }
        return name(different.get(0))
                .flatMap(here -> name(partner.get())
                        .map(there -> Finding.of(
                                        Code.SS204,
                                        here + " and " + there + " take other steps with the same numbers, for "
                                                + ParameterList.count(different))
                                .at(different.get(0).place())));
    }

    private static Optional<String> name(Parameter parameter) {
        return parameter.optimizer().map(o -> o.equations().name());
    }

    private static void add(
            StageName name,
            String words,
            Parameter parameter,
            List<Finding> named,
            Map<String, List<Parameter>> parameters,
            Map<String, Finding> findings) {
        if (named.stream().noneMatch(name::isNamedBy)) {
            parameters.computeIfAbsent(words, w -> new ArrayList<>()).add(parameter);
            findings.putIfAbsent(
                    words,
                    Finding.of(name.code(), words)
                            .as(Severity.WARNING)
                            .at(name.place().or(parameter::place)));
        }
    }

    private static Finding finished(Finding finding, List<Parameter> parameters) {
        return new Finding(
                finding.code(),
                finding.severity(),
                finding.message() + " for " + ParameterList.count(parameters),
                finding.place(),
                ParameterList.others(parameters),
                finding.details(),
                finding.edits(),
                finding.version());
    }

    /** Penalties on what layers put out. */
    private Optional<Finding> outputs(List<Finding> named) {
        int here = source.activityPenalties().size();
        int left = here - written.activityPenalties().size();
        boolean said = named.stream()
                .anyMatch(f -> f.code() == Code.SS103 && f.message().contains("output"));
        return left <= 0 || said
                ? Optional.empty()
                : Optional.of(Finding.of(
                        Code.SS103,
                        target + " gets nothing for " + left + (left == 1 ? " penalty" : " penalties")
                                + " on a layer's output"));
    }

    private static Set<Parameter> same(Comparison comparison) {
        return comparison.groups().stream()
                .filter(group -> group.verdict().isProven())
                .flatMap(group -> group.parameters().stream())
                .collect(Collectors.toSet());
    }

    /** What the first has and the second does not have, or not as often. */
    private static List<StageName> missing(Parameter first, Parameter second) {
        List<StageName> left = new ArrayList<>(StageName.of(second));
        List<StageName> missing = new ArrayList<>();
        for (StageName name : StageName.of(first)) {
            Optional<StageName> found =
                    left.stream().filter(l -> l.kind().equals(name.kind())).findFirst();
            found.ifPresent(left::remove);
            if (found.isEmpty() && !name.isNothing()) {
                missing.add(name);
            }
        }
        return missing;
    }
}

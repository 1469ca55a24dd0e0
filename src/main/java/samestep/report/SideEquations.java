package samestep.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.compare.Comparison.Group;
import samestep.compare.trait.Trait;
import samestep.dialect.ParameterList;
import samestep.explain.Explainer;
import samestep.explain.Explanation;
import samestep.explain.Explanation.Line;
import samestep.explain.Explanation.Update;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.translate.FileComparison;

/**
 * What an update does to parameters that behave alike, on both sides.
 *
 * @param title which parameters, and the verdict on them
 * @param source the first side's lines
 * @param target the second side's
 */
record SideEquations(String title, List<Marked> source, List<Marked> target) {
    private static final int DIGITS = 8;
    private static final String EVERY_STAGE = "*";

    /**
     * A line.
     *
     * @param differs whether it is part of the difference: the other side does not have it, and nothing that was tested says
     *     that it does no harm
     */
    record Marked(String line, boolean differs) {}

    /** One for each group of the comparison. */
    static List<SideEquations> of(FileComparison compared) {
        Explanation here = explained(compared.source());
        Explanation there = explained(compared.target());
        List<SideEquations> all = new ArrayList<>();
        for (Group group : compared.comparison().groups()) {
            Parameter first = group.parameters().get(0);
            Optional<Parameter> partner = compared.partners().of(first, compared.target());
            String title = ParameterList.count(group.parameters()) + " (" + ComparisonText.names(group.parameters())
                    + "): " + ComparisonText.words(group.verdict());
            List<Line> ours = lines(here, first);
            List<Line> theirs = partner.map(p -> lines(there, p)).orElse(List.of());
            Set<String> kept = proven(compared, group, partner);
            all.add(new SideEquations(title, marked(ours, theirs, kept), marked(theirs, ours, kept)));
        }
        return all;
    }

    /** The stages that are proven to do the same, however they are written: all, or the optimizers. */
    private static Set<String> proven(FileComparison compared, Group group, Optional<Parameter> partner) {
        Set<String> names = new HashSet<>();
        Parameter first = group.parameters().get(0);
        first.optimizer().ifPresent(o -> names.add(o.equations().name()));
        partner.flatMap(Parameter::optimizer)
                .ifPresent(o -> names.add(o.equations().name()));
        if (group.verdict().isProven()) {
            names.add(EVERY_STAGE);
            return names;
        }
        boolean beforeIt = compared.differences().stream()
                .filter(d -> d.parameters().contains(first))
                .allMatch(d -> !d.traits().isEmpty() && d.traits().stream().noneMatch(Trait::isOfTheOptimizer));
        return beforeIt ? names : Set.of();
    }

    private static List<Marked> marked(List<Line> lines, List<Line> others, Set<String> proven) {
        List<String> there = others.stream().map(Line::equation).toList();
        return lines.stream()
                .map(line -> new Marked(
                        line.equation(),
                        !there.contains(line.equation())
                                && !proven.contains(EVERY_STAGE)
                                && !proven.contains(line.stage())))
                .toList();
    }

    private static Explanation explained(Recipe recipe) {
        return Explainer.explain(recipe, OptionalLong.empty(), OptionalLong.empty());
    }

    /** Each with the name of its stage. */
    private static List<Line> lines(Explanation explanation, Parameter parameter) {
        return explanation.updates().stream()
                .filter(u -> u.parameters().stream().anyMatch(p -> p.name().equals(parameter.name())))
                .findFirst()
                .map(u -> lines(u, parameter))
                .orElse(List.of());
    }

    private static List<Line> lines(Update update, Parameter parameter) {
        List<Line> lines = new ArrayList<>();
        if (update.shrinking().isEmpty()) {
            lines.add(new Line("frozen", ""));
            return lines;
        }
        String optimizer = parameter.optimizer().map(o -> o.equations().name()).orElse("");
        if (!parameter.rateMultiplier().isOne()) {
            String multiplier = Numbers.rounded(parameter.rateMultiplier().doubleValue(), DIGITS);
            lines.add(new Line("eta = " + multiplier + " * rate", ""));
        }
        update.starts().forEach(start -> lines.add(new Line("at the start " + start, optimizer)));
        String stage = "";
        for (Line line : update.lines()) {
            stage = line.stage().isEmpty() ? stage : line.stage();
            lines.add(new Line(line.equation(), stage));
        }
        return lines;
    }
}

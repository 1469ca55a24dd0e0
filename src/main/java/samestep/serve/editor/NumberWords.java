package samestep.serve.editor;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import samestep.explain.Explanation;
import samestep.explain.HalfLife;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** What a number of a configuration does, for who points at it. */
final class NumberWords {
    private static final int DIGITS = 8;

    private final Explanation explanation;
    private final String file;
    private final int offset;

    private NumberWords(Explanation explanation, String file, int offset) {
        this.explanation = explanation;
        this.file = file;
        this.offset = offset;
    }

    /** A number and the words for it. */
    record Said(Place place, String words) {}

    /** What is said of the number at an offset of a file; empty where there is none. */
    static Optional<Said> at(Explanation explanation, String file, int offset) {
        return new NumberWords(explanation, file, offset).said();
    }

    private Optional<Said> said() {
        Map<String, Place> lines = new LinkedHashMap<>();
        for (Explanation.Value value : explanation.values()) {
            here(value.quantity()).ifPresent(place -> lines.put(named(value), place));
        }
        penalties().forEach((line, place) -> lines.put(line, place));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Said(lines.values().iterator().next(), String.join("\n\n", lines.keySet())));
    }

    private static String named(Explanation.Value value) {
        return "**" + value.name() + "** " + number(value.quantity());
    }

    /** What decays by this number, and how that is said elsewhere. */
    private Map<String, Place> penalties() {
        Map<String, Place> lines = new LinkedHashMap<>();
        for (Explanation.Update update : explanation.updates()) {
            for (Stage stage : update.parameters().get(0).stages()) {
                if (stage instanceof Stage.Penalty penalty && penalty.norm() == Stage.Penalty.Norm.L2) {
                    here(penalty.coefficient())
                            .ifPresent(place -> lines.put(inTheGradient(penalty.coefficient(), update), place));
                } else if (stage instanceof Stage.DecoupledDecay decay) {
                    here(decay.coefficient())
                            .ifPresent(place -> lines.put(
                                    "takes learning rate * " + number(decay.coefficient()) + " * w from "
                                            + roles(update.parameters()) + ", beside the gradient" + halfLife(update),
                                    place));
                }
            }
        }
        return lines;
    }

    private String inTheGradient(Quantity coefficient, Explanation.Update update) {
        String half = Numbers.rounded(
                coefficient.decimal().divide(BigDecimal.valueOf(2)).doubleValue(), DIGITS);
        return "adds " + number(coefficient) + " * w to the gradient of " + roles(update.parameters())
                + halfLife(update)
                + ". The same elsewhere: Keras `L2(" + half + ")`, PyTorch `weight_decay=" + number(coefficient)
                + "` (not of AdamW), Caffe `weight_decay: " + number(coefficient) + "`";
    }

    private String halfLife(Explanation.Update update) {
        return update.halfLife()
                .filter(life -> explanation.isShrinkingKnown(update))
                .map(HalfLife::updates)
                .map(updates -> String.format("; without a gradient a weight halves in %,.0f updates", updates))
                .orElse("");
    }

    /** Such as {@code 8 kernels and 2 biases}; {@code every kernel} where the layers are not known. */
    private static String roles(List<Parameter> parameters) {
        Map<String, Long> counts = parameters.stream()
                .collect(Collectors.groupingBy(
                        parameter -> parameter.name().role().word(), LinkedHashMap::new, Collectors.counting()));
        boolean any = parameters.stream().anyMatch(p -> p.name().layer().equals("*"));
        List<String> words = new ArrayList<>();
        counts.forEach((role, count) -> words.add(any ? "every " + role : count + " " + plural(role, count)));
        return String.join(" and ", words);
    }

    private static String plural(String role, long count) {
        String many = role.endsWith("s") ? role + "es" : role + "s";
        return count == 1 || role.endsWith("embeddings") ? role : many;
    }

    private static String number(Quantity quantity) {
        return quantity.isKnown() ? Numbers.rounded(quantity.doubleValue(), DIGITS) : "not known";
    }

    private Optional<Place> here(Quantity quantity) {
        return Stream.concat(quantity.place().stream(), quantity.origin().where().stream())
                .filter(place -> place.source().name().equals(file)
                        && place.span().start() <= offset
                        && offset <= place.span().end())
                .findFirst();
    }
}

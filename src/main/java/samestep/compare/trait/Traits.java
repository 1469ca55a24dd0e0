package samestep.compare.trait;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import samestep.compare.ValueRows;
import samestep.compare.WrittenValue;
import samestep.compare.proof.Pair;
import samestep.equation.Equations;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What differs between the two sides of a pair, each thing with the change that gives the target the source's. Knows kinds
 * of stages by their class and hyper-parameters by their name, so that new ones need nothing here.
 */
public final class Traits {
    private static final int DIGITS = 6;

    private Traits() {}

    /**
     * One that can be set.
     *
     * @param trait what it is
     * @param set gives a pair's target the source's
     */
    public record Settable(Trait trait, UnaryOperator<Pair> set) {}

    /** All of them; empty for equal sides. */
    public static List<Settable> of(Pair pair) {
        List<Settable> traits = new ArrayList<>();
        rates(pair).ifPresent(traits::add);
        Set<String> kinds = new LinkedHashSet<>();
        pair.source().stages().forEach(stage -> kinds.add(kind(stage)));
        pair.target().stages().forEach(stage -> kinds.add(kind(stage)));
        for (String kind : kinds) {
            if (!kind.equals(kind(Stage.Optimizer.class))
                    && !behaviour(pair.source(), kind).equals(behaviour(pair.target(), kind))) {
                Trait trait = new Trait(name(pair, kind), words(pair.source(), kind), words(pair.target(), kind));
                traits.add(new Settable(trait, p -> withStages(p, kind)));
            }
        }
        order(pair).ifPresent(traits::add);
        optimizer(pair, traits);
        return traits;
    }

    private static Optional<Settable> rates(Pair pair) {
        Parameter source = pair.source();
        Parameter target = pair.target();
        boolean same = source.frozen() == target.frozen()
                && source.rateMultiplier()
                                .decimal()
                                .compareTo(target.rateMultiplier().decimal())
                        == 0;
        return same
                ? Optional.empty()
                : Optional.of(
                        new Settable(new Trait("rate multiplier", rate(source), rate(target)), Pair::withEqualRates));
    }

    private static String rate(Parameter parameter) {
        return parameter.frozen()
                ? "frozen"
                : Numbers.rounded(parameter.rateMultiplier().doubleValue(), DIGITS);
    }

    private static String kind(Class<? extends Stage> type) {
        return type.getSimpleName();
    }

    /** Penalties of each norm are a kind. */
    private static String kind(Stage stage) {
        return stage instanceof Stage.Penalty penalty ? penalty.norm() + " penalty" : kind(stage.getClass());
    }

    private static List<Stage> stages(Parameter parameter, String kind) {
        return parameter.stages().stream().filter(s -> kind(s).equals(kind)).toList();
    }

    private static List<List<Object>> behaviour(Parameter parameter, String kind) {
        return stages(parameter, kind).stream().map(Stage::behaviour).toList();
    }

    private static String name(Pair pair, String kind) {
        List<Stage> stages = new ArrayList<>(stages(pair.source(), kind));
        stages.addAll(stages(pair.target(), kind));
        return ValueRows.value(stages.get(0))
                .map(Map.Entry::getKey)
                .orElse(kind.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT));
    }

    private static String words(Parameter parameter, String kind) {
        List<String> words = stages(parameter, kind).stream()
                .map(s -> ValueRows.value(s)
                        .map(v -> WrittenValue.spelling(v.getValue()))
                        .orElseGet(() -> s.equations().body().isEmpty()
                                ? "there"
                                : s.equations().name()))
                .toList();
        return words.isEmpty() ? Trait.NONE : String.join(" and ", words);
    }

    /** The stages of a kind as in the source, each after the stages that precede it there. */
    private static Pair withStages(Pair pair, String kind) {
        List<Stage> stages = new ArrayList<>(pair.target().stages());
        stages.removeIf(s -> kind(s).equals(kind));
        List<Stage> model = pair.source().stages();
        for (int i = 0; i < model.size(); i++) {
            if (kind(model.get(i)).equals(kind)) {
                stages.add(place(stages, model, i), model.get(i));
            }
        }
        return pair.withTargetStages(stages);
    }

    private static int place(List<Stage> stages, List<Stage> model, int index) {
        for (int before = index - 1; before >= 0; before--) {
            for (int i = stages.size() - 1; i >= 0; i--) {
                if (kind(stages.get(i)).equals(kind(model.get(before)))) {
                    return i + 1;
                }
            }
        }
        return 0;
    }

    /** The order of the kinds that both sides have. */
    private static Optional<Settable> order(Pair pair) {
        List<String> source = kinds(pair.source());
        List<String> target = kinds(pair.target());
        List<String> both = new ArrayList<>(source);
        both.retainAll(target);
        List<String> there = new ArrayList<>(target);
        there.retainAll(source);
        if (both.equals(there)) {
            return Optional.empty();
        }
        Trait trait = new Trait("order", order(pair, both), order(pair, there));
        return Optional.of(
                new Settable(trait, p -> p.withTargetStages(sorted(p.target().stages(), source))));
    }

    private static String order(Pair pair, List<String> kinds) {
        return String.join(
                ", ",
                kinds.stream()
                        .map(k -> k.equals(kind(Stage.Optimizer.class)) ? "optimizer" : name(pair, k))
                        .toList());
    }

    private static List<String> kinds(Parameter parameter) {
        return parameter.stages().stream().map(Traits::kind).distinct().toList();
    }

    /** What the source does not have stays on its side of the optimizer. */
    private static List<Stage> sorted(List<Stage> stages, List<String> order) {
        int optimizer = order.indexOf(kind(Stage.Optimizer.class));
        List<Stage> sorted = new ArrayList<>(stages);
        List<String> present = stages.stream().map(Traits::kind).toList();
        sorted.sort(Comparator.comparingDouble(stage -> {
            int at = order.indexOf(kind(stage));
            boolean before = present.indexOf(kind(stage)) < present.indexOf(kind(Stage.Optimizer.class));
            return at >= 0 ? at : optimizer + (before ? -0.5 : 0.5);
        }));
        return sorted;
    }

    private static void optimizer(Pair pair, List<Settable> traits) {
        Optional<Stage.Optimizer> left = pair.source().optimizer();
        Optional<Stage.Optimizer> right = pair.target().optimizer();
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        Stage.Optimizer source = left.get();
        Stage.Optimizer target = right.get();
        new TreeMap<>(source.values()).forEach((name, here) -> {
            Quantity there = target.values().get(name);
            if (there != null && here.decimal().compareTo(there.decimal()) != 0) {
                Trait trait = new Trait(
                        name.replace('_', ' '), WrittenValue.spelling(here), WrittenValue.spelling(there), true);
                traits.add(new Settable(trait, p -> p.withTargetOptimizer(o -> with(o, name, here))));
            }
        });
        if (!source.equations().equals(target.equations())) {
            Trait trait = equations(source.equations(), target.equations());
            traits.add(new Settable(trait, p -> p.withTargetOptimizer(o -> as(source, o))));
        }
    }

    /** The lines at the top of the equations that differ say what people compare. */
    private static Trait equations(Equations source, Equations target) {
        Set<String> subjects = new TreeSet<>(source.traits().keySet());
        subjects.addAll(target.traits().keySet());
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (String subject : subjects) {
            String one = source.traits().getOrDefault(subject, "none");
            String other = target.traits().getOrDefault(subject, "none");
            if (!one.equals(other)) {
                here.add(subject + " " + one);
                there.add(subject + " " + other);
            }
        }
        return new Trait(
                "equations",
                source.name() + (here.isEmpty() ? "" : ": " + String.join("; ", here)),
                target.name() + (there.isEmpty() ? "" : ": " + String.join("; ", there)),
                true);
    }

    private static Stage.Optimizer with(Stage.Optimizer optimizer, String name, Quantity value) {
        Map<String, Quantity> values = new HashMap<>(optimizer.values());
        values.put(name, value);
        return new Stage.Optimizer(optimizer.equations(), values);
    }

    /** The source's equations with the target's numbers, as far as it has them. */
    private static Stage.Optimizer as(Stage.Optimizer source, Stage.Optimizer target) {
        Map<String, Quantity> values = new HashMap<>(source.values());
        values.replaceAll((name, value) -> target.values().getOrDefault(name, value));
        return new Stage.Optimizer(source.equations(), values);
    }
}

package samestep.compare.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/**
 * A parameter of one recipe and its partner in the other.
 *
 * @param source the parameter
 * @param target its partner
 */
public record Pair(Parameter source, Parameter target) {

    /** Parameters of the source that have no partner. */
    public static List<Parameter> alone(Recipe source, Recipe target, Partners partners) {
        return List.copyOf(new Pairing(source, target, partners).alone());
    }

    /** Parameters of the target that have no partner; the one that stands for every layer need not have one. */
    public static List<Parameter> aloneInTarget(Recipe source, Recipe target, Partners partners) {
        return new Pairing(source, target, partners).aloneInTarget();
    }

    /** Pairs, those that behave alike together; the first of each class stands for it in a proof. */
    public static List<List<Pair>> classes(Recipe source, Recipe target, Partners partners) {
        Map<List<Object>, List<Pair>> classes = new LinkedHashMap<>();
        new Pairing(source, target, partners)
                .pairs()
                .forEach(pair -> classes.computeIfAbsent(pair.key(), k -> new ArrayList<>())
                        .add(pair));
        return List.copyOf(classes.values());
    }

    /**
     * What a proof runs: the first of each class, in their order; then, where an update looks at other tensors, a second
     * of each class that has or stands for several. With one tensor alone, the norm of all gradients is its own.
     */
    public static List<Pair> representatives(List<List<Pair>> classes) {
        List<Pair> representatives = new ArrayList<>();
        classes.forEach(c -> representatives.add(c.get(0)));
        boolean wide = representatives.stream()
                .flatMap(p -> Stream.concat(p.source.stages().stream(), p.target.stages().stream()))
                .anyMatch(stage -> stage.equations().reachBeyondTensor());
        if (wide) {
            classes.stream().flatMap(c -> second(c).stream()).forEach(representatives::add);
        }
        return representatives;
    }

    private static Optional<Pair> second(List<Pair> pairs) {
        Pair first = pairs.get(0);
        if (pairs.size() > 1) {
            return Optional.of(pairs.get(1));
        }
        boolean many = first.source.name().layer().equals(ParameterName.ANY_LAYER)
                && first.target.name().layer().equals(ParameterName.ANY_LAYER);
        return many ? Optional.of(new Pair(again(first.source), again(first.target))) : Optional.empty();
    }

    private static Parameter again(Parameter parameter) {
        ParameterName name = new ParameterName("another layer", parameter.name().role());
        return new Parameter(
                name, parameter.rateMultiplier(), parameter.frozen(), parameter.stages(), parameter.place());
    }

    /** Whether both sides are the same equations with the same numbers. */
    public boolean isIdentical() {
        return key(source).equals(key(target));
    }

    /** Everything about the pair that a proof reads; the same for parameters that behave alike. */
    public List<Object> key() {
        return List.of(key(source), key(target));
    }

    private static List<Object> key(Parameter parameter) {
        List<Object> key = new ArrayList<>();
        key.add(parameter.frozen());
        key.add(parameter.rateMultiplier().value());
        if (!parameter.frozen()) {
            parameter.stages().forEach(stage -> key.add(stage.behaviour()));
        }
        return key;
    }

    /** The same pair with other stages, on both sides. */
    public Pair without(Class<? extends Stage> kind) {
        return keeping(s -> !kind.isInstance(s));
    }

    /** The same pair with the stages of that kind only, on both sides. */
    public Pair only(Class<? extends Stage> kind) {
        return keeping(kind::isInstance);
    }

    /** The same pair with the source's learning-rate multiplier on both sides. */
    public Pair withEqualRates() {
        return new Pair(
                source,
                new Parameter(
                        target.name(), source.rateMultiplier(), source.frozen(), target.stages(), target.place()));
    }

    /** The same pair with other stages of the target. */
    public Pair withTargetStages(List<Stage> stages) {
        return new Pair(source, withStages(target, stages));
    }

    /** The same pair with the target's optimizer changed. */
    public Pair withTargetOptimizer(UnaryOperator<Stage.Optimizer> change) {
        return new Pair(source, changing(target, change));
    }

    /** The same pair with the optimizer of both sides changed. */
    public Pair withOptimizers(UnaryOperator<Stage.Optimizer> change) {
        return new Pair(changing(source, change), changing(target, change));
    }

    private static Parameter changing(Parameter parameter, UnaryOperator<Stage.Optimizer> change) {
        return withStages(
                parameter,
                parameter.stages().stream()
                        .map(s -> s instanceof Stage.Optimizer o ? change.apply(o) : s)
                        .toList());
    }

    private static Parameter withStages(Parameter parameter, List<Stage> stages) {
        return new Parameter(
                parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place());
    }

    /** The same pair with the stages of both sides that are kept. */
    public Pair keeping(Predicate<Stage> kept) {
        return new Pair(keeping(source, kept), keeping(target, kept));
    }

    private static Parameter keeping(Parameter parameter, Predicate<Stage> kept) {
        return withStages(parameter, parameter.stages().stream().filter(kept).toList());
    }
}

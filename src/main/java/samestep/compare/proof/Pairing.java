package samestep.compare.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;

/**
 * Which parameters of two recipes are pairs, and which have no partner. Nothing forbids a file to give one name to
 * several parameters: the second of a name has the second of that name as its partner, and so on.
 */
final class Pairing {
    private final List<Parameter> source;
    private final List<Parameter> target;
    private final Recipe whole;
    private final Partners partners;
    private final Map<ParameterName, List<Parameter>> named = new HashMap<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Parameter> alone = new ArrayList<>();

    /** Pairs them. */
    Pairing(Recipe source, Recipe target, Partners partners) {
        this.source = relevant(source);
        this.target = relevant(target);
        this.whole = target;
        this.partners = partners;
        target.parameters()
                .forEach(p ->
                        named.computeIfAbsent(p.name(), n -> new ArrayList<>()).add(p));
        pair();
    }

    private static List<Parameter> relevant(Recipe recipe) {
        return recipe.parameters().stream()
                .filter(p -> p.name().role() != Role.STATISTICS)
                .toList();
    }

    private void pair() {
        Map<ParameterName, Integer> before = new HashMap<>();
        for (Parameter parameter : source) {
            int number = before.merge(parameter.name(), 1, Integer::sum) - 1;
            List<Pair> own = pairs(parameter, number);
            pairs.addAll(own);
            if (own.isEmpty()) {
                alone.add(parameter);
            }
        }
    }

    /** One for each partner: the parameter that stands for every layer has all of its role. */
    private List<Pair> pairs(Parameter parameter, int number) {
        List<Parameter> same = named.getOrDefault(partners.named(parameter.name()), List.of());
        Optional<Parameter> partner = same.isEmpty()
                ? partners.of(parameter, whole)
                : Optional.of(same.get(Math.min(number, same.size() - 1)));
        if (partner.isPresent()) {
            return List.of(new Pair(parameter, partner.get()));
        }
        if (!parameter.name().layer().equals(ParameterName.ANY_LAYER)) {
            return List.of();
        }
        return target.stream()
                .filter(p -> p.name().role() == parameter.name().role())
                .map(p -> new Pair(parameter, p))
                .toList();
    }

    /** Every pair, in the source's order. */
    List<Pair> pairs() {
        return pairs;
    }

    /** Parameters of the source that have no partner. */
    List<Parameter> alone() {
        return alone;
    }

    /**
     * Parameters of the target that have no partner and do what no partner of their name does; the one that
     * stands for every layer need not have one.
     */
    List<Parameter> aloneInTarget() {
        Set<Parameter> used = Collections.newSetFromMap(new IdentityHashMap<>());
        pairs.forEach(pair -> used.add(pair.target()));
        return target.stream()
                .filter(p -> !used.contains(p) && !p.name().layer().equals(ParameterName.ANY_LAYER))
                .filter(p -> named.getOrDefault(p.name(), List.of()).stream()
                        .noneMatch(other -> used.contains(other) && new Pair(other, p).isIdentical()))
                .toList();
    }
}

package samestep.dialect.jax.write;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.FlaxNames;
import samestep.dialect.jax.value.JaxRoles;
import samestep.dialect.jax.write.Written.Made;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;

/** Says something of each parameter: by what it does in its layer where that decides, else by name. */
final class Masks {
    private final List<Parameter> parameters;
    private final boolean isByName;
    private boolean needsNames;

    Masks(Recipe recipe) {
        this.parameters = recipe.parameters().stream()
                .filter(p -> p.name().role() != Role.STATISTICS)
                .toList();
        this.isByName = parameters.stream()
                        .anyMatch(p -> !JaxRoles.ALL.contains(p.name().role()))
                && parameters.stream().noneMatch(p -> p.name().layer().startsWith(ParameterName.ANY_LAYER));
    }

    /** What is said of each. */
    Written.Tree tree(Function<Parameter, String> words, boolean isMask) {
        Map<Role, String> byRole = new EnumMap<>(Role.class);
        boolean isByRole = !isByName;
        for (Parameter parameter : parameters) {
            String word = words.apply(parameter);
            String before = byRole.putIfAbsent(parameter.name().role(), word);
            isByRole &= before == null || before.equals(word);
        }
        Map<ParameterName, String> of = new LinkedHashMap<>();
        if (isByRole) {
            String rest = isMask
                    ? Argument.Tree.FALSE
                    : byRole.getOrDefault(Role.BIAS, byRole.values().iterator().next());
            JaxRoles.ALL.forEach(
                    role -> of.put(new ParameterName(ParameterName.ANY_LAYER, role), byRole.getOrDefault(role, rest)));
        } else {
            needsNames = true;
            parameters.forEach(p -> of.put(p.name(), words.apply(p)));
        }
        return new Written.Tree(of, isMask);
    }

    /**
     * Whether what was said so far can be written. By name it cannot where the names are not a tree: a dict of Flax has one entry of
     * a name, which is a parameter or a layer.
     */
    boolean areSayable() {
        return !needsNames || areTree();
    }

    private boolean areTree() {
        Set<String> paths = new HashSet<>();
        boolean areDistinct = parameters.stream()
                .allMatch(p ->
                        paths.add(p.name().layer() + "/" + FlaxNames.of(p.name().role())));
        return areDistinct
                && parameters.stream()
                        .map(p -> p.name().layer())
                        .distinct()
                        .flatMap(Masks::above)
                        .noneMatch(paths::contains);
    }

    /** A path and those that it is in. */
    private static Stream<String> above(String path) {
        return Stream.iterate(path, p -> !p.isEmpty(), p -> p.substring(0, Math.max(0, p.lastIndexOf('/'))));
    }

    /** A mask of some of the trained parameters; empty where it is all of them. */
    private Optional<Written.Tree> of(List<Parameter> some) {
        return parameters.stream().allMatch(p -> p.frozen() || some.contains(p))
                ? Optional.empty()
                : Optional.of(tree(p -> some.contains(p) ? Argument.Tree.TRUE : Argument.Tree.FALSE, true));
    }

    /** A share of the weights that is added, for some parameters. */
    Made decay(Written share, List<Parameter> some) {
        Made made = Made.of("add_decayed_weights", Map.of("weight_decay", share));
        return of(some).map(mask -> made.with("mask", mask)).orElse(made);
    }

    /** A transformation for some parameters only. */
    Made only(Made made, List<Parameter> some) {
        return of(some).map(mask -> new Made("masked", false, List.of(made, mask), Map.of()))
                .orElse(made);
    }

    /** Parameters with what is said of them, by that. */
    static <K> Map<K, List<Parameter>> sorted(List<Parameter> parameters, Function<Parameter, K> key) {
        Map<K, List<Parameter>> sorted = new LinkedHashMap<>();
        parameters.forEach(p ->
                sorted.computeIfAbsent(key.apply(p), k -> new ArrayList<>()).add(p));
        return sorted;
    }
}

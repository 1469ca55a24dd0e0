package samestep.dialect.jax.bigvision;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import samestep.dialect.jax.value.Argument;
import samestep.finding.Place;
import samestep.recipe.Role;

/**
 * Which parameters each of several regular expressions has, the first that matches a whole name. The names of a model are not known:
 * only what is decided by the last part of a name, such as {@code .*&#47;kernel$}, is read. Source: big_vision/utils.py, make_mask_trees.
 */
final class NamePatterns {
    private static final Map<Role, String> NAMES = Map.of(
            Role.KERNEL,
            "Transformer/layer/kernel",
            Role.BIAS,
            "Transformer/layer/bias",
            Role.GAMMA,
            "Transformer/norm/scale",
            Role.BETA,
            "Transformer/norm/bias");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{2,}");
    private static final Set<String> LAST = Set.of("kernel", "bias", "scale");

    private NamePatterns() {}

    /** A mask for each pattern; empty where one of them is about names that are not known. */
    static Optional<List<Argument>> masks(List<String> patterns, Place place) {
        for (String pattern : patterns) {
            boolean isKnown = WORDS.matcher(pattern).results().allMatch(word -> LAST.contains(word.group()));
            if (!isKnown) {
                return Optional.empty();
            }
        }
        List<Map<Role, String>> of = new ArrayList<>();
        patterns.forEach(p -> of.add(new EnumMap<>(Role.class)));
        for (Map.Entry<Role, String> name : NAMES.entrySet()) {
            int first = first(patterns, name.getValue());
            for (int i = 0; i < patterns.size(); i++) {
                of.get(i).put(name.getKey(), i == first ? Argument.Tree.TRUE : Argument.Tree.FALSE);
            }
        }
        return Optional.of(of.stream()
                .map(tree -> (Argument) Argument.Tree.byRole(tree, place))
                .toList());
    }

    private static int first(List<String> patterns, String name) {
        for (int i = 0; i < patterns.size(); i++) {
            try {
                if (Pattern.compile(patterns.get(i)).matcher(name).matches()) {
                    return i;
                }
            } catch (PatternSyntaxException e) {
                return -1;
            }
        }
        return -1;
    }
}

package samestep.recipe;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a library tells the parameters of a model apart, where no file names them. The cases are tried in order, and the first
 * whose test a parameter passes decides.
 *
 * @param name what documents call the rule, such as {@code transformers}
 * @param source whose rule it is, and of which version, for messages
 * @param cases what a parameter may be
 * @param otherwise what a parameter is that passes no test; empty where the rule says nothing of it
 */
public record ParameterRule(String name, String source, List<Case> cases, Optional<Kind> otherwise) {
    /** Copies the cases. */
    public ParameterRule {
        cases = List.copyOf(cases);
    }

    /**
     * What a rule tells apart.
     *
     * @param label what it is called, such as {@code not decayed}
     * @param roles what the parameters of a usual layer are that fall under it
     */
    public record Kind(String label, Set<Role> roles) {
        /** Copies the set. */
        public Kind {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * One case of a rule.
     *
     * @param test which parameters it is about
     * @param kind what they are
     */
    public record Case(Test test, Kind kind) {}

    /** A question about a parameter of a model. */
    public sealed interface Test {
        /** Whether a regular expression is found in the whole name, written in lower case. */
        record PathHas(String pattern) implements Test {}

        /** Whether the whole name has this word in it, as it is written. */
        record PathContains(String word) implements Test {}

        /** Whether a regular expression matches all of the parameter's own name, which is after the last point. */
        record NameIs(String pattern) implements Test {}

        /** Whether the parameter's module is of one of these classes, by their full names. */
        record ModuleIs(List<String> classes) implements Test {
            /** Copies the list. */
            public ModuleIs {
                classes = List.copyOf(classes);
            }
        }

        /** Whether the name of the module's class has this word in it, written in lower case. */
        record ModuleIsCalled(String word) implements Test {}

        /** Whether a module of this class is around the parameter; the model itself does not count. */
        record IsInside(String className) implements Test {}

        /** Whether the parameter has so many dimensions at most. */
        record MostDimensions(int dimensions) implements Test {}

        /** Whether the parameter has so many dimensions at least. */
        record LeastDimensions(int dimensions) implements Test {}

        /** Whether the model names it itself, or a pattern with wildcards for it, in what this method returns. */
        record ListedByModel(String method) implements Test {}

        /** Whether a name that the model returns from this method is a part of the parameter's name. */
        record PartListedByModel(String method) implements Test {}

        /** Whether it passes all of these. */
        record All(List<Test> tests) implements Test {
            /** Copies the list. */
            public All {
                tests = List.copyOf(tests);
            }
        }
    }

    /** Every kind that the rule knows, in the order of the cases. */
    public List<Kind> kinds() {
        List<Kind> kinds = cases.stream().map(Case::kind).distinct().collect(Collectors.toList());
        otherwise.filter(kind -> !kinds.contains(kind)).ifPresent(kinds::add);
        return List.copyOf(kinds);
    }

    /**
     * Whether a recipe depends on the rule: it treats parameters that it does not name in more than one way.
     *
     * @param recipe one whose parameters the rule tells apart
     */
    public static boolean matters(Recipe recipe) {
        return recipe.trained().stream()
                        .filter(p -> p.name().layer().equals(ParameterName.ANY_LAYER))
                        .map(p -> List.of(
                                p.rateMultiplier().decimal().stripTrailingZeros(),
                                p.stages().stream().map(Stage::behaviour).toList()))
                        .distinct()
                        .count()
                > 1;
    }
}

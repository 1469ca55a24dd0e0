package samestep;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import samestep.recipe.Parameter;

/**
 * What came of comparing two configurations, or a configuration with its translation.
 *
 * @param verdict of all together: the worst of the others
 * @param learningRate of the learning rates over the run
 * @param groups parameters that behave alike, with their verdicts
 * @param drift the largest difference of any weight after 100 updates of a reference net; empty where it is proven that
 *     there is none, and where no run stands for the two
 */
public record Comparison(Verdict verdict, Verdict learningRate, List<Group> groups, OptionalDouble drift) {

    /**
     * Parameters that behave alike.
     *
     * @param parameters such as {@code conv1 kernel}; {@code every kernel} when the layers are not known
     * @param verdict whether both sides do the same to them
     */
    public record Group(List<String> parameters, Verdict verdict) {
        /** Copies the names. */
        public Group {
            parameters = List.copyOf(parameters);
        }

        /** Such as {@code conv1 kernel, conv2 kernel: exact}. */
        @Override
        public String toString() {
            return String.join(", ", parameters) + ": " + verdict;
        }
    }

    /** Copies the groups. */
    public Comparison {
        groups = List.copyOf(groups);
    }

    /** Whether both are proven to be the same training. */
    public boolean isProven() {
        return verdict.isProven();
    }

    static Comparison of(samestep.compare.Comparison comparison) {
        return new Comparison(
                Verdict.of(comparison.verdict()),
                Verdict.of(comparison.schedule().verdict()),
                comparison.groups().stream().map(Comparison::group).toList(),
                comparison.drift());
    }

    static Comparison unknown(String why) {
        Verdict unknown = new Verdict(Verdict.Kind.UNKNOWN, why);
        return new Comparison(unknown, unknown, List.of(), OptionalDouble.empty());
    }

    private static Group group(samestep.compare.Comparison.Group group) {
        List<String> names = group.parameters().stream()
                .map(Parameter::name)
                .map(Object::toString)
                .toList();
        return new Group(names, Verdict.of(group.verdict()));
    }

    /** Compares two that were read; unknown if either was not. */
    static Comparison of(
            Configuration a,
            Configuration b,
            java.util.function.BiFunction<samestep.recipe.Recipe, samestep.recipe.Recipe, samestep.compare.Comparison>
                    compare) {
        Optional<Configuration> unread =
                Stream.of(a, b).filter(c -> c.read().value().isEmpty()).findFirst();
        return unread.isPresent()
                ? unknown(unread.get().name() + " could not be read")
                : of(compare.apply(
                        a.read().value().orElseThrow(), b.read().value().orElseThrow()));
    }
}

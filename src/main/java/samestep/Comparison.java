package samestep;

import java.util.List;
import java.util.OptionalDouble;
import samestep.compare.setting.SettingComparison;
import samestep.recipe.Parameter;

/**
 * The result of comparing two configurations, or a configuration with its translation.
 *
 * @param verdict of the update as a whole: the worst of the others
 * @param learningRate of the learning rates over the run
 * @param groups parameters that behave alike, with their verdicts, in the order of the model; empty where a side could
 *     not be read
 * @param differences every value that is not the same on both sides: of the update, and of the settings beside it. A
 *     setting that only one side names is left out
 * @param edits what to write in the second configuration so that a value is the same in both; each was tried, and makes
 *     its value the same without making another different. Empty in a comparison with a translation
 * @param drift measured, in the unit of the weights, and no bound: the largest difference of any weight when both sides
 *     train a reference net for 100 updates from the same start. Empty where no difference is proven, and where no
 *     reference net can be trained with both
 */
public record Comparison(
        Verdict verdict,
        Verdict learningRate,
        List<Group> groups,
        List<Difference> differences,
        List<Edit> edits,
        OptionalDouble drift) {

    /**
     * Parameters that behave alike.
     *
     * @param parameters such as {@code conv1 kernel}; {@code every kernel} when the layers are not known
     * @param verdict whether both sides do the same to them
     */
    public record Group(List<String> parameters, Verdict verdict) {
        /**
         * Copies the names.
         *
         * @param parameters at least one
         * @param verdict of all of them
         */
        public Group {
            parameters = List.copyOf(parameters);
        }

        /** {@return such as {@code conv1 kernel, conv2 kernel: exact}} */
        @Override
        public String toString() {
            return String.join(", ", parameters) + ": " + verdict;
        }
    }

    /**
     * Copies the lists.
     *
     * @param verdict of all together
     * @param learningRate of the learning rates
     * @param groups of parameters
     * @param differences of values
     * @param edits of the second configuration
     * @param drift after 100 updates
     */
    public Comparison {
        groups = List.copyOf(groups);
        differences = List.copyOf(differences);
        edits = List.copyOf(edits);
    }

    /**
     * Whether every update is proven to be the same, from the same gradients.
     *
     * @return true also where {@link #differences} has a batch size or an initializer that differs: see {@link
     *     #isSameTraining}
     */
    public boolean isProven() {
        return verdict.isProven();
    }

    /** {@return whether the updates are proven to be the same, and nothing else differs that both sides say} */
    public boolean isSameTraining() {
        return isProven() && differences.stream().allMatch(d -> d.about() == Difference.About.UPDATE);
    }

    static Comparison of(samestep.compare.Comparison comparison, List<Difference> differences, List<Edit> edits) {
        return new Comparison(
                Verdict.of(comparison.verdict()),
                Verdict.of(comparison.schedule().verdict()),
                comparison.groups().stream().map(Comparison::group).toList(),
                differences,
                edits,
                comparison.drift());
    }

    /** The same for a document that was written, whose values are those of the source where it is proven. */
    static Comparison of(samestep.compare.Comparison comparison, SettingComparison settings) {
        return of(comparison, Difference.of(List.of(), settings), List.of());
    }

    static Comparison unknown(String why) {
        Verdict unknown = new Verdict(Verdict.Kind.UNKNOWN, why);
        return new Comparison(unknown, unknown, List.of(), List.of(), List.of(), OptionalDouble.empty());
    }

    private static Group group(samestep.compare.Comparison.Group group) {
        List<String> names = group.parameters().stream()
                .map(Parameter::name)
                .map(Object::toString)
                .toList();
        return new Group(names, Verdict.of(group.verdict()));
    }
}

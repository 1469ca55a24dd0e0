package samestep.dialect.keras.write;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.ParameterRule.Case;
import samestep.recipe.ParameterRule.Test;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/**
 * A library's rule of what is not decayed, asked of Keras' variables. A variable knows its path and its shape, and not the class
 * of its layer: what a normalisation has is known by its name, {@code gamma}, {@code beta}, or {@code scale} of
 * RMSNormalization.
 */
final class KerasRules {
    private static final String CLASS = """
        class Sorting%1$s(keras.optimizers.%1$s):
            \"""%1$s that leaves out of its decay what %2$s leaves out.\"""
        %3$s
            def build(self, variables):
                self.exclude_from_weight_decay(var_list=[v for v in variables if self.is_left_out(v)])
                super().build(variables)

            def is_left_out(self, variable):
                path = variable.path.replace("/", ".")
                name = path.rpartition(".")[2]
                # RMSNormalization's scale is a vector, an attention's a number.
                if name in ("bias", "gamma", "beta") or name == "scale" and len(variable.shape) == 1:
                    return True
        %4$s        return False


        """;

    private static final String LISTED = """

            # What the model itself names, as in its no_weight_decay(): parts of paths, such as "pos_embed" and "cls_token".
            no_weight_decay = ()
        """;

    private KerasRules() {}

    /** The rule that decides what a recipe does not decay beside the gradient; empty where none does, or not it alone. */
    static Optional<ParameterRule> of(Recipe recipe) {
        return recipe.rule()
                .filter(rule ->
                        recipe.trained().stream().allMatch(p -> p.name().layer().equals(ParameterName.ANY_LAYER)))
                .filter(rule -> leftOut(rule).equals(Optional.of(without(recipe))));
    }

    /** Roles of what is not decayed beside the gradient. */
    private static Set<Role> without(Recipe recipe) {
        return recipe.trained().stream()
                .filter(p -> decays(p).isEmpty())
                .map(p -> p.name().role())
                .filter(role -> role != Role.ALPHA)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Stage.DecoupledDecay> decays(Parameter parameter) {
        return parameter.stages(Stage.DecoupledDecay.class).stream()
                .filter(d -> !d.coefficient().isZero())
                .toList();
    }

    /** The roles under the first of a rule's cases, if all cases are of one kind and can be asked. */
    private static Optional<Set<Role>> leftOut(ParameterRule rule) {
        List<ParameterRule.Kind> kinds =
                rule.cases().stream().map(Case::kind).distinct().toList();
        boolean asked = rule.cases().stream().allMatch(c -> condition(c.test()).isPresent());
        return kinds.size() == 1 && asked
                ? Optional.of(kinds.get(0).roles().stream()
                        .filter(role -> role != Role.ALPHA)
                        .collect(Collectors.toCollection(LinkedHashSet::new)))
                : Optional.empty();
    }

    /** Regular expressions for what the rule finds by words in names, as TensorFlow has paths. */
    static List<String> patterns(ParameterRule rule) {
        List<String> patterns = new ArrayList<>();
        for (Case each : rule.cases()) {
            if (each.test() instanceof Test.PathHas has && !isBias(has)) {
                patterns.add(has.pattern().replace("\\.", "/").replace("$", ":|$"));
            }
        }
        return patterns;
    }

    /** Whether the class looks for regular expressions. */
    static boolean isByWords(ParameterRule rule) {
        return rule.cases().stream().anyMatch(c -> c.test() instanceof Test.PathHas has && !isBias(has));
    }

    /** What is found by the variable's own name in any case. */
    private static boolean isBias(Test.PathHas has) {
        return has.pattern().equals("\\.bias$");
    }

    /** Whether the rule asks for what no regular expression of names can. */
    static boolean isByShape(ParameterRule rule) {
        return rule.cases().stream().anyMatch(c -> c.test() instanceof Test.MostDimensions || isListed(c.test()));
    }

    /** The class that asks. */
    static String definition(ParameterRule rule, String optimizer) {
        String questions = rule.cases().stream()
                .flatMap(c -> condition(c.test()).stream())
                .filter(condition -> !condition.isEmpty())
                .map(condition -> "        if " + condition + ":\n            return True\n")
                .collect(Collectors.joining());
        boolean listed = rule.cases().stream().anyMatch(c -> isListed(c.test()));
        return CLASS.formatted(optimizer, rule.source(), listed ? LISTED : "", questions);
    }

    /** What the class is called. */
    static String className(String optimizer) {
        return "Sorting" + optimizer;
    }

    /** The question in Python; no text where a normalisation's own names have answered it, empty where it cannot be asked. */
    private static Optional<String> condition(Test test) {
        if (test instanceof Test.PathHas has) {
            return Optional.of(isBias(has) ? "" : "re.search(r\"" + has.pattern() + "\", path.lower())");
        }
        if (test instanceof Test.PathContains contains) {
            return Optional.of(PythonText.quoted(contains.word()) + " in path");
        }
        if (test instanceof Test.MostDimensions most) {
            return Optional.of("len(variable.shape) <= " + most.dimensions());
        }
        if (isListed(test)) {
            return Optional.of("any(part in self.no_weight_decay for part in path.split(\".\"))");
        }
        boolean normalisation = test instanceof Test.IsInside inside
                        && inside.className().contains("Norm")
                || test instanceof Test.ModuleIs is && is.classes().stream().allMatch(name -> name.contains("Norm"));
        return normalisation ? Optional.of("") : Optional.empty();
    }

    private static boolean isListed(Test test) {
        return test instanceof Test.ListedByModel || test instanceof Test.PartListedByModel;
    }
}

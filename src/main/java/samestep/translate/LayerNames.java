package samestep.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import samestep.compare.proof.Partners;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.text.Spelling;

/** Holds the names of layers that you paired to the layers that there are. */
final class LayerNames {
    private LayerNames() {}

    /** An error for each paired name that a side does not have; a side whose layers are not known is not asked. */
    static List<Finding> wrong(Partners partners, Recipe source, String sourceName, Recipe target, String targetName) {
        List<Finding> findings = new ArrayList<>();
        wrong(partners.layers().keySet(), source, sourceName, findings);
        wrong(Set.copyOf(partners.layers().values()), target, targetName, findings);
        return findings;
    }

    private static void wrong(Set<String> names, Recipe recipe, String file, List<Finding> findings) {
        Set<String> layers =
                recipe.parameters().stream().map(p -> p.name().layer()).collect(Collectors.toCollection(TreeSet::new));
        recipe.activityPenalties().forEach(a -> layers.add(a.layer()));
        if (layers.contains(ParameterName.ANY_LAYER)) {
            return;
        }
        for (String name : new TreeSet<>(names)) {
            if (!layers.contains(name)) {
                String near = Spelling.nearest(name, layers);
                Finding finding = Finding.of(Code.SS004, "there is no layer " + name + " in " + file)
                        .as(Severity.ERROR)
                        .detail(
                                layers.isEmpty()
                                        ? "It has no layers with parameters."
                                        : "There are " + ParameterList.some(List.copyOf(layers)) + ".");
                findings.add(near.isEmpty() ? finding : finding.detail("Did you mean " + near + "?"));
            }
        }
    }
}

package samestep.dialect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.ParameterName;

/** Which layers of a recipe and of a document that is changed belong together, and which have no partner. */
public final class LayerPartners {
    /** So many layers are named one by one. */
    private static final int MOST = 5;

    private final String document;
    private final Map<String, String> names;
    private final Set<String> met = new LinkedHashSet<>();
    private final Set<String> alone = new LinkedHashSet<>();

    /**
     * @param document what messages call the document
     * @param names what layers of the recipe are called in it, where it is another name
     */
    public LayerPartners(String document, Map<String, String> names) {
        this.document = document;
        this.names = Map.copyOf(names);
    }

    /** What the recipe calls a layer of the document. */
    public String inRecipe(String layer) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(layer))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(layer);
    }

    /** Notes that a layer of the document has one in the recipe. */
    public void meet(String layer) {
        met.add(inRecipe(layer));
    }

    /** Notes that a layer of the document with parameters has none. */
    public void leaveAlone(String layer) {
        alone.add(layer);
    }

    /** Those without a partner on either side. */
    public List<Finding> findings(Collection<String> layersOfRecipe) {
        List<Finding> findings = new ArrayList<>();
        if (alone.size() > MOST) {
            findings.add(Finding.of(
                            Code.SS305,
                            alone.size() + " layers of " + document + " have no partner (" + some(alone)
                                    + "); they stay as they are")
                    .detail("If they have other names in the source: --map SOURCE=LAYER for each."));
        } else {
            alone.forEach(layer -> findings.add(
                    Finding.of(Code.SS305, "layer " + layer + " of " + document + " has no partner; it stays as it is")
                            .detail("If it has another name in the source: --map SOURCE=" + layer)));
        }
        Set<String> missing = new LinkedHashSet<>(layersOfRecipe);
        missing.removeIf(layer -> layer.equals(ParameterName.ANY_LAYER) || met.contains(layer));
        if (missing.size() > MOST) {
            findings.add(Finding.of(
                            Code.SS305,
                            missing.size() + " layers have no partner in " + document + " (" + some(missing)
                                    + "); nothing is written for them")
                    .detail("If they have other names there: --map LAYER=NAME for each."));
        } else {
            missing.forEach(layer -> findings.add(Finding.of(
                            Code.SS305,
                            "layer " + layer + " has no partner in " + document + "; nothing is written for it")
                    .detail("If it has another name there: --map " + layer + "=NAME")));
        }
        return findings;
    }

    private static String some(Set<String> layers) {
        return ParameterList.some(List.copyOf(layers));
    }
}

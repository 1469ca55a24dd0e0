package samestep.dialect.caffe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.LayerPartners;
import samestep.dialect.caffe.CaffeMultipliers.Entry;
import samestep.dialect.caffe.net.LayerKind;
import samestep.dialect.caffe.net.NetLayer;
import samestep.dialect.write.Rewrite;
import samestep.finding.Finding;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.text.SourceText;

/** Puts the multipliers of a recipe into your own net; the solver for it is a separate file. */
final class CaffeRewriter {
    private final SourceText source;
    private final PrototxtMessage net;
    private final LayerPartners partners;
    private final List<Finding> findings = new ArrayList<>();

    private CaffeRewriter(SourceText source, PrototxtMessage net, Map<String, String> names) {
        this.source = source;
        this.net = net;
        this.partners = new LayerPartners(source.name(), names);
    }

    /**
     * The ways to change a net that are worth trying.
     *
     * @param names what the recipe's layers are called in the net, where it is another name
     */
    static List<Rewrite> rewrites(Recipe recipe, SourceText source, PrototxtMessage net, Map<String, String> names) {
        return CaffeWriter.solutions(recipe).stream()
                .map(solution -> new CaffeRewriter(source, net, names).rewrite(solution))
                .toList();
    }

    private Rewrite rewrite(CaffeWriter.Solution solution) {
        findings.addAll(solution.proposal().findings());
        MultiplierEdits edits = new MultiplierEdits(source);
        Map<ParameterName, Entry> wanted = solution.multipliers().entries();
        for (PrototxtField field : net.fields()) {
            if (field.value() instanceof PrototxtMessage message && field.name().startsWith("layer")) {
                layer(field, message, wanted, edits);
            }
        }
        findings.addAll(partners.findings(
                wanted.keySet().stream().map(ParameterName::layer).toList()));
        String text = solution.proposal().texts().getOrDefault(CaffeWriter.PROTOTXT, "");
        String solver = "net: " + CaffeSkeleton.quoted(source.name()) + "\n" + withoutComment(text);
        return new Rewrite(
                source, edits.edits(), Optional.of(solver), solution.proposal().written(), findings);
    }

    /** What the net is to say, it says now. */
    private static String withoutComment(String solver) {
        int comment = solver.indexOf("# In the net");
        return comment < 0 ? solver : solver.substring(0, comment);
    }

    private void layer(
            PrototxtField field, PrototxtMessage message, Map<ParameterName, Entry> wanted, MultiplierEdits edits) {
        boolean modern = field.name().equals("layer");
        NetLayer layer = modern ? NetLayer.modern(source, field, message) : NetLayer.old(source, field, message);
        List<Role> roles = LayerKind.roles(layer.type(), layer.message()).orElse(List.of());
        List<Optional<Entry>> entries = new ArrayList<>();
        String theirs = partners.inRecipe(layer.name());
        for (Role role : roles) {
            entries.add(Optional.ofNullable(wanted.get(new ParameterName(theirs, role)))
                    .or(() -> Optional.ofNullable(wanted.get(new ParameterName(ParameterName.ANY_LAYER, role)))));
        }
        if (entries.stream().anyMatch(Optional::isPresent)) {
            partners.meet(layer.name());
            edits.layer(layer, modern, entries);
        } else if (roles.stream().anyMatch(r -> r != Role.STATISTICS)) {
            partners.leaveAlone(layer.name());
        }
    }
}

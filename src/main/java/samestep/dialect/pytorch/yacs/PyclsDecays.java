package samestep.dialect.pytorch.yacs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.Quantity;
import samestep.recipe.Role;

/**
 * The decays of pycls, by words in the names of parameters: {@code bn}, then {@code ln}, then {@code bias}; each has the
 * optimizer's unless it has its own. Source: construct_optimizer in pycls/core/optimizer.py.
 */
final class PyclsDecays {
    private static final Set<Role> NORMS = Set.of(Role.GAMMA, Role.BETA);
    private static final Set<String> BATCH_NORMALISED = Set.of("anynet", "effnet", "regnet", "resnet");

    /** Which normalisations a model has. */
    private enum Norms {
        BATCH,
        LAYER,
        BOTH
    }

    private final Fields fields;
    private final List<Finding> findings;
    private final Quantity ofBatch;
    private final Quantity ofLayer;

    PyclsDecays(Fields fields, List<Finding> findings) {
        this.fields = fields;
        this.findings = findings;
        this.ofBatch = own("BN.USE_CUSTOM_WEIGHT_DECAY", "BN.CUSTOM_WEIGHT_DECAY");
        this.ofLayer = own("LN.USE_CUSTOM_WEIGHT_DECAY", "LN.CUSTOM_WEIGHT_DECAY");
    }

    private Quantity own(String use, String field) {
        return fields.isOn(use) ? fields.number(field) : fields.number("OPTIM.WEIGHT_DECAY");
    }

    private boolean areOne() {
        return ofBatch.decimal().compareTo(ofLayer.decimal()) == 0;
    }

    /** Where the file does not say which net it is, it may have both. A ViT's stem of convolutions has batch normalisations. */
    private Norms norms() {
        String type = fields.text("MODEL.TYPE");
        boolean patches = type.equals("vit") && fields.text("VIT.STEM_TYPE").equals("patchify");
        return BATCH_NORMALISED.contains(type) ? Norms.BATCH : patches ? Norms.LAYER : Norms.BOTH;
    }

    /** The rule that tells the model's parameters apart. */
    ParameterRule rule() {
        return areOne() || norms() == Norms.BOTH
                ? ParameterRules.PYCLS
                : norms() == Norms.BATCH ? ParameterRules.PYCLS_BATCH : ParameterRules.PYCLS_LAYER;
    }

    /** Groups, the first that has a parameter decides; none where all are decayed alike. */
    List<ParameterGroup> groups() {
        Quantity ofBias = own("OPTIM.BIAS_USE_CUSTOM_WEIGHT_DECAY", "OPTIM.BIAS_CUSTOM_WEIGHT_DECAY");
        Quantity weights = fields.number("OPTIM.WEIGHT_DECAY");
        List<ParameterGroup> groups = new ArrayList<>();
        if (!areOne() && norms() == Norms.BOTH) {
            findings.add(Finding.of(
                            Code.SS342,
                            "pycls decays parameters with bn in their names by " + ofBatch.written()
                                    + ", those with ln by " + ofLayer.written() + " and others by "
                                    + weights.written())
                    .at(ofBatch.place().or(ofLayer::place)));
            groups.add(new ParameterGroup(word("bn"), decay(ofBatch)));
            groups.add(new ParameterGroup(word("ln"), decay(ofLayer)));
        } else {
            groups.add(
                    new ParameterGroup(new Members.OfRole(NORMS), decay(norms() == Norms.LAYER ? ofLayer : ofBatch)));
        }
        groups.add(new ParameterGroup(new Members.OfRole(Set.of(Role.BIAS)), decay(ofBias)));
        boolean alike = areOne() && isSame(ofBatch, weights) && isSame(ofBias, weights);
        groups.add(new ParameterGroup(new Members.Rest(), Map.of()));
        return alike ? List.of() : groups;
    }

    private static boolean isSame(Quantity one, Quantity other) {
        return one.decimal().compareTo(other.decimal()) == 0;
    }

    private static Members word(String word) {
        return new Members.Named(NORMS.stream()
                .sorted()
                .map(role -> new ParameterName(ParameterName.withWord(word), role))
                .toList());
    }

    private static Map<String, PytorchValue> decay(Quantity decay) {
        return Map.of("weight_decay", new Num(decay));
    }
}

package samestep.dialect.pytorch.yacs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Role;

/**
 * The parameter groups that detectron2 makes, for its YAML and its Python configurations. Normalisations have a decay of their own, and
 * what is for biases wins for theirs. Source: get_default_optimizer_params in detectron2/solver/build.py.
 *
 * @param all what every group has
 * @param normDecay the decay of normalisations, where it is another
 * @param biasRate the rate of biases, where it is another
 * @param biasDecay the decay of biases, where it is another
 */
public record DetectronGroups(
        Map<String, PytorchValue> all,
        Optional<Quantity> normDecay,
        Optional<Quantity> biasRate,
        Optional<Quantity> biasDecay) {
    private static final String DECAY = "weight_decay";

    /** The groups, by what a parameter does in its layer. */
    public List<ParameterGroup> groups() {
        Map<String, PytorchValue> scales = new LinkedHashMap<>(all);
        normDecay.ifPresent(decay -> scales.put(DECAY, new Num(decay)));
        return List.of(
                new ParameterGroup(new Members.OfRole(Set.of(Role.GAMMA)), scales),
                new ParameterGroup(new Members.OfRole(Set.of(Role.BETA)), ofBias(scales)),
                new ParameterGroup(new Members.OfRole(Set.of(Role.BIAS)), ofBias(all)),
                new ParameterGroup(new Members.Rest(), all));
    }

    private Map<String, PytorchValue> ofBias(Map<String, PytorchValue> others) {
        Map<String, PytorchValue> biases = new LinkedHashMap<>(others);
        biasRate.ifPresent(rate -> biases.put("lr", new Num(rate)));
        biasDecay.ifPresent(decay -> biases.put(DECAY, new Num(decay)));
        return biases;
    }

    /**
     * The rule in words.
     *
     * @param decay of everything else
     */
    public Finding explained(Quantity decay, Optional<Place> place) {
        return Finding.of(
                        Code.SS342,
                        "detectron2 decays normalisations by " + shown(normDecay.orElse(decay))
                                + " and everything else by "
                                + shown(decay)
                                + biasDecay
                                        .map(own -> ", but biases by " + shown(own))
                                        .orElse(""))
                .at(place);
    }

    private static String shown(Quantity quantity) {
        return quantity.text().isEmpty() ? quantity.written() : quantity.text();
    }
}

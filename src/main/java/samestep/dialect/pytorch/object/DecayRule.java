package samestep.dialect.pytorch.object;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.ParameterRule;
import samestep.recipe.Quantity;
import samestep.recipe.Role;

/**
 * Which parameters a library keeps from the decay, by a rule of its own that no configuration names.
 *
 * @param library the library
 * @param without what is not decayed
 * @param words the rule in words
 * @param rule the rule
 */
public record DecayRule(String library, Set<Role> without, String words, ParameterRule rule) {
    /** Source: transformers/trainer.py, get_decay_parameter_names. */
    public static final DecayRule TRANSFORMERS = new DecayRule(
            "transformers",
            Set.of(Role.BIAS, Role.BETA, Role.GAMMA),
            "the parameters of LayerNorm, and those with bias or norm in their names",
            ParameterRules.TRANSFORMERS);
    /** Source: timm/optim/_param_groups.py, param_groups_weight_decay. */
    public static final DecayRule TIMM = new DecayRule(
            "timm",
            Set.of(Role.BIAS, Role.BETA, Role.GAMMA, Role.ALPHA),
            "parameters of one dimension, and those that the model names in no_weight_decay()",
            ParameterRules.TIMM);

    /** The groups that the rule makes; none where nothing is decayed. */
    public List<ParameterGroup> groups(Quantity decay) {
        if (decay.isZero()) {
            return List.of();
        }
        Quantity none = new Quantity(
                Quantity.byDefault("0", "").value(),
                "0.0",
                Quantity.byDefault("0", "what " + library + " leaves out of the decay")
                        .origin());
        return List.of(
                new ParameterGroup(new Members.OfRole(without), Map.of("weight_decay", new Num(none))),
                new ParameterGroup(new Members.Rest(), Map.of("weight_decay", new Num(decay))));
    }

    /** The rule in words, where it decides anything. */
    public void explain(Quantity decay, List<Finding> findings) {
        if (!decay.isZero()) {
            String number = decay.text().isEmpty() ? decay.written() : decay.text();
            findings.add(Finding.of(
                            Code.SS342,
                            library + " decays by " + number + " and leaves out " + words
                                    + ": its own rule, which no configuration gives")
                    .at(decay.place()));
        }
    }

    /**
     * What of a configuration's groups the rule can say: one rate, and one decay for all that it does not leave out.
     *
     * @param form what cannot say more, for messages
     */
    public PytorchConfiguration sayable(PytorchConfiguration configuration, String form, List<Finding> findings) {
        GroupSummary summary = new GroupSummary(configuration);
        Quantity main = summary.mainDecay();
        summary.report(
                form,
                role -> without.contains(role) ? BigDecimal.ZERO : main.decimal(),
                role -> BigDecimal.ONE,
                findings);
        return configuration
                .with(configuration.optimizer().with("weight_decay", new Num(main)))
                .withGroups(groups(main))
                .withRule(Optional.of(rule));
    }
}

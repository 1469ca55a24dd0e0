package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Entries;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.program.table.Values;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Mapping;
import samestep.program.value.Value;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;

/**
 * Rates and decays of single parameters, by {@code paramwise_cfg}. The longest of the {@code custom_keys} that is in a parameter's name
 * decides alone; other parameters are distinguished by what they are for. Source: add_params in
 * mmengine/optim/optimizer/default_constructor.py of 0.10.7; that of mmcv 1.7.2 has no flat_decay_mult, and looks for depthwise
 * convolutions before biases.
 */
final class Paramwise {
    private static final String RATE = "lr";
    private static final String DECAY = "weight_decay";
    /** Fields about layers that cannot be distinguished by a name or a role. */
    private static final List<String> UNREAD = List.of("dwconv_decay_mult", "dcn_offset_lr_mult");

    private final Entries config;
    private final Optional<Quantity> rate;
    private final Optional<Quantity> decay;
    private final List<Finding> findings;

    /**
     * @param rate the optimizer's lr
     * @param decay its weight_decay, if it is written
     */
    Paramwise(Entries config, Optional<Quantity> rate, Optional<Quantity> decay, List<Finding> findings) {
        this.config = config;
        this.rate = rate;
        this.decay = decay;
        this.findings = findings;
    }

    /** The configuration with its groups. */
    PytorchConfiguration with(PytorchConfiguration configuration) {
        config.has("bypass_duplicate");
        needsDecay();
        UNREAD.forEach(this::unread);
        List<ParameterGroup> groups = new ArrayList<>(custom());
        byRole().forEach((role, arguments) ->
                groups.add(new ParameterGroup(new Members.OfRole(Set.of(role)), arguments)));
        config.unasked()
                .forEach(field -> findings.add(Finding.at(
                        config.at(field),
                        Code.SS010,
                        config.name(field) + " is not known here, and may change the update")));
        return configuration.withGroups(groups).withRule(Optional.of(ParameterRules.MMENGINE));
    }

    /** MMEngine raises ValueError: base_wd should not be None. */
    private void needsDecay() {
        boolean multiplies = List.of("bias_decay_mult", "norm_decay_mult", "dwconv_decay_mult").stream()
                .anyMatch(config::has);
        if (multiplies && decay.isEmpty()) {
            findings.add(Finding.at(
                    config.place(), Code.SS004, "the optimizer has no weight_decay to multiply: MMEngine refuses it"));
        }
    }

    private void unread(String field) {
        Optional<Quantity> factor = config.number(field);
        boolean isDecay = field.contains("decay");
        boolean matters = factor.isPresent()
                && !factor.get().isOne()
                && !(isDecay && decay.map(Quantity::isZero).orElse(true));
        if (matters) {
            findings.add(Finding.at(
                    config.at(field),
                    Code.SS010,
                    config.name(field) + " cannot be read yet: which layers it is about, only the model says"));
        }
    }

    /** The longest key comes first; of keys of one length the first in the alphabet. */
    private List<ParameterGroup> custom() {
        Optional<Entries> keys = config.inner("custom_keys");
        if (keys.isEmpty()) {
            return List.of();
        }
        List<ParameterGroup> groups = new ArrayList<>();
        List<String> sorted = keys.get().fields().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
        for (String key : sorted) {
            keys.get().inner(key).ifPresent(own -> groups.add(new ParameterGroup(named(key), arguments(own))));
        }
        return groups;
    }

    private static Members named(String key) {
        return new Members.Named(ParameterNames.USUAL_ROLES.stream()
                .map(role -> new ParameterName(ParameterName.withWord(key), role))
                .toList());
    }

    private Map<String, PytorchValue> arguments(Entries own) {
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        times(rate, own.number("lr_mult"), RATE, "lr * lr_mult", arguments);
        times(decay, own.number("decay_mult"), DECAY, "weight_decay * decay_mult", arguments);
        if (decay.isEmpty() && own.has("decay_mult")) {
            findings.add(Finding.at(
                    own.place(), Code.SS004, "the optimizer has no weight_decay to multiply: MMEngine refuses it"));
        }
        for (String field : own.unasked()) {
            Value value = own.given(field).orElseThrow();
            Values.of(value, own.at(field))
                    .ifPresentOrElse(v -> arguments.put(field, v), () -> own.unknown(field, value));
        }
        return arguments;
    }

    private static void times(
            Optional<Quantity> base,
            Optional<Quantity> factor,
            String argument,
            String how,
            Map<String, PytorchValue> arguments) {
        if (base.isPresent() && factor.isPresent() && !factor.get().isOne()) {
            Quantity product =
                    factor.get().derived(base.get().value().times(factor.get().value()), how);
            arguments.put(argument, new Num(product));
        }
    }

    private Map<Role, Map<String, PytorchValue>> byRole() {
        Optional<Quantity> ofBias = config.number("bias_decay_mult");
        Optional<Quantity> ofNorm = config.number("norm_decay_mult");
        Optional<Quantity> ofFlat = config.number("flat_decay_mult");
        Map<Role, Map<String, PytorchValue>> groups = new LinkedHashMap<>();
        for (Role role : ParameterNames.USUAL_ROLES) {
            Map<String, PytorchValue> arguments = new LinkedHashMap<>();
            if (role == Role.BIAS) {
                times(rate, config.number("bias_lr_mult"), RATE, "lr * bias_lr_mult", arguments);
                decays(ofBias, "bias_decay_mult", ofFlat, arguments);
            } else if (role != Role.KERNEL) {
                decays(ofNorm, "norm_decay_mult", ofFlat, arguments);
            }
            groups.put(role, arguments);
        }
        return groups;
    }

    private void decays(
            Optional<Quantity> own, String field, Optional<Quantity> flat, Map<String, PytorchValue> arguments) {
        if (own.isPresent()) {
            times(decay, own, DECAY, "weight_decay * " + field, arguments);
        } else {
            times(decay, flat, DECAY, "weight_decay * flat_decay_mult", arguments);
        }
    }

    /** Whether it says anything. */
    static boolean isEmpty(Optional<Value> config) {
        return config.isEmpty() || config.get() instanceof Mapping mapping && mapping.size() == 0;
    }
}

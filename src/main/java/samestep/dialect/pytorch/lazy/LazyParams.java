package samestep.dialect.pytorch.lazy;

import java.util.ArrayList;
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
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.yacs.DetectronGroups;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;

/** {@code optimizer.params}: the arguments of detectron2's get_default_optimizer_params. */
final class LazyParams {
    /** The argument of the optimizer. */
    static final String FIELD = "params";

    private static final Set<String> FUNCTIONS = Set.of(
            "detectron2.solver.build.get_default_optimizer_params", "detectron2.solver.get_default_optimizer_params");
    private static final String RATE = "lr";
    private static final String DECAY = "weight_decay";
    private static final String BIAS = "bias";
    private static final String OF_NAMES = "lr_factor_func";

    private final Entries optimizer;
    private final PytorchObject object;
    private final List<Finding> findings;

    LazyParams(Entries optimizer, PytorchObject object, List<Finding> findings) {
        this.optimizer = optimizer;
        this.object = object;
        this.findings = findings;
    }

    /** The configuration with its groups. */
    PytorchConfiguration with(PytorchConfiguration configuration) {
        Optional<Entries> params = optimizer.inner(FIELD);
        if (params.isEmpty()) {
            if (optimizer.get(FIELD).isEmpty()) {
                findings.add(Finding.at(
                        optimizer.place(),
                        Code.SS004,
                        "optimizer has no params, to which detectron2's trainer gives the model"));
            }
            return configuration;
        }
        Entries config = params.get();
        Optional<String> function = LazyReader.target(config);
        if (function.filter(FUNCTIONS::contains).isEmpty()) {
            findings.add(Finding.at(
                    config.place(),
                    Code.SS010,
                    "the function " + function.orElse("of optimizer.params")
                            + " sorts the parameters by its own rules, which cannot be read yet"));
            return configuration;
        }
        return configuration.withGroups(groups(config)).withRule(Optional.of(ParameterRules.DETECTRON));
    }

    private List<ParameterGroup> groups(Entries config) {
        config.has(LazyWorld.TARGET);
        config.has("model");
        Optional<Quantity> base = config.number("base_lr");
        Optional<Quantity> own = config.number(DECAY);
        Map<String, PytorchValue> all = new LinkedHashMap<>();
        base.filter(rate -> object.number(RATE)
                        .filter(of -> of.decimal().compareTo(rate.decimal()) == 0)
                        .isEmpty())
                .ifPresent(rate -> all.put(RATE, new Num(rate)));
        own.ifPresent(decay -> all.put(DECAY, new Num(decay)));
        Optional<Quantity> normDecay = config.number("weight_decay_norm");
        Optional<Quantity> biasRate = biasRate(config, base);
        Optional<Quantity> biasDecay = config.number("weight_decay_bias");
        byName(config);
        Optional<Entries> overrides =
                config.get("overrides").isPresent() ? config.inner("overrides") : Optional.empty();
        if (overrides.filter(o -> o.has(BIAS)).isPresent()) {
            Entries bias = overrides.orElseThrow().inner(BIAS).orElse(overrides.get());
            if (biasRate.isPresent() || biasDecay.isPresent()) {
                findings.add(Finding.at(
                        bias.place(), Code.SS004, "detectron2 refuses overrides of bias beside values for biases"));
            }
            biasRate = bias.number(RATE);
            biasDecay = bias.number(DECAY);
            unasked(bias);
        }
        unasked(config);
        DetectronGroups groups = new DetectronGroups(all, normDecay, biasRate, biasDecay);
        own.or(() -> object.number(DECAY))
                .ifPresent(decay -> findings.add(groups.explained(decay, Optional.of(config.at("weight_decay_norm")))));
        List<ParameterGroup> whole = new ArrayList<>();
        overrides.ifPresent(o -> whole.addAll(named(o, all)));
        whole.addAll(groups.groups());
        return whole;
    }

    private Optional<Quantity> biasRate(Entries config, Optional<Quantity> base) {
        Optional<Quantity> factor = config.number("bias_lr_factor").filter(q -> !q.isOne());
        if (factor.isPresent() && base.isEmpty()) {
            findings.add(Finding.at(
                    config.at("bias_lr_factor"), Code.SS004, "detectron2 refuses bias_lr_factor without base_lr"));
        }
        return factor.flatMap(f ->
                base.map(rate -> f.derived(rate.value().times(f.value()), "base_lr * bias_lr_factor")));
    }

    private void byName(Entries config) {
        if (config.get(OF_NAMES).isPresent()) {
            findings.add(Finding.at(
                    config.at(OF_NAMES),
                    Code.SS010,
                    config.name(OF_NAMES) + " gives each parameter a rate by its name, which cannot be read yet"));
        }
    }

    private void unasked(Entries config) {
        config.mapping().rest().ifPresent(rest -> config.unknown("*", rest));
        config.unasked()
                .forEach(field -> findings.add(Finding.at(
                        config.at(field),
                        Code.SS010,
                        config.name(field) + " is not known here, and may change the update")));
    }

    /** The last part of a parameter's name is such a word. */
    private List<ParameterGroup> named(Entries overrides, Map<String, PytorchValue> all) {
        List<ParameterGroup> groups = new ArrayList<>();
        for (String word : overrides.unasked()) {
            if (word.equals("weight")) {
                findings.add(
                        Finding.at(overrides.at(word), Code.SS010, "overrides of every weight cannot be read yet"));
                continue;
            }
            Optional<Entries> own = overrides.inner(word);
            if (own.isPresent()) {
                Map<String, PytorchValue> arguments = new LinkedHashMap<>(all);
                own.get().number(RATE).ifPresent(rate -> arguments.put(RATE, new Num(rate)));
                own.get().number(DECAY).ifPresent(decay -> arguments.put(DECAY, new Num(decay)));
                unasked(own.get());
                groups.add(new ParameterGroup(
                        new Members.Named(ParameterNames.USUAL_ROLES.stream()
                                .map(role -> new ParameterName(ParameterName.withWord("." + word), role))
                                .toList()),
                        arguments));
            }
        }
        return groups;
    }
}

package samestep.dialect.darknet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.EquationFiles;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/**
 * The parameters of the layers, and what an update does to them. Kernels are decayed; biases, scales and offsets are not. Source:
 * the update functions in src/*_layer.c; network.c, backward_network; parser.c of the fork, parse_network_cfg_custom.
 */
final class DarknetParameters {
    private static final EquationFiles EQUATIONS = new EquationFiles("darknet");
    /** What is decayed. */
    static final Set<Role> KERNELS = Set.of(Role.KERNEL, Role.DEPTHWISE_KERNEL, Role.RECURRENT_KERNEL);

    private static final Quantity ONE = Quantity.byDefault("1", "Darknet, which has no other rate for it");

    private final Cfg cfg;
    private final List<Finding> findings;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Stage.Optimizer optimizer;
    private final Quantity decay;
    /** The last layer that no gradient reaches, with those before it. */
    private int stopped = -1;

    private int stoppedAtFirst = -1;

    private DarknetParameters(Cfg cfg, List<Finding> findings) {
        this.cfg = cfg;
        this.findings = findings;
        this.optimizer = new Stage.Optimizer(
                EQUATIONS.of("SGD"), Map.of("momentum", cfg.net().number("momentum")));
        this.decay = cfg.net().number("decay");
    }

    /** The parameters in the order of the layers. */
    static List<Parameter> of(Cfg cfg, List<Finding> findings) {
        DarknetParameters found = new DarknetParameters(cfg, findings);
        List<Cfg.Layer> layers = cfg.layers();
        for (int i = 0; i < layers.size(); i++) {
            found.stop(layers.get(i), i);
        }
        for (int i = 0; i < layers.size(); i++) {
            found.layer(layers.get(i), i);
        }
        if (layers.isEmpty()) {
            found.everywhere();
        }
        return found.parameters;
    }

    /** Notes a layer that gradients stop at; in the fork a number above 1 is that of the first updates. */
    private void stop(Cfg.Layer layer, int index) {
        long value = layer.options().count("stopbackward");
        if (cfg.program() == Program.FORK && value > 1) {
            stoppedAtFirst = index;
            findings.add(Finding.at(
                            layer.options().place("stopbackward"),
                            Code.SS043,
                            "stopbackward " + value
                                    + ": no gradient reaches this layer and those before it in the first " + value
                                    + " updates")
                    .detail("What an update is after them is shown; the verdict is not exact."));
        } else if (value != 0) {
            stopped = index;
        }
    }

    /** The section of the training alone says what happens to the parameters of any layers. */
    private void everywhere() {
        for (Role role :
                List.of(Role.KERNEL, Role.DEPTHWISE_KERNEL, Role.RECURRENT_KERNEL, Role.BIAS, Role.GAMMA, Role.BETA)) {
            boolean kernel = KERNELS.contains(role);
            add(
                    cfg.net().place(),
                    new ParameterName(ParameterName.ANY_LAYER, role),
                    ONE,
                    new Flow(false, false, false),
                    Optional.of(decay).filter(d -> kernel));
        }
    }

    private void layer(Cfg.Layer layer, int index) {
        List<String> parts = layer.kind().map(LayerKind::parts).orElse(List.of(LayerKind.UNREAD));
        if (parts.equals(List.of(LayerKind.UNREAD))) {
            unread(layer);
            return;
        }
        if (!parts.isEmpty() && index == stopped) {
            stopped(layer);
        }
        Flow flow =
                new Flow(index <= stopped, cfg.program() == Program.FORK && index < stopped, index <= stoppedAtFirst);
        boolean own = parts.equals(List.of(LayerKind.OWN));
        Quantity rate = layer.options().number("learning_rate");
        for (String part : parts) {
            switch (part) {
                case LayerKind.OWN -> kernel(layer, layer.name(), Role.KERNEL, rate, flow);
                case LayerKind.SCALES -> scales(layer, rate, flow);
                default -> inner(layer, part, flow);
            }
        }
        if (!own && !rate.isOne() && !parts.isEmpty()) {
            findings.add(Finding.at(
                    layer.options().place("learning_rate"),
                    Code.SS009,
                    "learning_rate of a [" + layer.kind().map(LayerKind::name).orElse("")
                            + "] does nothing: its inner layers have rates of their own"));
        }
    }

    /**
     * Whether a gradient reaches a layer.
     *
     * @param stopped none does
     * @param frozen there is no update either
     * @param late none does at first
     */
    private record Flow(boolean stopped, boolean frozen, boolean late) {}

    private void inner(Cfg.Layer layer, String part, Flow flow) {
        boolean own = part.endsWith("!");
        String name = layer.name() + "." + (own ? part.substring(0, part.length() - 1) : part);
        kernel(layer, name, own ? Role.RECURRENT_KERNEL : Role.KERNEL, ONE, flow);
    }

    private void kernel(Cfg.Layer layer, String name, Role role, Quantity rate, Flow flow) {
        boolean normalised = layer.options().count("batch_normalize") != 0;
        add(layer.options().place(), new ParameterName(name, role), rate, flow, Optional.of(decay));
        if (normalised) {
            add(layer.options().place(), new ParameterName(name, Role.GAMMA), rate, flow, Optional.empty());
        }
        add(
                layer.options().place(),
                new ParameterName(name, normalised ? Role.BETA : Role.BIAS),
                rate,
                flow,
                Optional.empty());
    }

    /** A normalisation by itself: the original forgets to update it. */
    private void scales(Cfg.Layer layer, Quantity rate, Flow flow) {
        boolean fork = cfg.program() == Program.FORK;
        findings.add(Finding.at(
                        layer.options().place(),
                        Code.SS432,
                        "the scales and offsets of a [batchnorm] are not trained by pjreddie's Darknet, which has no"
                                + " update for them; AlexeyAB's trains them")
                .detail("Read as " + cfg.program().title() + ".")
                .as(Severity.WARNING));
        Flow updated = fork ? flow : new Flow(true, true, false);
        add(layer.options().place(), new ParameterName(layer.name(), Role.GAMMA), rate, updated, Optional.empty());
        add(layer.options().place(), new ParameterName(layer.name(), Role.BETA), rate, updated, Optional.empty());
    }

    /** Weights that no gradient reaches are decayed all the same. */
    private void add(Place place, ParameterName name, Quantity rate, Flow flow, Optional<Quantity> penalty) {
        List<Stage> stages = new ArrayList<>();
        if (flow.late()) {
            stages.add(new UnknownStage("stopbackward in the first updates"));
        }
        if (flow.stopped()) {
            stages.add(new Stage.Scale(Quantity.byDefault("0", "stopbackward")));
        }
        penalty.filter(p -> !p.isZero()).ifPresent(p -> stages.add(new Stage.Penalty(Stage.Penalty.Norm.L2, p)));
        stages.add(optimizer);
        parameters.add(new Parameter(name, rate, flow.frozen() || rate.isZero(), stages, Optional.of(place)));
    }

    private void stopped(Cfg.Layer layer) {
        String before = cfg.program() == Program.FORK
                ? "no layer before this one is trained; of this one, kernels are decayed without a gradient"
                : "no gradient reaches this layer and those before it, and their kernels are decayed all the same";
        findings.add(Finding.at(layer.options().place("stopbackward"), Code.SS302, "stopbackward: " + before));
    }

    private void unread(Cfg.Layer layer) {
        String section = layer.options().section().name();
        findings.add(Finding.at(
                layer.options().place(),
                Code.SS306,
                layer.kind().isPresent()
                        ? "[" + section + "] has parameters that are not read yet"
                        : "neither program has a layer [" + section + "]"));
        parameters.add(new Parameter(
                new ParameterName(layer.name(), Role.OTHER),
                ONE,
                false,
                List.of(new UnknownStage("the update of a [" + section + "]"), optimizer),
                Optional.of(layer.options().place())));
    }
}

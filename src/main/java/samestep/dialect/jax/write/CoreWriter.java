package samestep.dialect.jax.write;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.EquationFiles;
import samestep.dialect.jax.own.OwnTransform;
import samestep.dialect.jax.write.Written.Flag;
import samestep.dialect.jax.write.Written.Made;
import samestep.dialect.jax.write.Written.Num;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.LeftOver;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Equations;
import samestep.finding.Finding;
import samestep.recipe.EpsilonPlace;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** What makes a step of a gradient: transformations of Optax, or one that is printed of the source's equations. */
final class CoreWriter {
    /** Optax' own sum of squares has its epsilon in the root. */
    private static final Equations ADAGRAD = new EquationFiles("jax").of("Adagrad");

    private static final String INSIDE = "inside the velocity";

    private final Stage.Optimizer source;
    private final EpsilonMove.Choice epsilon;
    private final WrittenNumbers numbers;
    private final List<Finding> findings;
    private final Set<String> said = new LinkedHashSet<>();

    CoreWriter(Stage.Optimizer source, EpsilonMove.Choice epsilon, WrittenNumbers numbers, List<Finding> findings) {
        this.source = source;
        this.epsilon = epsilon;
        this.numbers = numbers;
        this.findings = findings;
    }

    /**
     * Transformations in order.
     *
     * @param before the learning rate
     * @param after it; where there are any, what they keep has the rate in it
     */
    record Cores(List<Made> before, List<Made> after, boolean rateInside) {
        Cores {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        private static Cores of(Made... before) {
            return new Cores(List.of(before), List.of(), false);
        }
    }

    /** The equations whose place of epsilon differs from the source's. */
    static Optional<Equations> target(Stage.Optimizer source) {
        return source.equations().family().equals("adagrad") ? Optional.of(ADAGRAD) : Optional.empty();
    }

    /** Optax' own; empty where it has no such optimizer. */
    Optional<Cores> ofOptax() {
        Optional<Cores> cores = switch (source.equations().family()) {
            case "momentum", "nesterov" -> Optional.of(momentum());
            case "adagrad" ->
                Optional.of(Cores.of(made("scale_by_rss")
                        .with("initial_accumulator_value", number("initial_accumulator"))
                        .with("eps", epsilonInRoot())));
            case "rmsprop" -> Optional.of(rootMeanSquare());
            case "adadelta" ->
                Optional.of(Cores.of(
                        made("scale_by_adadelta").with("rho", number("rho")).with("eps", number("epsilon"))));
            case "adam" -> Optional.of(Cores.of(adam(isOn("amsgrad") ? "scale_by_amsgrad" : "scale_by_adam")));
            case "nadam", "nadamw" -> Optional.of(Cores.of(adam("scale_by_adam").with("nesterov", new Flag(true))));
            case "adamax" -> Optional.of(Cores.of(moments("scale_by_adamax")));
            case "radam" ->
                Optional.of(Cores.of(
                        value("sma_threshold").isPresent()
                                ? moments("scale_by_radam").with("threshold", number("sma_threshold"))
                                : moments("scale_by_radam")));
            case "lion" -> Optional.of(Cores.of(betas("scale_by_lion")));
            case "adabelief" ->
                Optional.of(Cores.of(
                        betas("scale_by_belief").with("eps", number("guard")).with("eps_root", number("guard"))));
            case "lamb" -> Optional.of(lamb());
            case "novograd" ->
                Optional.of(Cores.of(moments("scale_by_novograd")
                        .with("eps_root", number("epsilon_root"))
                        .with("weight_decay", number("weight_decay"))));
            case "lars" -> Optional.of(lars());
            case "yogi" ->
                Optional.of(Cores.of(moments("scale_by_yogi")
                        .with("eps_root", number("epsilon_root"))
                        .with("initial_accumulator_value", number("initial_accumulator"))));
            case "sm3" -> Optional.of(Cores.of(moments("scale_by_sm3")));
            case "adan" -> ofItself().map(own -> Cores.of(adan()));
            case "adafactor" -> ofItself().map(own -> adafactor());
            default -> Optional.empty();
        };
        cores.ifPresent(c -> leftOver());
        return cores;
    }

    /** The one that its own equations are; empty where they have no text in Python. */
    Optional<Cores> ofEquations(Written rate) {
        return OwnTransform.of(source.equations()).map(own -> {
            Made made = made(own.called());
            if (own.takesRate()) {
                made = made.with(OwnTransform.RATE, rate);
            }
            for (Equations.Hyper hyper : source.equations().hypers()) {
                made = made.with(hyper.name(), hyper.flag() ? new Flag(isOn(hyper.name())) : number(hyper.name()));
            }
            return new Cores(List.of(made), List.of(), own.takesRate());
        });
    }

    /** Whether the source's equations look at the weights. */
    boolean usesWeights() {
        return OwnTransform.of(source.equations())
                .filter(OwnTransform::usesWeights)
                .isPresent();
    }

    /** Whether the last part makes a step as long as the weight: a decay is before it. */
    static boolean endsWithTrust(List<Made> parts) {
        return !parts.isEmpty() && parts.get(parts.size() - 1).name().equals("scale_by_trust_ratio");
    }

    private static Made made(String name) {
        return Made.of(name, Map.of());
    }

    private Optional<Quantity> value(String hyper) {
        said.add(hyper);
        return Optional.ofNullable(source.values().get(hyper));
    }

    private boolean isOn(String hyper) {
        return value(hyper).filter(q -> !q.isZero()).isPresent();
    }

    private Num number(String hyper) {
        return new Num(value(hyper).map(numbers::number).orElse("0.0"));
    }

    private Made betas(String name) {
        return made(name).with("b1", number("beta1")).with("b2", number("beta2"));
    }

    private Made moments(String name) {
        return betas(name).with("eps", number("epsilon"));
    }

    private Made adam(String name) {
        boolean isInside = EpsilonPlace.of(source) == EpsilonPlace.INSIDE;
        Made made =
                isInside ? betas(name).with("eps", new Num("0.0")).with("eps_root", number("epsilon")) : moments(name);
        if (isOn("epsilon_root")) {
            made = made.with("eps_root", number("epsilon_root"));
        }
        return isOn("nesterov") ? made.with("nesterov", new Flag(true)) : made;
    }

    private Num epsilonInRoot() {
        Quantity given = value("epsilon").orElse(Quantity.byDefault("0", "no epsilon"));
        EpsilonMove move = EpsilonMove.of(source, ADAGRAD);
        move.finding(source, "Optax", given, epsilon).ifPresent(findings::add);
        return new Num(numbers.number(move.written(given, epsilon)));
    }

    private boolean isRateInside() {
        return source.equations().traits().getOrDefault("learning rate", "").equals(INSIDE) || isOn("lr_in_momentum");
    }

    private List<Made> trace() {
        if (!isOn("momentum")) {
            return List.of();
        }
        boolean nesterov = isOn("nesterov") || source.equations().family().equals("nesterov");
        Made trace = made("trace").with("decay", number("momentum"));
        return List.of(nesterov ? trace.with("nesterov", new Flag(true)) : trace);
    }

    private Cores momentum() {
        boolean isInside = isRateInside() && !trace().isEmpty();
        return isInside ? new Cores(List.of(), trace(), true) : new Cores(trace(), List.of(), false);
    }

    private Cores rootMeanSquare() {
        Made mean = made(isOn("centered") ? "scale_by_stddev" : "scale_by_rms")
                .with("decay", number("rho"))
                .with("eps", number("epsilon"));
        boolean startsAtOne =
                source.equations().traits().getOrDefault("state", "").equals("starts at 1");
        if (startsAtOne || isOn("initial_accumulator")) {
            mean = mean.with("initial_scale", startsAtOne ? new Num("1.0") : number("initial_accumulator"));
        }
        if (EpsilonPlace.of(source) != EpsilonPlace.INSIDE) {
            mean = mean.with("eps_in_sqrt", new Flag(false));
        }
        boolean isInside = isRateInside() && !trace().isEmpty();
        List<Made> before = new ArrayList<>(List.of(mean));
        if (!isInside) {
            before.addAll(trace());
        }
        return new Cores(before, isInside ? trace() : List.of(), isInside);
    }

    private Cores lamb() {
        List<Made> before = new ArrayList<>(List.of(moments("scale_by_adam")));
        if (isOn("weight_decay")) {
            before.add(made("add_decayed_weights").with("weight_decay", number("weight_decay")));
        }
        if (isOn("adapted") || source.equations().hyper("adapted").isEmpty()) {
            before.add(made("scale_by_trust_ratio"));
        }
        return new Cores(before, List.of(), false);
    }

    /** The source, where it is Optax' own: others of the family have other numbers. */
    private Optional<Stage.Optimizer> ofItself() {
        return Optional.of(source).filter(s -> s.equations().name().startsWith("jax."));
    }

    private Made adan() {
        return betas("scale_by_adan")
                .with("b3", number("beta3"))
                .with("eps", number("epsilon"))
                .with("eps_root", number("epsilon_root"));
    }

    private Cores adafactor() {
        said.addAll(Set.of("matrix", "clip_threshold", "epsilon2"));
        List<Made> before = new ArrayList<>(List.of(made("scale_by_factored_rms")
                .with("decay_rate", number("decay_power"))
                .with("step_offset", number("step_offset"))
                .with("min_dim_size_to_factor", number("min_dim_size_to_factor"))
                .with("epsilon", number("epsilon1"))));
        if (isOn("clipped")) {
            before.add(made("clip_by_block_rms").with("threshold", number("clip_threshold")));
        }
        if (isOn("scale_parameter")) {
            before.add(made("scale_by_param_block_rms").with("min_scale", number("epsilon2")));
        }
        List<Made> after = new ArrayList<>();
        value("weight_decay")
                .filter(q -> !q.isZero())
                .ifPresent(decay -> after.add(
                        made("add_decayed_weights").with("weight_decay", new Num("-" + numbers.number(decay)))));
        return new Cores(before, after, false);
    }

    private Cores lars() {
        List<Made> before = isOn("adapted")
                ? List.of(made("scale_by_trust_ratio")
                        .with("trust_coefficient", number("trust_coeff"))
                        .with("eps", number("guard")))
                : List.of();
        List<Made> after = trace();
        return new Cores(before, after, !after.isEmpty());
    }

    /** What has no argument in Optax. */
    private void leftOver() {
        List<Equations.Hyper> hypers = source.equations().hypers().stream()
                .filter(h -> said.contains(h.name()))
                .toList();
        findings.addAll(LeftOver.hypers("Optax", source.equations().withHypers(hypers), source));
    }
}

package samestep.dialect.jax.chain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.EquationFiles;
import samestep.dialect.jax.own.OwnTransform;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.equation.Equations;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What makes a direction of a gradient, as equations. Where another framework's update is the same with other numbers, its
 * equations are taken: what Optax computes is held to them by its own recordings.
 *
 * @param file the equations
 * @param framework whose folder they are in
 * @param values for their hyper-parameters
 * @param usesWeights whether it looks at the weights, so that a decay before it is not the same as one after it
 */
record Core(String framework, String file, Map<String, Quantity> values, boolean usesWeights) {
    private static final EquationFiles OWN = new EquationFiles("jax");
    private static final EquationFiles PYTORCH = new EquationFiles("pytorch");
    private static final EquationFiles KERAS = new EquationFiles("keras");

    Core {
        values = Map.copyOf(values);
    }

    /** Another framework's update, by its own equations. */
    static Core own(OwnTransform own, OptaxCall call) {
        Map<String, Quantity> values = new HashMap<>();
        own.equations()
                .hypers()
                .forEach(hyper ->
                        values.put(hyper.name(), hyper.flag() ? flag(call, hyper.name()) : number(call, hyper.name())));
        int dot = own.name().indexOf('.');
        return new Core(own.name().substring(0, dot), own.name().substring(dot + 1), values, own.usesWeights());
    }

    private static Core of(String framework, String file, Map<String, Quantity> values) {
        return new Core(framework, file, values, false);
    }

    /** Plain descent. */
    static Core none() {
        return momentum(constant("0", "no optax.trace"), constant("0", "no optax.trace"));
    }

    /** The rate outside of the velocity. */
    static Core momentum(Quantity momentum, Quantity nesterov) {
        return of(
                "pytorch",
                "SGD",
                Map.of(
                        "momentum",
                        momentum,
                        "nesterov",
                        nesterov,
                        "dampening",
                        constant("0", "optax.trace, which has none"),
                        "undamped",
                        constant("0", "optax.trace, which has no dampening")));
    }

    /** The rate inside of the velocity. */
    static Core rateInside(OptaxCall trace) {
        return of(
                "pytorch",
                "RateInVelocitySGD",
                Map.of("momentum", number(trace, "decay"), "nesterov", flag(trace, "nesterov")));
    }

    /** A core by itself; empty if it needs the parts around it, or cannot be read. */
    static Optional<Core> of(OptaxCall call) {
        return switch (call.name()) {
            case "trace" -> Optional.of(momentum(number(call, "decay"), flag(call, "nesterov")));
            case "scale_by_adam" -> Optional.of(adam(call));
            case "scale_by_amsgrad" -> Optional.of(of("jax", "Amsgrad", moments(call)));
            case "scale_by_adamax" -> Optional.of(of("pytorch", "Adamax", without(moments(call), "epsilon_root")));
            case "scale_by_lion" -> Optional.of(of("pytorch", "Lion", betas(call)));
            case "scale_by_sign" -> {
                Quantity none = constant("0", "optax.scale_by_sign, which keeps nothing");
                yield Optional.of(of("pytorch", "Lion", Map.of("beta1", none, "beta2", none)));
            }
            case "scale_by_adadelta" ->
                Optional.of(
                        of("pytorch", "Adadelta", Map.of("rho", number(call, "rho"), "epsilon", number(call, "eps"))));
            case "scale_by_belief" -> belief(call);
            case "scale_by_radam" -> {
                Map<String, Quantity> values = without(moments(call), "epsilon_root");
                values.put("weight_decay", constant("0", "optax.scale_by_radam, which has no decay"));
                values.put("sma_threshold", number(call, "threshold"));
                yield Optional.of(of("keras", "RectifiedAdam", values));
            }
            case "scale_by_rss" ->
                Optional.of(of(
                        "jax",
                        "Adagrad",
                        Map.of(
                                "initial_accumulator",
                                number(call, "initial_accumulator_value"),
                                "epsilon",
                                number(call, "eps"))));
            case "scale_by_rms", "scale_by_stddev" ->
                rms(call, constant("0", "no optax.trace"), constant("0", "no optax.trace"));
            case "scale_by_yogi" -> {
                Map<String, Quantity> values = moments(call);
                values.put("initial_accumulator", number(call, "initial_accumulator_value"));
                yield Optional.of(of("jax", "Yogi", values));
            }
            case "scale_by_adan" -> {
                Map<String, Quantity> values = moments(call);
                values.put("beta3", number(call, "b3"));
                yield Optional.of(of("jax", "Adan", values));
            }
            case "scale_by_rprop" ->
                Optional.of(of(
                        "jax",
                        "Rprop",
                        Map.of(
                                "eta_minus", number(call, "eta_minus"),
                                "eta_plus", number(call, "eta_plus"),
                                "smallest", number(call, "min_step_size"),
                                "largest", number(call, "max_step_size"))));
            case "scale_by_novograd" -> {
                Map<String, Quantity> values = moments(call);
                values.put("weight_decay", number(call, "weight_decay"));
                yield Optional.of(new Core("jax", "NovoGrad", values, true));
            }
            default -> Optional.empty();
        };
    }

    private static Core adam(OptaxCall call) {
        Quantity nesterov = flag(call, "nesterov");
        if (number(call, "eps_root").isZero() && nesterov.isZero()) {
            Map<String, Quantity> values = without(moments(call), "epsilon_root");
            values.put("amsgrad", constant("0", "optax.scale_by_adam"));
            return of("pytorch", "Adam", values);
        }
        Map<String, Quantity> values = moments(call);
        values.put("nesterov", nesterov);
        return of("jax", "Adam", values);
    }

    /** What is computed of rows and columns, for a matrix. */
    static Core ofMatrix(OptaxCall call, boolean isMatrix) {
        Quantity matrix = constant(isMatrix ? "1" : "0", "the parameter's shape");
        if (call.name().equals("scale_by_sm3")) {
            Map<String, Quantity> values = betas(call);
            values.put("epsilon", number(call, "eps"));
            values.put("matrix", matrix);
            return of("jax", "Sm3", values);
        }
        Map<String, Quantity> values = new HashMap<>();
        values.put("decay_power", number(call, "decay_rate"));
        values.put("step_offset", number(call, "step_offset"));
        values.put("epsilon1", number(call, "epsilon"));
        boolean isFactored = !flag(call, "factored").isZero();
        values.put(
                "min_dim_size_to_factor",
                isFactored ? number(call, "min_dim_size_to_factor") : constant("1000000000000", "factored=False"));
        values.put("matrix", matrix);
        values.put("clipped", constant("0", "no optax.clip_by_block_rms"));
        values.put("clip_threshold", constant("1", "no optax.clip_by_block_rms"));
        values.put("scale_parameter", constant("0", "no optax.scale_by_param_block_rms"));
        values.put("epsilon2", constant("0", "no optax.scale_by_param_block_rms"));
        values.put("weight_decay", constant("0", "no optax.add_decayed_weights"));
        return of("jax", "Adafactor", values);
    }

    /** The same with other numbers. */
    Core with(Map<String, Quantity> others, boolean looksAtWeights) {
        Map<String, Quantity> all = new HashMap<>(values);
        all.putAll(others);
        return new Core(framework, file, all, looksAtWeights);
    }

    /** Whether it is Adafactor's, which what comes after it changes. */
    boolean isAdafactor() {
        return file.equals("Adafactor");
    }

    /** PyTorch's equations have one number in both places. */
    private static Optional<Core> belief(OptaxCall call) {
        Quantity outside = number(call, "eps");
        if (outside.decimal().compareTo(number(call, "eps_root").decimal()) != 0) {
            return Optional.empty();
        }
        Map<String, Quantity> values = betas(call);
        values.put("guard", outside);
        values.put("amsgrad", constant("0", "optax.scale_by_belief"));
        return Optional.of(of("pytorch", "AdaBelief", values));
    }

    /**
     * The root of the mean square.
     *
     * @param momentum of the trace after it
     * @param rateInside whether the rate is inside of the trace
     * @return empty with an epsilon outside of the root and something that these equations do not have
     */
    static Optional<Core> rms(OptaxCall call, Quantity momentum, Quantity rateInside) {
        Map<String, Quantity> values = new LinkedHashMap<>();
        values.put("rho", number(call, "decay"));
        values.put("epsilon", number(call, "eps"));
        values.put("momentum", momentum);
        values.put("centered", constant(call.name().equals("scale_by_stddev") ? "1" : "0", "optax." + call.name()));
        if (!flag(call, "eps_in_sqrt").isZero()) {
            values.put("initial_accumulator", number(call, "initial_scale"));
            values.put("lr_in_momentum", rateInside);
            return Optional.of(of("pytorch", "RMSpropTF", values));
        }
        boolean isPlain = number(call, "initial_scale").isZero() && rateInside.isZero();
        return isPlain ? Optional.of(of("pytorch", "RMSprop", values)) : Optional.empty();
    }

    /** Adam's direction and the decay, as long as the weight; empty if epsilon is under the root. */
    static Optional<Core> lamb(OptaxCall adam, Quantity decay, OptaxCall trust) {
        boolean isPlain = number(adam, "eps_root").isZero()
                && flag(adam, "nesterov").isZero()
                && number(trust, "eps").isZero()
                && number(trust, "trust_coefficient").isOne();
        if (!isPlain) {
            return Optional.empty();
        }
        Map<String, Quantity> values = without(moments(adam), "epsilon_root");
        values.put("weight_decay", decay);
        values.put("adapted", constant("1", "optax.scale_by_trust_ratio"));
        return Optional.of(new Core("pytorch", "Lamb", values, true));
    }

    /** The gradient as long as the weight, with momentum after the rate. */
    static Core lars(Optional<OptaxCall> trust, OptaxCall trace) {
        String adapted = trust.isPresent() ? "1" : "0";
        return new Core(
                "jax",
                "Lars",
                Map.of(
                        "momentum",
                        number(trace, "decay"),
                        "nesterov",
                        flag(trace, "nesterov"),
                        "adapted",
                        constant(adapted, "optax.scale_by_trust_ratio and its mask"),
                        "trust_coeff",
                        trust.map(t -> number(t, "trust_coefficient"))
                                .orElse(constant("1", "no optax.scale_by_trust_ratio")),
                        "guard",
                        trust.map(t -> number(t, "eps")).orElse(constant("0", "no optax.scale_by_trust_ratio"))),
                true);
    }

    /** The sign of an average: both averages of Lion are this one. */
    static Core signum(Quantity decay) {
        return of("pytorch", "Lion", Map.of("beta1", decay, "beta2", decay));
    }

    /** A trace that keeps nothing. */
    static OptaxCall noTrace(OptaxCall chain) {
        return new OptaxCall("trace", java.util.List.of(), Map.of(), chain.place());
    }

    Stage.Optimizer stage() {
        Equations equations = switch (framework) {
            case "pytorch" -> PYTORCH.of(file);
            case "keras" -> KERAS.of(file);
            case "jax" -> OWN.of(file);
            default -> new EquationFiles(framework).of(file);
        };
        // What is printed of another framework's equations rounds nothing to single precision.
        return new Stage.Optimizer(framework.equals("jax") ? equations : equations.withoutRounding(), values);
    }

    private static Map<String, Quantity> betas(OptaxCall call) {
        Map<String, Quantity> values = new HashMap<>();
        values.put("beta1", number(call, "b1"));
        values.put("beta2", number(call, "b2"));
        return values;
    }

    private static Map<String, Quantity> moments(OptaxCall call) {
        Map<String, Quantity> values = betas(call);
        values.put("epsilon", number(call, "eps"));
        if (call.named().containsKey("eps_root")) {
            values.put("epsilon_root", number(call, "eps_root"));
        }
        return values;
    }

    private static Map<String, Quantity> without(Map<String, Quantity> values, String name) {
        values.remove(name);
        return values;
    }

    /** A number that is known: the walk asks before. */
    static Quantity number(OptaxCall call, String name) {
        return call.get(name).flatMap(Argument::number).orElseGet(() -> constant("0", "nothing"));
    }

    private static Quantity flag(OptaxCall call, String name) {
        Argument argument = call.named().get(name);
        boolean on = argument instanceof Argument.Flag flag && flag.on()
                || argument instanceof Argument.Num num && !num.quantity().isZero();
        return constant(on ? "1" : "0", "optax." + call.name() + ", " + name);
    }

    static Quantity constant(String number, String of) {
        Quantity value = Quantity.byDefault(number, of);
        return new Quantity(value.value(), "", new Origin.Default(of));
    }
}

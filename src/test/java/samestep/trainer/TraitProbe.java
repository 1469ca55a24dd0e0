package samestep.trainer;

import static samestep.trainer.EquationRun.array;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Extent;

/**
 * Finds out by running equations what their header says about them. Flags are off; a value that decides nothing here is
 * set so that it does not disturb.
 */
public final class TraitProbe {
    /** Moderate values by the field's term; a term that is not here is an error, not a guess. */
    private static final Map<String, String> ORDINARY = Map.ofEntries(
            Map.entry("momentum", "0.9"),
            Map.entry("beta1", "0.9"),
            Map.entry("beta2", "0.99"),
            Map.entry("rho", "0.95"),
            Map.entry("epsilon", "1e-4"),
            Map.entry("initial_accumulator", "0.5"),
            Map.entry("power", "-0.5"),
            Map.entry("l1", "0"),
            Map.entry("l2", "0"),
            Map.entry("shrinkage", "0"),
            Map.entry("dampening", "0"),
            Map.entry("lr_decay", "0"),
            Map.entry("guard", "1e-30"),
            Map.entry("epsilon_root", "0"),
            Map.entry("beta3", "0.99"),
            Map.entry("delta", "0"),
            Map.entry("wd_ratio", "1"),
            Map.entry("max_grad_norm", "1"),
            Map.entry("trust_coeff", "1"),
            Map.entry("lookahead_k", "5"),
            Map.entry("lookahead_alpha", "0.5"),
            Map.entry("decay_rate", "-0.8"),
            Map.entry("decay_power", "0.8"),
            Map.entry("step_offset", "0"),
            Map.entry("eta_minus", "0.5"),
            Map.entry("eta_plus", "1.2"),
            Map.entry("smallest", "0.000001"),
            Map.entry("largest", "50"),
            Map.entry("min_dim_size_to_factor", "16"),
            Map.entry("beta", "0"),
            Map.entry("weight_decay", "0"),
            Map.entry("schedule_decay", "0.004"),
            Map.entry("place", "0"),
            Map.entry("variables", "4"),
            // So low that the second moment counts from the first update on.
            Map.entry("eeta", "0.001"),
            Map.entry("sma_threshold", "-1000"),
            Map.entry("beta_2_decay", "-0.8"),
            Map.entry("epsilon1", "1e-30"),
            Map.entry("epsilon2", "1e-3"),
            Map.entry("clip_threshold", "1"));

    private final Equations equations;

    /** Moderate values by the field's term. */
    public static Map<String, String> ordinary() {
        return ORDINARY;
    }

    TraitProbe(Equations equations) {
        this.equations = equations;
    }

    /** The words for a subject, as a header would say them. */
    String words(String subject) {
        return switch (subject) {
            case "learning rate" -> learningRate();
            case "epsilon" -> epsilonWithAndWithoutMomentum();
            case "state" -> state();
            default -> throw new IllegalArgumentException("nothing probes the trait \"" + subject + "\"");
        };
    }

    /**
     * What a velocity holds was multiplied by the rate when it came in, or is when it goes out. What divides by the rate
     * has no value at a rate of zero.
     */
    private String learningRate() {
        EquationRun run = run(Map.of()).tensor(0).updates(0.1, 1);
        double before = run.weight();
        run.updates(0, 0);
        if (Double.isNaN(run.weight())) {
            return "inside the sums";
        }
        // What moves the weight at all, and has it at zero again with a rate of zero, computes it again from a sum.
        if (run.weight() == 0 && before != 0) {
            return "times the sum";
        }
        return run.weight() == before ? "outside the state" : "inside the velocity";
    }

    /** A momentum of zero chooses another kernel in some frameworks. */
    private String epsilonWithAndWithoutMomentum() {
        if (equations.hyper("momentum").isEmpty()) {
            return epsilon(Map.of());
        }
        String without = epsilon(Map.of("momentum", "0"));
        String with = epsilon(Map.of());
        return with.equals(without) ? with : without + ", " + with.replace(" the root", "") + " with momentum";
    }

    /**
     * The place of epsilon in a quotient. Its state is left at zero, so that for the first gradient s the update is
     * {@code s / sqrt(c s^2 + epsilon)} or {@code s / (c s + epsilon)} times a number: how it falls for s so small that
     * epsilon decides, and how it shrinks when epsilon grows, tell them apart.
     */
    private String epsilon(Map<String, String> momentum) {
        double tiny = 1e-30;
        // What starts at one leaves nothing to a small epsilon.
        boolean one = meanOfSquaresStartsAtOne();
        String less = one ? "1e20" : "1e-20";
        String more = one ? "1e24" : "1e-16";
        Map<String, String> small = and(momentum, Map.of("epsilon", less, "initial_accumulator", "0"));
        Map<String, String> large = and(momentum, Map.of("epsilon", more, "initial_accumulator", "0"));
        double fall = slope(first(small, tiny), first(large, tiny), 1e4);
        if (isNear(fall, 0)) {
            // sqrt(epsilon) over sqrt(epsilon): a ratio of two roots that both hold it.
            return movesLikeRootOfEpsilon() ? "inside both roots" : "?";
        }
        if (isNear(fall, -0.5)) {
            return "inside the root";
        }
        if (!isNear(fall, -1)) {
            return "?";
        }
        if (equations.hyper("beta2").isEmpty()) {
            return "outside the root";
        }
        return "outside the root" + (isBeforeCorrection() ? ", before the bias correction" : "");
    }

    /** With a gradient that drowns epsilon, the first update of AdaDelta is proportional to its root. */
    private boolean movesLikeRootOfEpsilon() {
        double growth = slope(first(Map.of("epsilon", "1e-20"), 1), first(Map.of("epsilon", "1e-16"), 1), 1e4);
        return isNear(growth, 0.5);
    }

    /**
     * Adam's first update is {@code eta g / (g + epsilon)} where epsilon is added to the corrected root, and {@code eta g
     * / (g + epsilon / sqrt(1 - beta2))} where it is added before: for a gradient of epsilon itself that is one half, or
     * less. Nadam's numerator is another number at the first update, so it is compared with the step without epsilon.
     */
    private boolean isBeforeCorrection() {
        double step = first(Map.of("epsilon", "1e-4", "beta2", "0.99", "initial_accumulator", "0"), 1e-4)
                / first(Map.of("epsilon", "1e-20", "beta2", "0.99", "initial_accumulator", "0"), 1e-4);
        if (isNear(step, 0.5)) {
            return false;
        }
        if (isNear(step, 1.0 / 11)) {
            return true;
        }
        throw new IllegalStateException("neither form of the bias correction: a first step of " + step);
    }

    /** A gradient of zero reads the start value out of the state, through the next update. */
    private String state() {
        List<String> named = new ArrayList<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            boolean decides = hyper.name().startsWith("initial")
                    && first(Map.of(hyper.name(), "0"), 1) != first(Map.of(hyper.name(), "3"), 1);
            if (decides) {
                named.add(hyper.name());
            }
        }
        boolean quiet = run(Map.of("initial_accumulator", "0", "epsilon", "1e-4"))
                        .tensor(2)
                        .updates(0.1, 0)
                        .weight()
                == 2;
        boolean alike = startsAtZero();
        if (startsAtTheFirstGradient()) {
            return "starts at the first gradient";
        }
        if (named.isEmpty() && meanOfSquaresStartsAtOne()) {
            return "starts at 1";
        }
        if (named.isEmpty()) {
            return quiet && alike ? "starts at 0" : "?";
        }
        return "starts at " + String.join(", ", named);
    }

    /**
     * After a gradient of 1, a gradient of 3 is divided by 1 if the second moment hardly changes and began as the square
     * of the first; by the root of 5 if it began at zero and is corrected.
     */
    private boolean startsAtTheFirstGradient() {
        EquationRun run = run(Map.of("beta1", "0", "beta2", "0.999999999")).tensor(0);
        double before = run.update(1, array(1)).weight();
        return isNear(before - run.update(1, array(3)).weight(), 3);
    }

    /** A first gradient that is nothing beside one is divided by the root of what rho leaves of one. */
    private boolean meanOfSquaresStartsAtOne() {
        if (equations.hyper("rho").isEmpty() || equations.hyper("epsilon").isEmpty()) {
            return false;
        }
        double tiny = 1e-9;
        return isNear(first(Map.of("epsilon", "1e-30"), tiny) / tiny * Math.sqrt(0.95), 1);
    }

    /** Whether what is kept for each entry starts at zero, whatever w and g are. */
    private boolean startsAtZero() {
        return equations.states().stream()
                .filter(s -> s.extent() == Extent.ELEMENT)
                .allMatch(s -> s.initial() instanceof Expression.Literal literal
                        && literal.value().signum() == 0);
    }

    /** How far the first update moves a weight, over the rate. */
    private double first(Map<String, String> values, double gradient) {
        double rate = 0x1p-3;
        EquationRun run = run(values).tensor(0).update(rate, array(gradient));
        return -run.weight() / rate;
    }

    private static Map<String, String> and(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private EquationRun run(Map<String, String> changed) {
        Map<String, String> values = new HashMap<>(ORDINARY);
        values.putAll(changed);
        List<Object> all = new ArrayList<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            String value = hyper.flag() ? "0" : values.get(hyper.name());
            if (value == null) {
                throw new IllegalStateException("no value to probe " + hyper.name() + " with: add one here");
            }
            all.add(hyper.name());
            all.add(value);
        }
        return EquationRun.of(equations, all.toArray());
    }

    /** The power of a quantity that a result follows, from two results whose quantities have this ratio. */
    private static double slope(double less, double more, double ratio) {
        return Math.log(more / less) / Math.log(ratio);
    }

    private static boolean isNear(double value, double expected) {
        return Math.abs(value - expected) < 1e-2;
    }
}

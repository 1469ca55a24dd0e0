package samestep.recipe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.parse.EquationParser;

/**
 * One stage of what happens between a loss and the new weight. The order of a parameter's stages is the semantics: a
 * penalty before the clip is clipped, one after it is not.
 */
public sealed interface Stage
        permits Stage.LossScale,
                Stage.Penalty,
                Stage.Accumulation,
                Stage.Scale,
                Stage.Clip,
                Stage.DecoupledDecay,
                Stage.Optimizer,
                IndependentDecay,
                NormLimit,
                OrthogonalPenalty,
                DeclaredPenalty,
                UnknownStage {

    /** What it does, as equations; the accumulation's own part is the sum that the training loop forms. */
    Equations equations();

    /** A value for each hyper-parameter of the equations. */
    Map<String, Quantity> values();

    /** Equal for stages that do the same, wherever their numbers are written: the equations and the values. */
    default List<Object> behaviour() {
        Map<String, Expression> numbers = new HashMap<>();
        values().forEach((name, quantity) -> numbers.put(name, quantity.value()));
        return List.of(equations(), numbers);
    }

    /** The same with other values. */
    default Stage mapped(UnaryOperator<Quantity> change) {
        return this;
    }

    /** The same without any rounding to single precision. */
    default Stage withoutRounding() {
        return mapped(Quantity::withoutRounding);
    }

    /** The same, rounding only the numbers that are in the equations themselves. */
    default Stage roundingOwnNumbersOnly() {
        return withoutRounding();
    }

    /** The gradient of a loss that is not the plain mean: times a weight, a sum over the batch, another factor. */
    record LossScale(Form form, Quantity weight) implements Stage {
        /** What the loss is against the reference form. */
        public enum Form {
            /** The reference loss times the weight. */
            WEIGHTED("g = g * weight"),
            /** Summed over the batch where the reference takes the mean. */
            SUMMED("g = g * weight * batch"),
            /** The mean over batch and outputs of the square, where the reference is half its sum over outputs. */
            MEAN_SQUARE("g = g * weight * 2 / outputs"),
            /** The mean over outputs of the square, summed over the batch. */
            SUMMED_SQUARE("g = g * weight * 2 / outputs * batch");

            private final Equations equations;

            Form(String body) {
                this.equations = own("loss-scale", "hyper weight\n" + body);
            }
        }

        @Override
        public Equations equations() {
            return form.equations;
        }

        @Override
        public Map<String, Quantity> values() {
            return Map.of("weight", weight);
        }

        @Override
        public Stage mapped(UnaryOperator<Quantity> change) {
            return new LossScale(form, change.apply(weight));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof LossScale that && form == that.form && weight.equals(that.weight);
        }

        @Override
        public int hashCode() {
            return form.hashCode() * 31 + weight.hashCode();
        }
    }

    /** A penalty's gradient: the coefficient is what multiplies w (or its sign) in the gradient, nothing else. */
    record Penalty(Norm norm, Quantity coefficient) implements Stage {
        /** Which penalty. */
        public enum Norm {
            /** Sum of absolute values; its gradient at zero is zero. */
            L1("g = g + coefficient * sign(w)"),
            /** Half the sum of squares, so that the gradient is coefficient times w. */
            L2("g = g + coefficient * w");

            private final Equations equations;

            Norm(String body) {
                this.equations = own("penalty." + name(), "hyper coefficient\n" + body);
            }
        }

        @Override
        public Equations equations() {
            return norm.equations;
        }

        @Override
        public Map<String, Quantity> values() {
            return Map.of("coefficient", coefficient);
        }

        @Override
        public Stage mapped(UnaryOperator<Quantity> change) {
            return new Penalty(norm, change.apply(coefficient));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Penalty that && norm == that.norm && coefficient.equals(that.coefficient);
        }

        @Override
        public int hashCode() {
            return norm.hashCode() * 31 + coefficient.hashCode();
        }
    }

    /** Gradients of several micro-steps become one; what comes before it happens in every micro-step. */
    record Accumulation(int microSteps, boolean mean) implements Stage {
        /** More are not read: the largest known is below a hundred, and every proof and run forms the sum in full. */
        public static final int MOST = 1_000;

        private static final Equations SUM = own("accumulation.sum", "g = g");
        private static final Equations MEAN = own("accumulation.mean", "hyper count\ng = g / count");

        @Override
        public List<Object> behaviour() {
            return List.of(equations(), microSteps);
        }

        @Override
        public Equations equations() {
            return mean ? MEAN : SUM;
        }

        @Override
        public Map<String, Quantity> values() {
            Quantity count = Quantity.byDefault(Integer.toString(microSteps), "the number of micro-steps");
            return mean ? Map.of("count", count) : Map.of();
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Accumulation that && microSteps == that.microSteps && mean == that.mean;
        }

        @Override
        public int hashCode() {
            return Integer.hashCode(microSteps) * 31 + Boolean.hashCode(mean);
        }
    }

    /** The gradient times a number. */
    record Scale(Quantity factor) implements Stage {
        private static final Equations EQUATIONS = own("scale", "hyper factor\ng = g * factor");

        @Override
        public Equations equations() {
            return EQUATIONS;
        }

        @Override
        public Map<String, Quantity> values() {
            return Map.of("factor", factor);
        }

        @Override
        public Stage mapped(UnaryOperator<Quantity> change) {
            return new Scale(change.apply(factor));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Scale that && factor.equals(that.factor);
        }

        @Override
        public int hashCode() {
            return factor.hashCode();
        }
    }

    /** A gradient that is too large is made smaller. */
    record Clip(Kind kind, Quantity threshold) implements Stage {
        /** What is measured against the threshold. */
        public enum Kind {
            /** Each entry. */
            VALUE("g = clip(g, -threshold, threshold)"),
            /** The norm of each parameter's gradient. */
            TENSOR_NORM("g = g * where(norm(g, tensor) > threshold, threshold / norm(g, tensor), 1)"),
            /** The norm of all gradients together. */
            GLOBAL_NORM("g = g * where(norm(g, all) > threshold, threshold / norm(g, all), 1)"),
            /** The norm of each, guarded against zero by a small number, which makes the result a little smaller always. */
            GUARDED_TENSOR_NORM("g = g * min(1, threshold / (norm(g, tensor) + 0.000001))"),
            /** The norm of all gradients together, with the same guard. */
            GUARDED_GLOBAL_NORM("g = g * min(1, threshold / (norm(g, all) + 0.000001))");

            private final Equations equations;

            Kind(String body) {
                this.equations = own("clip." + name(), "hyper threshold\n" + body);
            }

            /** Whether it divides by the norm plus a small number. */
            public boolean isGuarded() {
                return switch (this) {
                    case GUARDED_TENSOR_NORM, GUARDED_GLOBAL_NORM -> true;
                    case VALUE, TENSOR_NORM, GLOBAL_NORM -> false;
                };
            }
        }

        @Override
        public Equations equations() {
            return kind.equations;
        }

        @Override
        public Map<String, Quantity> values() {
            return Map.of("threshold", threshold);
        }

        @Override
        public Stage mapped(UnaryOperator<Quantity> change) {
            return new Clip(kind, change.apply(threshold));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Clip that && kind == that.kind && threshold.equals(that.threshold);
        }

        @Override
        public int hashCode() {
            return kind.hashCode() * 31 + threshold.hashCode();
        }
    }

    /** The weight shrinks by itself, beside the gradient: times the learning rate of this update. */
    record DecoupledDecay(Quantity coefficient) implements Stage {
        private static final Equations EQUATIONS =
                own("decoupled-decay", "hyper coefficient\nw = w - w * coefficient * eta");

        @Override
        public Equations equations() {
            return EQUATIONS;
        }

        @Override
        public Map<String, Quantity> values() {
            return Map.of("coefficient", coefficient);
        }

        @Override
        public Stage mapped(UnaryOperator<Quantity> change) {
            return new DecoupledDecay(change.apply(coefficient));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof DecoupledDecay that && coefficient.equals(that.coefficient);
        }

        @Override
        public int hashCode() {
            return coefficient.hashCode();
        }
    }

    /** The optimizer's own update. */
    record Optimizer(Equations equations, Map<String, Quantity> values) implements Stage {
        /** Copies the values. */
        public Optimizer {
            values = Map.copyOf(values);
        }

        @Override
        public Stage mapped(UnaryOperator<Quantity> change) {
            Map<String, Quantity> changed = new HashMap<>();
            values.forEach((name, value) -> changed.put(name, change.apply(value)));
            return new Optimizer(equations, changed);
        }

        @Override
        public Stage withoutRounding() {
            return new Optimizer(
                    equations.withoutRounding(),
                    mapped(Quantity::withoutRounding).values());
        }

        @Override
        public Stage roundingOwnNumbersOnly() {
            return new Optimizer(
                    equations.roundingOwnNumbersOnly(),
                    mapped(Quantity::withoutRounding).values());
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Optimizer that
                            && equations.equals(that.equations)
                            && values.equals(that.values);
        }

        @Override
        public int hashCode() {
            return equations.hashCode() * 31 + values.hashCode();
        }
    }

    private static Equations own(String name, String text) {
        return EquationParser.parseOwn(name, "optimizer " + name + "\n" + text);
    }
}

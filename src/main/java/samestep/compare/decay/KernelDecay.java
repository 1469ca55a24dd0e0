package samestep.compare.decay;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.equation.run.Exact;
import samestep.finding.Place;
import samestep.recipe.IndependentDecay;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/**
 * The weight decay of one side's trained kernels.
 *
 * @param parts kernels whose decay is the same number at the same place, in the order of their parameters
 */
public record KernelDecay(List<Part> parts) {
    private static final Set<Role> KERNELS = Set.of(Role.KERNEL, Role.DEPTHWISE_KERNEL, Role.RECURRENT_KERNEL);

    /** Numbers that differ by less come from one decimal through double precision. */
    private static final MathContext DIGITS = new MathContext(15);

    /** How a kernel decays. */
    public enum Kind {
        /** The gradient gets a number times the weight, and nothing else. */
        IN_THE_GRADIENT,
        /** No decay. */
        NONE,
        /** Another penalty, a decay beside the gradient, or several: no single number in this unit says it. */
        OTHERWISE,
        /** It is not known. */
        NOT_KNOWN
    }

    /**
     * Kernels that decay alike.
     *
     * @param coefficient what the weight is multiplied by; there if the kind is in the gradient
     * @param unit how large the gradient is to which it is added
     * @param parameters the kernels
     */
    public record Part(Kind kind, Optional<Quantity> coefficient, LossUnit unit, List<Parameter> parameters) {
        /** Copies the kernels. */
        public Part {
            parameters = List.copyOf(parameters);
        }

        /** What the weight is multiplied by, for each gradient of the mean loss. */
        Optional<Strength> strength() {
            return coefficient.map(number -> Strength.of(number, unit));
        }

        /** The number that multiplies the weight, for each gradient of the mean loss. */
        public Optional<BigDecimal> strengthOfMean() {
            return strength().map(Strength::number);
        }

        /** Where the number is written. */
        public Optional<Place> place() {
            return coefficient.flatMap(Quantity::place);
        }
    }

    /** Copies the parts. */
    public KernelDecay {
        parts = List.copyOf(parts);
    }

    /** Of a training. */
    public static KernelDecay of(Recipe recipe) {
        return ofParameters(recipe.trained());
    }

    /** Of the kernels among parameters. */
    public static KernelDecay ofParameters(List<Parameter> parameters) {
        Map<List<Object>, List<Parameter>> alike = new LinkedHashMap<>();
        Map<List<Object>, Part> parts = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (KERNELS.contains(parameter.name().role())) {
                Part part = part(parameter);
                List<Object> key =
                        List.of(part.kind(), part.strength(), part.place().map(Place::toString));
                parts.putIfAbsent(key, part);
                alike.computeIfAbsent(key, k -> new ArrayList<>()).add(parameter);
            }
        }
        List<Part> all = new ArrayList<>();
        parts.forEach((key, part) ->
                all.add(new Part(part.kind(), part.coefficient(), part.unit(), alike.getOrDefault(key, List.of()))));
        return new KernelDecay(all);
    }

    private static Part part(Parameter parameter) {
        List<Stage> decays = new ArrayList<>();
        boolean isScaledAfterwards = false;
        LossUnit unit = LossUnit.of(parameter);
        for (Stage stage : parameter.stages()) {
            if (stage instanceof UnknownStage) {
                return new Part(Kind.NOT_KNOWN, Optional.empty(), unit, List.of(parameter));
            }
            boolean isScale = stage instanceof Stage.Scale
                    || stage instanceof Stage.LossScale
                    || stage instanceof Stage.Accumulation;
            isScaledAfterwards |= isScale && !decays.isEmpty();
            if (isDecay(stage)) {
                decays.add(stage);
            }
        }
        if (decays.isEmpty()) {
            return new Part(Kind.NONE, Optional.empty(), unit, List.of(parameter));
        }
        boolean isOne = decays.size() == 1
                && !isScaledAfterwards
                && unit.factor().signum() != 0
                && decays.get(0) instanceof Stage.Penalty penalty
                && penalty.norm() == Stage.Penalty.Norm.L2;
        return isOne
                ? new Part(
                        Kind.IN_THE_GRADIENT,
                        Optional.of(((Stage.Penalty) decays.get(0)).coefficient()),
                        unit,
                        List.of(parameter))
                : new Part(Kind.OTHERWISE, Optional.empty(), unit, List.of(parameter));
    }

    /** A decay of zero is not a decay; one with a course of its own has no number. */
    private static boolean isDecay(Stage stage) {
        if (stage instanceof Stage.Optimizer optimizer) {
            return optimizer.values().entrySet().stream()
                    .anyMatch(e -> decays(e.getKey()) && !e.getValue().isZero());
        }
        boolean isKind = stage instanceof Stage.Penalty
                || stage instanceof Stage.DecoupledDecay
                || stage instanceof IndependentDecay
                || stage instanceof OrthogonalPenalty;
        boolean isZero =
                !stage.values().isEmpty() && stage.values().values().stream().allMatch(Quantity::isZero);
        return isKind && !isZero;
    }

    /** Whether a hyper-parameter of an optimizer is a decay that its own equations do. */
    private static boolean decays(String hyper) {
        return hyper.contains("weight_decay") || hyper.contains("regularization") || hyper.matches("l[12]");
    }

    /**
     * A decay as a number that can be compared, for each gradient of the mean loss.
     *
     * @param number the coefficient over what the loss is multiplied by
     * @param sums as in {@link LossUnit}
     */
    record Strength(BigDecimal number, int sums) {
        private static Strength of(Quantity coefficient, LossUnit unit) {
            BigDecimal number = coefficient
                    .decimal()
                    .divide(unit.factor(), Exact.DIGITS)
                    .round(DIGITS)
                    .stripTrailingZeros();
            return new Strength(number, unit.sums());
        }

        boolean isInUnitOf(Strength other) {
            return sums == other.sums;
        }
    }

    /** What each kernel's decay is, as something that can be compared: the way, and the number where it has one. */
    public Map<ParameterName, List<Object>> byName() {
        Map<ParameterName, List<Object>> all = new LinkedHashMap<>();
        parts.forEach(part -> part.parameters().forEach(p -> all.put(p.name(), List.of(part.kind(), part.strength()))));
        return all;
    }

    /** The different decays in the gradient. */
    Set<Strength> strengths() {
        Set<Strength> all = new LinkedHashSet<>();
        parts.forEach(part -> part.strength().ifPresent(all::add));
        return all;
    }

    /** Whether some kernels decay in that way. */
    public boolean has(Kind kind) {
        return parts.stream().anyMatch(part -> part.kind() == kind);
    }
}

package samestep.dialect.tensorflow.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.BesideGradient;
import samestep.dialect.ParameterList;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.IndependentDecay;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty;

/**
 * The one penalty that most kernels of a recipe have, for documents that can say no more, and findings for what is then not
 * said.
 */
public final class KernelPenalty {
    private static final Set<Role> KERNELS = Set.of(Role.KERNEL, Role.DEPTHWISE_KERNEL, Role.RECURRENT_KERNEL);

    private final Recipe recipe;
    private final String document;

    /**
     * @param document whose penalties they will be, for messages
     */
    public KernelPenalty(Recipe recipe, String document) {
        this.recipe = recipe;
        this.document = document;
    }

    private static boolean isKernel(Parameter parameter) {
        return KERNELS.contains(parameter.name().role());
    }

    private static boolean isReached(Parameter parameter, boolean depthwise) {
        return isKernel(parameter) && (depthwise || parameter.name().role() != Role.DEPTHWISE_KERNEL);
    }

    /** The penalties of a parameter; without momentum, a decay beside the gradient equals one within it. */
    public static List<Penalty> of(Parameter parameter) {
        List<Penalty> penalties = new ArrayList<>(parameter.stages(Penalty.class));
        boolean plain = parameter
                .optimizer()
                .filter(o -> o.equations().family().equals("momentum"))
                .map(o -> Optional.ofNullable(o.values().get("momentum"))
                        .map(Quantity::isZero)
                        .orElse(true))
                .orElse(false);
        if (plain) {
            parameter
                    .stages(Stage.DecoupledDecay.class)
                    .forEach(d -> penalties.add(new Penalty(Penalty.Norm.L2, d.coefficient())));
        }
        return penalties;
    }

    /** The most common one; empty where no kernel has any. */
    public Optional<Penalty> common() {
        Map<List<Object>, List<Penalty>> groups = new LinkedHashMap<>();
        recipe.trained().stream()
                .filter(KernelPenalty::isKernel)
                .flatMap(p -> of(p).stream().limit(1))
                .forEach(p -> groups.computeIfAbsent(meaning(p), k -> new ArrayList<>())
                        .add(p));
        return groups.values().stream().max(Comparator.comparingInt(List::size)).map(group -> group.get(0));
    }

    private static List<Object> meaning(Penalty penalty) {
        return List.of(penalty.norm(), penalty.coefficient().decimal().stripTrailingZeros());
    }

    /** Whether kernels that keep channels apart have it too. */
    public boolean isOnDepthwise(Penalty penalty) {
        return recipe.trained().stream()
                .filter(p -> p.name().role() == Role.DEPTHWISE_KERNEL)
                .anyMatch(p -> of(p).stream().anyMatch(q -> meaning(q).equals(meaning(penalty))));
    }

    /**
     * What is lost when every kernel gets the common penalty and nothing else gets any.
     *
     * @param depthwise whether kernels that keep channels apart get it too
     * @param besideIsSaid whether the optimizer says what decays beside the gradient
     */
    public List<Finding> unsaid(Optional<Penalty> common, boolean depthwise, boolean besideIsSaid) {
        List<Parameter> others = new ArrayList<>();
        List<Parameter> beside = new ArrayList<>();
        for (Parameter parameter : recipe.trained()) {
            List<List<Object>> wanted =
                    common.filter(c -> isReached(parameter, depthwise)).map(KernelPenalty::meaning).stream()
                            .toList();
            List<List<Object>> its =
                    of(parameter).stream().map(KernelPenalty::meaning).toList();
            boolean orthogonal = !parameter.stages(OrthogonalPenalty.class).isEmpty();
            if (!its.equals(wanted) || orthogonal) {
                others.add(parameter);
            }
            boolean decoupled = its.size() == parameter.stages(Penalty.class).size()
                    && !parameter.stages(Stage.DecoupledDecay.class).isEmpty();
            if (decoupled || !parameter.stages(IndependentDecay.class).isEmpty()) {
                beside.add(parameter);
            }
        }
        List<Finding> findings = new ArrayList<>();
        if (!others.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS103,
                            document + " has one penalty, on kernels; the other of " + ParameterList.count(others)
                                    + " is not written")
                    .at(others.get(0).place())
                    .labelled(ParameterList.others(others)));
        }
        if (!besideIsSaid) {
            BesideGradient.unsaid(document, recipe, beside).ifPresent(findings::add);
        }
        return findings;
    }

    /** The number that is written in the source, whatever it means there. */
    public static Penalty asItIsWritten(Penalty penalty) {
        Quantity coefficient = penalty.coefficient();
        try {
            return new Penalty(
                    penalty.norm(),
                    coefficient
                            .place()
                            .map(place -> new BigDecimal(place.text().strip()))
                            .map(number -> coefficient.derived(Expression.literal(number), "as it is written"))
                            .orElse(coefficient));
        } catch (NumberFormatException e) {
            return penalty;
        }
    }
}

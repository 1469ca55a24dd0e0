package samestep.dialect.caffe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.BesideGradient;
import samestep.dialect.ParameterList;
import samestep.dialect.caffe.solver.CaffePolicy;
import samestep.dialect.write.WrittenNumbers;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty;

/** One weight_decay for all, and what each parameter's {@code decay_mult} and {@code lr_mult} make of it and of the rate. */
final class CaffeMultipliers {
    /** What a parameter's {@code param} says. */
    record Entry(Parameter parameter, String rate, String decay) {
        /** Whether it says only what Caffe takes anyway. */
        boolean isPlain() {
            return rate.equals("1") && decay.equals("1");
        }
    }

    private final Recipe recipe;
    private final boolean verbatim;
    private final WrittenNumbers numbers;
    private final List<Finding> findings;

    CaffeMultipliers(Recipe recipe, boolean verbatim, WrittenNumbers numbers, List<Finding> findings) {
        this.recipe = recipe;
        this.verbatim = verbatim;
        this.numbers = numbers;
        this.findings = findings;
    }

    /**
     * What is written.
     *
     * @param decay the solver's {@code weight_decay}
     * @param norm its {@code regularization_type}
     * @param entries each parameter's multipliers
     */
    record Written(Optional<Quantity> decay, Penalty.Norm norm, Map<ParameterName, Entry> entries) {}

    Written write() {
        Penalty.Norm norm = commonNorm();
        Map<ParameterName, Quantity> coefficients = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            coefficient(parameter, norm).ifPresent(c -> coefficients.put(parameter.name(), c));
        }
        Optional<Quantity> decay = mostCommon(coefficients.values());
        Map<ParameterName, Entry> entries = new LinkedHashMap<>();
        for (Parameter parameter : recipe.parameters()) {
            if (parameter.name().role() != Role.STATISTICS) {
                entries.put(parameter.name(), entry(parameter, coefficients, decay));
            }
        }
        unsaid(norm);
        decay.ifPresent(d -> explain(d, norm, coefficients.size()));
        return new Written(decay, norm, entries);
    }

    private Entry entry(Parameter parameter, Map<ParameterName, Quantity> coefficients, Optional<Quantity> decay) {
        if (parameter.frozen()) {
            return new Entry(parameter, "0", "0");
        }
        String rate = CaffePolicy.plain(numbers.number(parameter.rateMultiplier()));
        Quantity coefficient = coefficients.get(parameter.name());
        if (decay.isEmpty() || coefficient == null) {
            return new Entry(parameter, rate, decay.isEmpty() ? "1" : "0");
        }
        boolean same = coefficient.decimal().compareTo(decay.get().decimal()) == 0;
        String share = same
                ? "1"
                : CaffePolicy.plain(
                        numbers.number(coefficient.value().over(decay.get().value())));
        return new Entry(parameter, rate, share);
    }

    private Penalty.Norm commonNorm() {
        long l1 = recipe.trained().stream()
                .flatMap(p -> p.stages(Penalty.class).stream())
                .filter(p -> p.norm() == Penalty.Norm.L1)
                .count();
        long l2 = recipe.trained().stream()
                .flatMap(p -> p.stages(Penalty.class).stream())
                .filter(p -> p.norm() == Penalty.Norm.L2)
                .count();
        return l1 > l2 ? Penalty.Norm.L1 : Penalty.Norm.L2;
    }

    private Optional<Quantity> coefficient(Parameter parameter, Penalty.Norm norm) {
        Optional<Quantity> penalty = parameter.stages(Penalty.class).stream()
                .filter(p -> p.norm() == norm)
                .map(Penalty::coefficient)
                .findFirst();
        if (penalty.isPresent() || norm == Penalty.Norm.L1 || !isPlainDescent(parameter)) {
            return verbatim ? penalty.map(Quantity::asWritten) : penalty;
        }
        return parameter.stages(Stage.DecoupledDecay.class).stream()
                .map(Stage.DecoupledDecay::coefficient)
                .findFirst();
    }

    /** Without momentum a decay beside the gradient is one within it. */
    private static boolean isPlainDescent(Parameter parameter) {
        Optional<Stage.Optimizer> optimizer = parameter.optimizer();
        return optimizer.isPresent()
                && optimizer.get().equations().family().equals("momentum")
                && Optional.ofNullable(optimizer.get().values().get("momentum"))
                        .map(Quantity::isZero)
                        .orElse(false);
    }

    private static Optional<Quantity> mostCommon(Iterable<Quantity> coefficients) {
        Map<BigDecimal, List<Quantity>> groups = new LinkedHashMap<>();
        for (Quantity coefficient : coefficients) {
            groups.computeIfAbsent(coefficient.decimal().stripTrailingZeros(), k -> new ArrayList<>())
                    .add(coefficient);
        }
        return groups.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<BigDecimal, List<Quantity>> e) ->
                                e.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .map(e -> e.getValue().get(0));
    }

    /** Reports penalties of the other norm, and decay beside the gradient. */
    private void unsaid(Penalty.Norm norm) {
        List<Parameter> other = recipe.trained().stream()
                .filter(p -> p.stages(Penalty.class).stream().anyMatch(s -> s.norm() != norm))
                .toList();
        if (!other.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS103,
                            "Caffe has one regularization_type for all, " + norm + " here: the other penalty of "
                                    + ParameterList.count(other) + " is not written")
                    .at(other.get(0).place())
                    .labelled(ParameterList.others(other)));
        }
        List<Parameter> beside = recipe.trained().stream()
                .filter(p -> !p.stages(Stage.DecoupledDecay.class).isEmpty()
                        || !p.stages(samestep.recipe.IndependentDecay.class).isEmpty())
                .filter(p -> coefficient(p, norm).isEmpty())
                .toList();
        BesideGradient.unsaid("Caffe", recipe, beside).ifPresent(findings::add);
    }

    private void explain(Quantity decay, Penalty.Norm norm, int count) {
        String source = decay.place().map(p -> p.text().strip()).orElse(decay.written());
        findings.add(Finding.of(
                        Code.SS101,
                        norm + " " + source + " -> weight_decay " + CaffePolicy.plain(decay.written()) + " on " + count
                                + (count == 1 ? " parameter; " : " parameters; ") + recipe.possessive()
                                + " penalty has the gradient " + CaffePolicy.plain(decay.written())
                                + (norm == Penalty.Norm.L2 ? "*w" : "*sign(w)") + ", Caffe adds weight_decay"
                                + (norm == Penalty.Norm.L2 ? "*w" : "*sign(w)"))
                .at(decay.place()));
    }
}

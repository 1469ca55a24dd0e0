package samestep.dialect.keras.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import samestep.dialect.ParameterList;
import samestep.dialect.keras.KerasReader;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterRule;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/**
 * Says the decay beside the gradient: one number for the optimizer, and the variables that it leaves out. TensorFlow matches
 * their paths, {@code model/layer/bias:0}, other backends their names, {@code bias}: what is written fits both where it can.
 */
public final class KerasDecayWriter {
    /** The optimizer's method, and the member in a document of Samestep. */
    public static final String EXCLUDED = "exclude_from_weight_decay";

    private final KerasGeneration generation;
    private final Recipe recipe;
    private final boolean subclassing;
    private final KerasNumbers numbers;
    private final List<Finding> findings;
    private final Map<BigDecimal, List<Parameter>> sorted = new LinkedHashMap<>();

    KerasDecayWriter(
            KerasGeneration generation,
            Recipe recipe,
            boolean subclassing,
            KerasNumbers numbers,
            List<Finding> findings) {
        this.generation = generation;
        this.recipe = recipe;
        this.subclassing = subclassing;
        this.numbers = numbers;
        this.findings = findings;
        recipe.trained()
                .forEach(p -> sorted.computeIfAbsent(
                                coefficient(p)
                                        .map(q -> q.decimal().stripTrailingZeros())
                                        .orElse(BigDecimal.ZERO),
                                k -> new ArrayList<>())
                        .add(p));
    }

    private static Optional<Quantity> coefficient(Parameter parameter) {
        return parameter.stages(Stage.DecoupledDecay.class).stream()
                .map(Stage.DecoupledDecay::coefficient)
                .filter(q -> !q.isZero())
                .findFirst();
    }

    /** The optimizer's own; empty where nothing is decayed beside the gradient, or the subclass says all of it. */
    Optional<Quantity> coefficient() {
        return byVariable() ? Optional.empty() : main();
    }

    /** What most kernels have, or whatever is decayed. */
    private Optional<Quantity> main() {
        return generation.hasOptimizerDecay() ? decayed() : Optional.empty();
    }

    private Optional<Quantity> decayed() {
        return sorted.entrySet().stream()
                .filter(e -> e.getKey().signum() != 0)
                .max((a, b) -> Long.compare(kernels(a.getValue()), kernels(b.getValue())))
                .flatMap(e -> coefficient(e.getValue().get(0)));
    }

    private static long kernels(List<Parameter> parameters) {
        return parameters.stream().filter(p -> p.name().role() == Role.KERNEL).count() * 1_000_000 + parameters.size();
    }

    private List<Parameter> without() {
        return sorted.getOrDefault(BigDecimal.ZERO, List.of());
    }

    /** Roles of which nothing is decayed. */
    private Set<Role> roles() {
        Set<Role> roles = new TreeSet<>();
        without().forEach(p -> roles.add(p.name().role()));
        recipe.trained().stream()
                .filter(p -> !without().contains(p))
                .forEach(p -> roles.remove(p.name().role()));
        roles.remove(Role.OTHER);
        // Keras 3 calls it as it calls other kernels.
        roles.remove(Role.DEPTHWISE_KERNEL);
        return roles;
    }

    /** Those that are left out one by one. */
    private List<Parameter> single() {
        Set<Role> roles = roles();
        return without().stream().filter(p -> !roles.contains(p.name().role())).toList();
    }

    /** Whether a subclass has to say the decay of each variable. */
    private boolean byVariable() {
        boolean several = sorted.keySet().stream().filter(c -> c.signum() != 0).count() > 1;
        return subclassing && main().isPresent() && (several || !single().isEmpty());
    }

    /** What the subclass says; nothing where the optimizer's own decay and what it leaves out are enough. */
    Map<String, Num> byName() {
        Map<String, Num> decays = new LinkedHashMap<>();
        if (byVariable()) {
            recipe.trained()
                    .forEach(p ->
                            coefficient(p).ifPresent(q -> decays.put(KerasReader.path(p.name()), numbers.number(q))));
        }
        return decays;
    }

    /** The library's rule that says what is left out; empty where names do. */
    Optional<ParameterRule> rule() {
        return excluded().isEmpty() || generation != KerasGeneration.KERAS_3 ? Optional.empty() : KerasRules.of(recipe);
    }

    /** What Keras calls variables that do this. RMSNormalization calls its gamma a scale, as an attention calls a parameter. */
    private String names(Role role) {
        boolean other = recipe.trained().stream().anyMatch(p -> p.name().role() == Role.OTHER);
        boolean rms = role == Role.GAMMA && generation == KerasGeneration.KERAS_3 && !other;
        return KerasReader.variable(role) + (rms ? "|scale" : "");
    }

    /** Regular expressions for what is left out. */
    List<String> excluded() {
        if (main().isEmpty() || byVariable() || without().isEmpty()) {
            return List.of();
        }
        List<String> patterns = new ArrayList<>();
        String roles = roles().stream().map(this::names).collect(Collectors.joining("|"));
        if (!roles.isEmpty()) {
            patterns.add("(^|/)(" + roles + ")(:|$)");
            KerasRules.of(recipe)
                    .filter(rule -> generation == KerasGeneration.KERAS_3)
                    .map(KerasRules::patterns)
                    .ifPresent(patterns::addAll);
        }
        single().stream()
                .filter(p -> p.name().role() != Role.OTHER)
                .map(p -> KerasReader.path(p.name()).replaceAll("[^A-Za-z0-9_/]", "\\\\$0"))
                .forEach(path -> patterns.add("(^|/)" + path + "(:|$)"));
        return patterns;
    }

    /** What cannot be said, and what depends on the backend. */
    void explain() {
        if (!generation.hasOptimizerDecay()) {
            decayed()
                    .ifPresent(decay -> findings.add(Finding.of(
                                    Code.SS204,
                                    generation.title() + " have no weight_decay: a decay of " + decay.written()
                                            + " beside the gradient is not written")
                            .at(decay.place())));
        }
        if (main().isEmpty() || byVariable()) {
            return;
        }
        sorted.forEach((coefficient, parameters) -> {
            if (coefficient.signum() != 0 && coefficient.compareTo(main().get().decimal()) != 0) {
                findings.add(Finding.of(
                                Code.SS141,
                                "Keras has one weight_decay: " + ParameterList.count(parameters) + " decay by "
                                        + coefficient.toPlainString() + " and not by "
                                        + main().get().written())
                        .at(parameters.get(0).place()));
            }
        });
        List<Parameter> unnamed =
                without().stream().filter(p -> p.name().role() == Role.OTHER).toList();
        List<Parameter> named = new ArrayList<>(single());
        named.removeAll(unnamed);
        if (!named.isEmpty() && generation == KerasGeneration.KERAS_3) {
            findings.add(Finding.of(
                            Code.SS142,
                            "only the path tells which of the " + ParameterList.count(named)
                                    + " are not decayed, and only TensorFlow looks into the path")
                    .at(named.get(0).place())
                    .detail("With JAX or PyTorch: exclude_from_weight_decay(var_list=[...]). Exact form:"
                            + " --as python, whose subclass looks into the path itself."));
        }
        if (!unnamed.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS141,
                            "what Keras calls " + ParameterList.count(unnamed) + " is not known: they cannot be left"
                                    + " out of the decay by name")
                    .at(unnamed.get(0).place()));
        }
    }
}

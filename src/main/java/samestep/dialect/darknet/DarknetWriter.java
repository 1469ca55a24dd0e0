package samestep.dialect.darknet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import samestep.dialect.BesideGradient;
import samestep.dialect.EquationFiles;
import samestep.dialect.ParameterList;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.HeldRate;
import samestep.dialect.write.LeftOver;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.RateInVelocity;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/** From a recipe of any framework to the section [net] that may be the same training. */
final class DarknetWriter {
    static final String STYLE = "cfg";

    private static final Equations SGD = new EquationFiles("darknet").of("SGD");

    private final Recipe recipe;
    private final boolean verbatim;
    private final WrittenNumbers numbers = new WrittenNumbers();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> fields = new LinkedHashMap<>();

    private DarknetWriter(Recipe recipe, boolean verbatim) {
        this.recipe = recipe;
        this.verbatim = verbatim;
    }

    /**
     * What [net] is to say.
     *
     * @param fields by key, in order
     * @param written numbers that have no short decimal
     */
    record Section(Map<String, String> fields, Map<BigDecimal, Expression> written, List<Finding> findings) {
        Proposal proposal() {
            StringBuilder text = new StringBuilder("[net]\n");
            fields.forEach(
                    (key, value) -> text.append(key).append('=').append(value).append('\n'));
            return new Proposal(Map.of(STYLE, text.toString()), written, findings);
        }
    }

    /** The section; empty where Darknet has no such optimizer. */
    static Optional<Section> section(Recipe recipe, boolean verbatim) {
        return new DarknetWriter(recipe, verbatim).write();
    }

    private Optional<Section> write() {
        Optional<Parameter> first = recipe.trained().stream()
                .findFirst()
                .or(() -> recipe.parameters().stream().findFirst());
        Optional<Stage.Optimizer> optimizer = first.flatMap(Parameter::optimizer);
        if (optimizer.isEmpty() || !optimizer.get().equations().family().equals("momentum")) {
            return Optional.empty();
        }
        batch();
        schedule();
        momentum(optimizer.get());
        decay();
        if (!verbatim) {
            ClipPlan.of(recipe, first.get(), new DarknetClips(), findings);
            unsaid(optimizer.get());
        }
        findings.add(Finding.of(
                Code.SS902,
                "not in the result; set these yourself, the same as here: the layers, which follow [net] in"
                        + " the same file, and a loss that is the mean over the images of each one's sum"));
        return Optional.of(new Section(fields, numbers.rounded(), List.copyOf(findings)));
    }

    private void batch() {
        recipe.batchSize()
                .map(b -> b.decimal().multiply(BigDecimal.valueOf(recipe.microSteps())))
                .filter(images -> images.stripTrailingZeros().scale() <= 0)
                .ifPresent(images -> fields.put("batch", images.toBigInteger().toString()));
    }

    private void schedule() {
        Optional<ScheduleForm> form = verbatim
                ? Optional.of(recipe.schedule().form())
                : recipe.schedule().formInUpdates();
        Optional<Map<String, String>> written = form.flatMap(
                f -> DarknetPolicy.write(f, numbers, recipe.schedule().horizon()));
        if (written.isEmpty()) {
            HeldRate held = HeldRate.of(recipe.schedule());
            findings.add(Finding.of(
                            Code.SS402,
                            "Darknet has no policy like " + recipe.possessive() + " \""
                                    + recipe.schedule().name() + "\"")
                    .detail("Written: " + held.words() + ", constant."));
            ScheduleForm constant = new ScheduleForm.Constant(held.expression());
            written = DarknetPolicy.write(constant, numbers, recipe.schedule().horizon());
        }
        fields.putAll(written.orElseThrow());
        recipe.schedule().horizon().ifPresent(updates -> fields.putIfAbsent("max_batches", Long.toString(updates)));
        if (!verbatim && fields.containsKey("steps")) {
            findings.add(Finding.of(
                    Code.SS401,
                    "Darknet counts updates from 1: a drop before update t from 0 is written as step t + 1"));
        }
        long run = recipe.schedule().horizon().orElse(-1);
        if (!verbatim && run >= 0 && !Long.toString(run).equals(fields.get("max_batches"))) {
            findings.add(Finding.of(
                            Code.SS401,
                            "poly falls to 0 at max_batches, counted from 1: " + fields.get("max_batches")
                                    + " updates, and the run has " + run)
                    .as(Severity.WARNING));
        }
    }

    private void momentum(Stage.Optimizer optimizer) {
        Quantity momentum = optimizer.values().getOrDefault("momentum", Quantity.byDefault("0", "no momentum"));
        if (!verbatim || momentum.origin() instanceof Origin.Written) {
            fields.put("momentum", DarknetPolicy.plain(numbers.number(momentum)));
        }
    }

    /** One number for all kernels: the one that most of them have. */
    private void decay() {
        Map<BigDecimal, List<Parameter>> groups = new TreeMap<>();
        for (Parameter parameter : kernels()) {
            BigDecimal of = penalty(parameter).map(Quantity::decimal).orElse(BigDecimal.ZERO);
            groups.computeIfAbsent(of.stripTrailingZeros(), k -> new ArrayList<>())
                    .add(parameter);
        }
        Optional<List<Parameter>> most = groups.values().stream().reduce((a, b) -> b.size() >= a.size() ? b : a);
        Optional<Quantity> decay = most.flatMap(group -> penalty(group.get(0)));
        String text = decay.map(d -> verbatim ? d.asWritten() : d)
                .map(d -> DarknetPolicy.plain(numbers.number(d)))
                .orElse("0");
        fields.put("decay", text);
        decay.filter(d -> !verbatim)
                .ifPresent(d -> findings.add(Finding.of(
                                Code.SS101,
                                "L2 " + d.place().map(p -> p.text().strip()).orElse(d.written()) + " -> decay " + text
                                        + " on all kernels; Darknet adds decay*w to the mean gradient")
                        .at(d.place())));
        List<Parameter> other = kernels().stream()
                .filter(p -> !most.orElse(List.of()).contains(p))
                .toList();
        if (!verbatim && !other.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS103,
                            "Darknet has one decay for all kernels: that of " + ParameterList.count(other)
                                    + " is another, and is not written")
                    .at(other.get(0).place())
                    .labelled(ParameterList.others(other)));
        }
    }

    private List<Parameter> kernels() {
        return recipe.trained().stream()
                .filter(p -> DarknetParameters.KERNELS.contains(p.name().role()))
                .toList();
    }

    private static Optional<Quantity> penalty(Parameter parameter) {
        return parameter.stages(Stage.Penalty.class).stream()
                .filter(p -> p.norm() == Stage.Penalty.Norm.L2)
                .map(Stage.Penalty::coefficient)
                .findFirst();
    }

    private void unsaid(Stage.Optimizer optimizer) {
        findings.addAll(LeftOver.hypers("Darknet's SGD", SGD, optimizer));
        if (optimizer
                        .values()
                        .getOrDefault("nesterov", Quantity.byDefault("0", ""))
                        .decimal()
                        .signum()
                != 0) {
            findings.add(Finding.of(Code.SS204, "Darknet has no Nesterov momentum; plain momentum is written"));
        }
        ScheduleForm form =
                recipe.schedule().formInUpdates().orElse(recipe.schedule().form());
        new RateInVelocity(recipe, optimizer, "Darknet's", SGD, form).finding().ifPresent(findings::add);
        List<Parameter> beside = recipe.trained().stream()
                .filter(p -> p.stages().stream()
                        .anyMatch(s ->
                                s instanceof Stage.DecoupledDecay || s instanceof samestep.recipe.IndependentDecay))
                .toList();
        BesideGradient.unsaid("Darknet", recipe, beside).ifPresent(findings::add);
        unsaid(
                recipe.trained().stream()
                        .filter(p -> p.stages(Stage.Penalty.class).stream()
                                .anyMatch(s -> s.norm() == Stage.Penalty.Norm.L1
                                        || !DarknetParameters.KERNELS.contains(
                                                p.name().role())))
                        .toList(),
                Code.SS103,
                "Darknet decays kernels by L2 and nothing else: the penalty on ");
        unsaid(
                recipe.trained().stream()
                        .filter(p -> !p.rateMultiplier().isOne())
                        .toList(),
                Code.SS301,
                "a layer's section gives one rate (learning_rate) for all parameters of the layer; another rate, that"
                        + " of ");
        unsaid(
                recipe.parameters().stream().filter(Parameter::frozen).toList(),
                Code.SS302,
                "stopbackward belongs in a layer's section: the freezing of ");
        unsaid(
                recipe.trained().stream()
                        .filter(p -> !p.stages(Stage.LossScale.class).isEmpty())
                        .toList(),
                Code.SS902,
                "a factor of the loss belongs in its layer: that of ");
    }

    private void unsaid(List<Parameter> parameters, Code code, String why) {
        if (!parameters.isEmpty()) {
            findings.add(Finding.of(code, why + ParameterList.count(parameters) + " is not written")
                    .as(Severity.WARNING)
                    .at(parameters.get(0).place())
                    .labelled(ParameterList.others(parameters)));
        }
    }
}

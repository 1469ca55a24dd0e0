package samestep.dialect.jax.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.jax.own.OwnTransform;
import samestep.dialect.jax.write.CoreWriter.Cores;
import samestep.dialect.jax.write.Written.Made;
import samestep.dialect.jax.write.Written.Num;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Stage;

/** From a recipe of any framework to chains that may be the same training. */
public final class JaxWriter {
    /** A document. */
    public static final String JSON = "json";
    /** A program. */
    public static final String PYTHON = "python";

    private static final BigDecimal NONE = BigDecimal.ZERO;

    private final Recipe recipe;
    private final Parameter first;
    private final boolean ofEquations;
    private final EpsilonMove.Choice epsilon;
    private final WrittenNumbers numbers = new WrittenNumbers();
    private final List<Finding> findings = new ArrayList<>();
    private final Masks masks;

    private JaxWriter(Recipe recipe, Parameter first, boolean ofEquations, EpsilonMove.Choice epsilon) {
        this.recipe = recipe;
        this.first = first;
        this.ofEquations = ofEquations;
        this.epsilon = epsilon;
        this.masks = new Masks(recipe);
    }

    /** What tells groups of parameters apart: their optimizer, and what its rate is multiplied by. */
    private record Group(List<Object> optimizer, BigDecimal multiplier) {}

    /** Proposals, the likeliest first: what Optax has, then what is printed of the source's own equations. */
    public static List<Proposal> proposals(Recipe recipe) {
        List<Proposal> proposals = new ArrayList<>();
        Optional<Parameter> first = recipe.trained().stream()
                .findFirst()
                .or(() -> recipe.parameters().stream().findFirst())
                .filter(p -> p.optimizer().isPresent());
        if (first.isEmpty()) {
            return proposals;
        }
        for (EpsilonMove.Choice choice : EpsilonMove.choices(recipe, CoreWriter::target)) {
            new JaxWriter(recipe, first.get(), false, choice).write().ifPresent(proposals::add);
        }
        new JaxWriter(recipe, first.get(), true, EpsilonMove.Choice.AS_IT_IS)
                .write()
                .ifPresent(proposals::add);
        return proposals;
    }

    private Optional<Proposal> write() {
        List<Made> parts = new ArrayList<>(new GradientWriter(recipe, first, masks, numbers, findings).write());
        Map<Group, List<Parameter>> groups = Masks.sorted(recipe.trained(), JaxWriter::group);
        Map<Group, String> labels = new LinkedHashMap<>();
        Map<String, Written> transforms = new LinkedHashMap<>();
        for (Map.Entry<Group, List<Parameter>> group : groups.entrySet()) {
            Optional<List<Made>> tail = tail(group.getValue());
            if (tail.isEmpty()) {
                return Optional.empty();
            }
            String label = "group_" + (labels.size() + 1);
            labels.put(group.getKey(), label);
            transforms.put(label, chain(tail.get()));
            if (groups.size() == 1) {
                parts.addAll(tail.get());
            }
        }
        if (groups.size() > 1) {
            String other = labels.values().iterator().next();
            parts.add(labelled(transforms, masks.tree(p -> labels.getOrDefault(group(p), other), false)));
        }
        List<Made> whole = frozen(parts);
        if (!masks.areSayable()) {
            return Optional.empty();
        }
        Optional<Made> steps = recipe.microSteps() > 1 ? Optional.of(steps()) : Optional.empty();
        return Optional.of(new Proposal(
                Map.of(JSON, JsonPrinter.print(whole, steps), PYTHON, new PythonPrinter().print(whole, steps)),
                numbers.rounded(),
                findings));
    }

    private static Group group(Parameter parameter) {
        return new Group(
                parameter.optimizer().map(JaxWriter::withoutShape).orElse(List.of()),
                parameter.rateMultiplier().decimal().stripTrailingZeros());
    }

    /** What an optimizer does; that a parameter is a matrix it finds out by itself. */
    private static List<Object> withoutShape(Stage.Optimizer optimizer) {
        Map<String, Quantity> values = new LinkedHashMap<>(optimizer.values());
        values.remove("matrix");
        return new Stage.Optimizer(optimizer.equations(), values).behaviour();
    }

    private static Written chain(List<Made> parts) {
        return parts.size() == 1 ? parts.get(0) : new Made("chain", false, List.copyOf(parts), Map.of());
    }

    private static Made labelled(Map<String, Written> transforms, Written.Tree labels) {
        return new Made("multi_transform", false, List.of(new Written.Table(transforms), labels), Map.of());
    }

    /** What is not trained is in no norm of gradients either. */
    private List<Made> frozen(List<Made> parts) {
        boolean isAll = recipe.parameters().stream()
                .noneMatch(p -> p.frozen() && p.name().role() != Role.STATISTICS);
        if (isAll) {
            return parts;
        }
        Map<String, Written> transforms = new LinkedHashMap<>();
        transforms.put("trained", chain(parts));
        transforms.put("frozen", Made.of("set_to_zero", Map.of()));
        return List.of(labelled(transforms, masks.tree(p -> p.frozen() ? "frozen" : "trained", false)));
    }

    private Made steps() {
        boolean mean = first.stages(Stage.Accumulation.class).stream().allMatch(Stage.Accumulation::mean);
        Map<String, Written> arguments = new LinkedHashMap<>();
        arguments.put("every_k_schedule", new Num(Integer.toString(recipe.microSteps())));
        if (!mean) {
            arguments.put("use_grad_mean", new Written.Flag(false));
        }
        return Made.of("MultiSteps", arguments);
    }

    /** What makes a step of the gradient, for one group of parameters; empty, with a finding, if Optax cannot do it. */
    private Optional<List<Made>> tail(List<Parameter> group) {
        Parameter any = group.get(0);
        CoreWriter writer = new CoreWriter(any.optimizer().orElseThrow(), epsilon, numbers, findings);
        Written rate = rate(any.rateMultiplier());
        Optional<Cores> cores = ofEquations ? writer.ofEquations(rate) : writer.ofOptax();
        if (cores.isEmpty()) {
            return Optional.empty();
        }
        Map<Num, List<Parameter>> decays = decoupled(group);
        if (!decays.isEmpty() && ofEquations && writer.usesWeights()) {
            // What looks at weights looks at those that are smaller already.
            return Optional.empty();
        }
        List<Made> parts = new ArrayList<>(cores.get().before());
        boolean hasRate = cores.get().rateInside() && cores.get().after().isEmpty();
        if (!cores.get().rateInside()) {
            int trust = cores.get().before().size() - (CoreWriter.endsWithTrust(parts) ? 1 : 0);
            decays.forEach((number, some) -> parts.add(trust, masks.decay(number, some)));
        }
        if (!hasRate) {
            parts.add(Made.of("scale_by_learning_rate", Map.of("learning_rate", rate)));
        }
        parts.addAll(cores.get().after());
        if (cores.get().rateInside()) {
            decays.forEach((number, some) -> parts.add(masks.only(beside(rate, number), some)));
        }
        parts.addAll(independent(group));
        return Optional.of(parts);
    }

    private Written rate(Quantity multiplier) {
        Schedule schedule = recipe.schedule();
        ScheduleForm form = schedule.formInUpdates().orElse(schedule.form());
        if (schedule.unit() != Schedule.Unit.UPDATES && !(form instanceof ScheduleForm.Constant)) {
            findings.removeIf(f -> f.code() == Code.SS402);
            findings.add(
                    Finding.of(
                                    Code.SS402,
                                    "Optax counts updates, " + recipe.possessive() + " schedule \"" + schedule.name()
                                            + "\" counts " + schedule.unit().words())
                            .detail(
                                    "Written: as if it counted updates; with --updates-per-epoch, it is a schedule in updates."));
        }
        return new OptaxScheduleWriter(numbers).write(ScheduleForms.scaled(form, multiplier.value()));
    }

    private Map<Num, List<Parameter>> decoupled(List<Parameter> group) {
        Map<Num, List<Parameter>> decays = new LinkedHashMap<>();
        Masks.sorted(group, p -> coefficient(p).decimal().stripTrailingZeros()).forEach((decimal, some) -> {
            if (decimal.compareTo(NONE) != 0) {
                decays.put(new Num(numbers.number(coefficient(some.get(0)))), some);
            }
        });
        return decays;
    }

    private static Quantity coefficient(Parameter parameter) {
        return parameter.stages(Stage.DecoupledDecay.class).stream()
                .map(Stage.DecoupledDecay::coefficient)
                .reduce((a, b) -> a.derived(a.value().plus(b.value()), "the sum of two decays"))
                .orElse(Quantity.byDefault("0", "no decay"));
    }

    private static Made beside(Written rate, Num coefficient) {
        OwnTransform own = OwnTransform.of(new Stage.DecoupledDecay(Quantity.byDefault("1", "")).equations())
                .orElseThrow();
        return Made.of(own.called(), Map.of()).with(OwnTransform.RATE, rate).with("coefficient", coefficient);
    }

    /** A share that the rate has no part in is taken after it, with the sign that an update has. */
    private List<Made> independent(List<Parameter> group) {
        List<Made> parts = new ArrayList<>();
        Masks.sorted(
                        group,
                        p -> p.stages(IndependentDecay.class).stream()
                                .map(IndependentDecay::behaviour)
                                .toList())
                .forEach((key, some) -> some.get(0).stages(IndependentDecay.class).stream()
                        .filter(decay ->
                                decay.course().isPresent() || !decay.share().isZero())
                        .forEach(decay -> parts.add(masks.decay(share(decay), some))));
        return parts;
    }

    private Written share(IndependentDecay decay) {
        return decay.course()
                .<Written>map(course -> new Written.Curve(new Expression.Negation(course)))
                .orElseGet(() -> {
                    Quantity share = decay.share();
                    return new Num(
                            numbers.number(share.derived(Expression.literal(0).minus(share.value()), "what is added")));
                });
    }
}

package samestep.dialect.pytorch.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.ParameterList;
import samestep.dialect.pytorch.object.LossPenalties;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.dialect.pytorch.object.TorchNames;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/**
 * Writes penalties and decay: as the optimizer's {@code weight_decay} where it is added after all clipping, and as part
 * of the loss if not.
 */
public final class DecayWriter {
    private static final Quantity NONE = Quantity.byDefault("0", "no decay");

    private record Key(Norm norm, BigDecimal coefficient) {}

    private final Recipe recipe;
    private final boolean verbatim;
    private final PytorchNumbers numbers;
    private final List<Finding> findings;
    private final boolean decoupled;
    private final TorchNames names;

    public DecayWriter(Recipe recipe, boolean verbatim, PytorchNumbers numbers, List<Finding> findings) {
        this.recipe = recipe;
        this.verbatim = verbatim;
        this.numbers = numbers;
        this.findings = findings;
        // Once, for both are asked of every parameter, and a net may have thousands.
        this.names =
                TorchNames.of(recipe.parameters().stream().map(Parameter::name).toList());
        this.decoupled = recipe.trained().stream()
                .anyMatch(p -> !p.stages(Stage.DecoupledDecay.class).isEmpty());
    }

    /** Whether any parameter shrinks beside its gradient. */
    public boolean isDecoupled() {
        return decoupled;
    }

    /** What the optimizer's {@code weight_decay} is for a parameter. */
    Quantity ofOptimizer(Parameter parameter) {
        if (isDecoupled()) {
            return parameter.stages(Stage.DecoupledDecay.class).stream()
                    .findFirst()
                    .map(Stage.DecoupledDecay::coefficient)
                    .orElse(NONE);
        }
        return parameter.stages(Stage.Penalty.class).stream()
                .filter(p -> isOfOptimizer(parameter, p))
                .map(Stage.Penalty::coefficient)
                .map(this::copied)
                .reduce((a, b) -> a.derived(a.value().plus(b.value()), "the sum of two penalties"))
                .orElse(NONE);
    }

    /** A verbatim copy takes the number that is written in the file. */
    private Quantity copied(Quantity coefficient) {
        return verbatim ? coefficient.asWritten() : coefficient;
    }

    /** The optimizer adds its decay after every clip. */
    private boolean isOfOptimizer(Parameter parameter, Stage.Penalty penalty) {
        List<Stage> after = parameter
                .stages()
                .subList(parameter.stages().indexOf(penalty), parameter.stages().size());
        boolean clipped = after.stream().anyMatch(Stage.Clip.class::isInstance);
        return penalty.norm() == Norm.L2 && !isDecoupled() && (!clipped || verbatim);
    }

    /** Whether parameters with a penalty in the loss have to be named. */
    boolean namesParameters() {
        return new DecayWriter(recipe, verbatim, numbers, new ArrayList<>())
                .ofLoss().stream().anyMatch(b -> b.to() instanceof Members.Named);
    }

    /** The penalties that are part of the loss. */
    public List<BeforeStep> ofLoss() {
        Map<Key, List<Parameter>> sorted = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            for (Stage.Penalty penalty : parameter.stages(Stage.Penalty.class)) {
                if (!isOfOptimizer(parameter, penalty) && !penalty.coefficient().isZero()) {
                    Key key = new Key(
                            penalty.norm(), penalty.coefficient().decimal().stripTrailingZeros());
                    sorted.computeIfAbsent(key, k -> new ArrayList<>()).add(parameter);
                }
            }
        }
        List<BeforeStep> before = new ArrayList<>();
        sorted.forEach((key, parameters) -> before.addAll(ofLoss(key, parameters)));
        return before;
    }

    private List<BeforeStep> ofLoss(Key key, List<Parameter> parameters) {
        List<BeforeStep> before = new ArrayList<>();
        Quantity coefficient = parameters.get(0).stages(Stage.Penalty.class).stream()
                .filter(p -> new Key(p.norm(), p.coefficient().decimal().stripTrailingZeros()).equals(key))
                .findFirst()
                .orElseThrow()
                .coefficient();
        List<Parameter> sayable = parameters.stream()
                .filter(p -> LossPenalties.isSayable(p.name()))
                .toList();
        if (sayable.size() < parameters.size()) {
            findings.add(Finding.of(
                            Code.SS103,
                            "a penalty in the loss is not written for names with quotes, commas and the like in them")
                    .at(coefficient.place()));
        }
        boolean every = sayable.size() == recipe.trained().size()
                && recipe.parameters().stream().noneMatch(Parameter::frozen);
        for (Members members : every ? List.of(new Members.Rest()) : GroupWriter.members(sayable)) {
            Optional<Members> said =
                    members instanceof Members.OfRole of ? usual(of, parameters) : Optional.of(members);
            said.ifPresent(m -> before.add(new BeforeStep(new Stage.Penalty(key.norm(), coefficient), m)));
        }
        if (!before.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS131,
                            (key.norm() == Norm.L1 ? "an L1 penalty" : "a penalty that is clipped with the gradient")
                                    + " of " + coefficient.written() + " is part of the loss in PyTorch, for "
                                    + ParameterList.count(parameters)
                                    + "; weight_decay is L2, and is added after the clip")
                    .at(coefficient.place()));
        }
        return before;
    }

    private Optional<Members> usual(Members.OfRole of, List<Parameter> parameters) {
        Set<Role> roles = of.roles();
        Optional<Members> said = LossPenalties.ofUsual(roles);
        if (said.isEmpty()) {
            String words = roles.stream().map(Role::word).sorted().collect(Collectors.joining(", "));
            findings.add(Finding.of(
                            Code.SS103,
                            "a penalty in the loss for every " + words + " of a model that is not known is not written")
                    .at(parameters.get(0).place()));
        }
        return said;
    }

    /** The line of Python for a penalty of the loss. */
    public String line(Stage.Penalty penalty, Members members) {
        Quantity coefficient = penalty.coefficient();
        Expression factor = penalty.norm() == Norm.L1
                ? coefficient.value()
                : coefficient.value().over(Expression.literal(2));
        return LossPenalties.line(penalty.norm(), numbers.text(factor), members, names());
    }

    /** What PyTorch calls the recipe's parameters. */
    public TorchNames names() {
        return names;
    }

    /** Findings about decay that the reader should know. */
    public void explain(Parameter first) {
        Quantity decay = ofOptimizer(first);
        if (!decay.isZero() && decay.place().isPresent() && !isDecoupled()) {
            boolean changed = decay.place()
                    .map(p -> !p.text().equals(decay.written()) && decay.text().isEmpty())
                    .orElse(false);
            if (changed) {
                findings.add(Finding.of(
                                Code.SS101,
                                "weight_decay " + decay.written()
                                        + ": PyTorch adds weight_decay * w to the gradient, and "
                                        + decay.place().get().text() + " here gives that")
                        .at(decay.place()));
            }
        }
    }
}

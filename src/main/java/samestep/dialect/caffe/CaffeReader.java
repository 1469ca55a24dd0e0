package samestep.dialect.caffe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.EquationFiles;
import samestep.dialect.ParameterList;
import samestep.dialect.caffe.net.Net;
import samestep.dialect.caffe.net.NetFields;
import samestep.dialect.caffe.net.NetParameter;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.caffe.solver.CaffeSchedule;
import samestep.dialect.caffe.solver.Solver;
import samestep.dialect.caffe.solver.SolverChecks;
import samestep.dialect.caffe.solver.SolverField;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.Settings;
import samestep.text.Spelling;

/**
 * From a solver and its net to a recipe. Source of the order of the stages: solver.cpp, Solver::Step, and
 * solvers/sgd_solver.cpp, SGDSolver::ApplyUpdate: sum over iter_size batches, clip the sum, divide, decay, update.
 */
final class CaffeReader {
    private static final EquationFiles EQUATIONS = new EquationFiles("caffe");
    private static final List<String> TYPES = List.of("SGD", "Nesterov", "AdaGrad", "RMSProp", "AdaDelta", "Adam");

    private final Solver solver;
    private final List<Finding> findings;

    CaffeReader(Solver solver, List<Finding> findings) {
        this.solver = solver;
        this.findings = findings;
    }

    /** The recipe; empty when Caffe would refuse the solver. */
    Optional<Recipe> read(Optional<Net> net) {
        Optional<Schedule> schedule = CaffeSchedule.read(solver);
        Optional<Stage.Optimizer> optimizer = type().map(this::optimizer);
        List<Stage> beforeDecay = new ArrayList<>();
        net.flatMap(n -> n.losses().stage()).ifPresent(beforeDecay::add);
        beforeDecay.addAll(accumulationAndClipping());
        SolverChecks checks = new SolverChecks(solver);
        checks.refusals();
        boolean usable = schedule.isPresent()
                && optimizer.isPresent()
                && findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
        if (!usable) {
            return Optional.empty();
        }
        List<Parameter> parameters = parameters(net).stream()
                .map(p -> parameter(p, before(p, net, beforeDecay), optimizer.get()))
                .toList();
        Recipe recipe = new Recipe("Caffe", parameters, schedule.get(), Recipe.Counting.UPDATES)
                .withBatchSize(net.flatMap(Net::batchSize))
                .withSettings(net.map(n -> new Settings(n.losses().settings()).and(n.settings()))
                        .orElse(Settings.NONE)
                        .with(NetFields.unjudged(solver, net)));
        checks.suspicions(recipe);
        withoutEffect();
        if (net.isPresent()) {
            decaysNothing(net.get());
        }
        net.ifPresent(n -> remarks(n.parameters()));
        return Optional.of(recipe);
    }

    /** The solver's type, from either field. */
    private Optional<String> type() {
        if (solver.has(SolverField.TYPE) && solver.has(SolverField.SOLVER_TYPE)) {
            solver.report(
                    SolverField.SOLVER_TYPE,
                    Code.SS004,
                    "both type and solver_type are given; Caffe stops, even if they agree",
                    "Remove solver_type, the older one.");
            return Optional.empty();
        }
        if (solver.has(SolverField.SOLVER_TYPE)) {
            String old = solver.word(SolverField.SOLVER_TYPE);
            // One that is not there was a finding when the fields were checked.
            return oldType(old);
        }
        String type = solver.word(SolverField.TYPE);
        if (solver.isUnquoted(SolverField.TYPE) && oldType(type).isPresent()) {
            // MyCaffe's type is an enum with the values of solver_type.
            return oldType(type);
        }
        return TYPES.contains(type) ? Optional.of(type) : unknown(SolverField.TYPE, type, TYPES);
    }

    /** A type in the upper case of the enum, or its number. Source: upgrade_proto.cpp, UpgradeSolverType. */
    private static Optional<String> oldType(String written) {
        return CaffeSchema.schema()
                .enumOf(SolverField.SOLVER_TYPE.schema())
                .find(written)
                .flatMap(old -> TYPES.stream()
                        .filter(type -> type.equalsIgnoreCase(old.name()))
                        .findFirst());
    }

    private Optional<String> unknown(SolverField field, String type, List<String> known) {
        String near = Spelling.nearest(type, known);
        solver.report(
                field,
                Code.SS004,
                "BVLC Caffe has no solver type \"" + type + "\"",
                near.isEmpty() ? "It has " + String.join(", ", known) + "." : "Did you mean \"" + near + "\"?");
        return Optional.empty();
    }

    private Stage.Optimizer optimizer(String type) {
        Equations equations = EQUATIONS.of(type);
        Map<String, Quantity> values = new HashMap<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            SolverField field = SolverField.of(hyper.field()).orElseThrow();
            values.put(hyper.name(), solver.quantity(field));
        }
        refusals(type);
        return new Stage.Optimizer(equations, values);
    }

    /** What the solvers' constructors check, and what they should. Source: include/caffe/sgd_solvers.hpp. */
    private void refusals(String type) {
        boolean noMomentum = type.equals("AdaGrad") || type.equals("RMSProp");
        if (noMomentum && !solver.quantity(SolverField.MOMENTUM).isZero()) {
            solver.report(SolverField.MOMENTUM, Code.SS004, "momentum cannot be used with " + type + "; Caffe stops");
        }
        if (type.equals("RMSProp")) {
            double decay = solver.quantity(SolverField.RMS_DECAY).doubleValue();
            if (decay < 0 || decay >= 1) {
                solver.report(
                        SolverField.RMS_DECAY, Code.SS004, "rms_decay must be at least 0 and below 1; Caffe stops");
            }
        }
        boolean usesMomentum = type.equals("Adam") || type.equals("AdaDelta");
        if (usesMomentum && !solver.has(SolverField.MOMENTUM)) {
            String part = type.equals("Adam") ? "beta1" : "rho";
            solver.report(
                    solver.has(SolverField.TYPE) ? SolverField.TYPE : SolverField.SOLVER_TYPE,
                    Code.SS203,
                    type + " takes its " + part + " from momentum, which is missing: Caffe computes with " + part
                            + " = 0");
        }
    }

    private List<Stage> accumulationAndClipping() {
        List<Stage> stages = new ArrayList<>();
        long batches = solver.whole(SolverField.ITER_SIZE);
        if (batches < 1) {
            solver.report(SolverField.ITER_SIZE, Code.SS004, "iter_size must be at least 1; Caffe computes NaN");
            return stages;
        }
        if (batches > Stage.Accumulation.MOST) {
            solver.report(
                    SolverField.ITER_SIZE,
                    Code.SS010,
                    "iter_size above " + Stage.Accumulation.MOST + " cannot be read");
            return stages;
        }
        if (batches > 1) {
            stages.add(new Stage.Accumulation(Math.toIntExact(batches), false));
        }
        Quantity threshold = solver.quantity(SolverField.CLIP_GRADIENTS);
        if (threshold.decimal().signum() >= 0) {
            stages.add(new Stage.Clip(Stage.Clip.Kind.GLOBAL_NORM, threshold));
        }
        if (batches > 1) {
            Expression share = Expression.literal(1).over(Expression.literal(batches));
            stages.add(new Stage.Scale(Quantity.byDefault("1", "Caffe's mean over iter_size batches")
                    .derived(share, "1 / iter_size")));
        }
        return stages;
    }

    /** The net's parameters; every kind of parameter, with Caffe's defaults, when it is not known. */
    private static List<NetParameter> parameters(Optional<Net> net) {
        if (net.isPresent()) {
            return net.get().parameters();
        }
        List<NetParameter> any = new ArrayList<>();
        for (Role role : List.of(Role.KERNEL, Role.BIAS, Role.GAMMA, Role.BETA)) {
            any.add(new NetParameter(
                    new ParameterName(ParameterName.ANY_LAYER, role),
                    Quantity.byDefault("1", "Caffe's default of lr_mult"),
                    Quantity.byDefault("1", "Caffe's default of decay_mult"),
                    List.of(),
                    Optional.empty()));
        }
        return any;
    }

    /** A parameter that no gradient reaches is moved by what follows. */
    private static List<Stage> before(NetParameter parameter, Optional<Net> net, List<Stage> beforeDecay) {
        boolean stopped = net.isPresent()
                && net.get().stopped().hold(parameter)
                && !parameter.rateMultiplier().isZero();
        return stopped ? List.of(new UnknownStage("a gradient of zero (propagate_down)")) : beforeDecay;
    }

    private Parameter parameter(NetParameter parameter, List<Stage> beforeDecay, Stage.Optimizer optimizer) {
        List<Stage> stages = new ArrayList<>(beforeDecay);
        penalty(parameter).ifPresent(stages::add);
        stages.add(optimizer);
        return new Parameter(
                parameter.name(),
                parameter.rateMultiplier(),
                parameter.rateMultiplier().isZero(),
                stages,
                parameter.place());
    }

    private Optional<Stage> penalty(NetParameter parameter) {
        Quantity decay = solver.quantity(SolverField.WEIGHT_DECAY);
        Quantity multiplier = parameter.decayMultiplier();
        if (decay.isZero() || multiplier.isZero() || isSwitchedOff()) {
            return Optional.empty();
        }
        Quantity local = multiplier.isOne()
                ? decay
                : decay.derived(decay.value().times(multiplier.value()), "weight_decay * decay_mult");
        String norm = solver.word(SolverField.REGULARIZATION_TYPE);
        return Optional.of(new Stage.Penalty(norm.equals("L1") ? Stage.Penalty.Norm.L1 : Stage.Penalty.Norm.L2, local));
    }

    /** A decay that every parameter is taken out of. A note, because what is translated is what happens. */
    private void decaysNothing(Net net) {
        boolean multipliedByZero = !net.parameters().isEmpty()
                && net.parameters().stream().allMatch(p -> p.decayMultiplier().isZero());
        if (multipliedByZero && !solver.quantity(SolverField.WEIGHT_DECAY).isZero()) {
            findings.add(solver.finding(
                            SolverField.WEIGHT_DECAY,
                            Code.SS604,
                            "weight_decay has no effect: decay_mult is 0 for every parameter of the net")
                    .as(Severity.NOTE));
        }
    }

    /** MyCaffe's enum has a NONE, and it writes enums without quotes; BVLC Caffe refuses both. */
    private boolean isSwitchedOff() {
        return solver.isUnquoted(SolverField.REGULARIZATION_TYPE)
                && solver.word(SolverField.REGULARIZATION_TYPE).equals("NONE");
    }

    /** Checks the penalty once for the whole file, before any parameter asks for it. */
    void checkPenalty() {
        Quantity decay = solver.quantity(SolverField.WEIGHT_DECAY);
        String norm = solver.word(SolverField.REGULARIZATION_TYPE);
        if (!decay.isZero() && !norm.equals("L1") && !norm.equals("L2") && !isSwitchedOff()) {
            solver.report(
                    SolverField.REGULARIZATION_TYPE,
                    Code.SS004,
                    "BVLC Caffe has no regularization_type \"" + norm + "\"",
                    "Expected \"L1\" or \"L2\".");
        }
        if (decay.decimal().signum() < 0) {
            solver.report(
                    SolverField.WEIGHT_DECAY, Code.SS203, "weight_decay is negative: the weights grow by themselves");
        }
    }

    /** What a net says that other frameworks say elsewhere. */
    private void remarks(List<NetParameter> parameters) {
        for (NetParameter parameter : parameters) {
            if (!parameter.sharers().isEmpty()) {
                findings.add(Finding.of(
                                Code.SS303,
                                parameter.name() + " is shared with " + ParameterList.some(parameter.sharers())
                                        + ": one parameter, decayed once")
                        .at(parameter.place())
                        .detail("In the other framework use one layer several times, so that it is one"
                                + " parameter too."));
            }
        }
        List<NetParameter> scales = parameters.stream()
                .filter(p -> p.name().role() == Role.GAMMA || p.name().role() == Role.BETA)
                .toList();
        if (!scales.isEmpty()) {
            String layers = ParameterList.some(
                    scales.stream().map(p -> p.name().layer()).distinct().toList());
            findings.add(Finding.of(
                    Code.SS304,
                    "gamma and beta belong to Caffe's Scale layers (" + layers
                            + "); elsewhere they belong to the normalisation before it"));
        }
    }

    private void withoutEffect() {
        for (SolverField field : solver.unused()) {
            solver.report(
                    field,
                    Code.SS009,
                    field.word() + " does nothing with this lr_policy and type; it is not carried over");
        }
    }
}

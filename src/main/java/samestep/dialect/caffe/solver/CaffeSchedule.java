package samestep.dialect.caffe.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.syntax.prototxt.PrototxtField;
import samestep.text.Spelling;

/** The seven learning-rate policies. Source: solvers/sgd_solver.cpp, SGDSolver::GetLearningRate. */
public final class CaffeSchedule {
    private static final List<String> POLICIES = List.of("fixed", "step", "exp", "inv", "multistep", "poly", "sigmoid");

    private static final int MOST_STEPVALUES = 2_000;

    private final Solver solver;
    private final Quantity base;
    private final OptionalLong horizon;

    private CaffeSchedule(Solver solver) {
        this.solver = solver;
        this.base = solver.quantity(SolverField.BASE_LR);
        long updates = solver.whole(SolverField.MAX_ITER);
        this.horizon = updates > 0 ? OptionalLong.of(updates) : OptionalLong.empty();
    }

    /** The schedule of a solver; empty, with findings, when Caffe would refuse it or compute nonsense. */
    public static Optional<Schedule> read(Solver solver) {
        CaffeSchedule reader = new CaffeSchedule(solver);
        String policy = solver.word(SolverField.LR_POLICY);
        if (!POLICIES.contains(policy)) {
            reader.unknownPolicy(policy);
            return Optional.empty();
        }
        if (!solver.has(SolverField.BASE_LR)) {
            solver.report(SolverField.LR_POLICY, Code.SS203, "base_lr is missing: Caffe takes 0 and nothing moves");
        }
        return reader.form(policy).map(form -> reader.schedule(form, policy).withValues(reader.values(policy)));
    }

    /** The fields that a policy reads. */
    private List<Schedule.NamedValue> values(String policy) {
        List<SolverField> fields = new ArrayList<>(List.of(SolverField.BASE_LR));
        fields.addAll(
                switch (policy) {
                    case "step", "sigmoid" -> List.of(SolverField.GAMMA, SolverField.STEPSIZE);
                    case "exp" -> List.of(SolverField.GAMMA);
                    case "inv" -> List.of(SolverField.GAMMA, SolverField.POWER);
                    case "multistep" -> List.of(SolverField.GAMMA);
                    case "poly" -> List.of(SolverField.POWER, SolverField.MAX_ITER);
                    default -> List.<SolverField>of();
                });
        List<Schedule.NamedValue> values = new ArrayList<>();
        fields.forEach(field -> values.add(new Schedule.NamedValue(field.word(), solver.quantity(field))));
        if (policy.equals("multistep")) {
            solver.quantities(SolverField.STEPVALUE)
                    .forEach(value -> values.add(new Schedule.NamedValue(SolverField.STEPVALUE.word(), value)));
        }
        return values;
    }

    private Schedule schedule(ScheduleForm form, String policy) {
        if (form instanceof ScheduleForm.InverseTime inverse) {
            // Caffe forms gamma * iter in single precision, whatever the solver's own.
            Expression product = inverse.slope().times(ScheduleForm.T).rounded();
            Expression formula = inverse.base()
                    .times(ScheduleForm.ONE.plus(product).power(new Expression.Negation(inverse.power())));
            return new Schedule(form, formula, 1, horizon, policy);
        }
        return Schedule.of(form, 1, horizon, policy);
    }

    private void unknownPolicy(String policy) {
        if (policy.isEmpty()) {
            solver.report(
                    SolverField.LR_POLICY,
                    Code.SS004,
                    "lr_policy is missing; Caffe stops at the first update",
                    "Expected one of " + String.join(", ", POLICIES) + ".");
            return;
        }
        String near = Spelling.nearest(policy, POLICIES);
        solver.report(
                SolverField.LR_POLICY,
                Code.SS004,
                "BVLC Caffe has no learning-rate policy \"" + policy + "\"",
                near.isEmpty()
                        ? "Expected one of " + String.join(", ", POLICIES) + "."
                        : "Did you mean \"" + near + "\"?");
    }

    private Optional<ScheduleForm> form(String policy) {
        Expression rate = base.value();
        return switch (policy) {
            case "fixed" -> Optional.of(new ScheduleForm.Constant(rate));
            case "step" -> gamma().flatMap(g -> stepsize().map(s -> new ScheduleForm.Staircase(rate, g, s)));
            case "exp" -> gamma().map(g -> new ScheduleForm.Exponential(rate, g, Expression.literal(1)));
            case "inv" -> gamma().map(g -> new ScheduleForm.InverseTime(rate, g, power()));
            case "multistep" -> gamma().flatMap(this::multistep);
            case "poly" -> polynomial();
            default -> gamma().flatMap(g -> stepsize().map(s -> new ScheduleForm.Sigmoid(rate, g, s)));
        };
    }

    private Expression power() {
        return solver.quantity(SolverField.POWER).value();
    }

    private Optional<Expression> gamma() {
        Quantity gamma = solver.quantity(SolverField.GAMMA);
        if (gamma.decimal().signum() < 0) {
            solver.report(SolverField.GAMMA, Code.SS004, "gamma must not be negative; Caffe stops");
            return Optional.empty();
        }
        return Optional.of(gamma.value());
    }

    private Optional<Expression> stepsize() {
        long stepsize = solver.whole(SolverField.STEPSIZE);
        if (stepsize <= 0) {
            SolverField at = solver.has(SolverField.STEPSIZE) ? SolverField.STEPSIZE : SolverField.LR_POLICY;
            solver.report(at, Code.SS004, "this policy needs a stepsize above 0; Caffe stops");
            return Optional.empty();
        }
        return Optional.of(Expression.literal(stepsize));
    }

    private Optional<ScheduleForm> polynomial() {
        if (horizon.isEmpty()) {
            solver.report(
                    SolverField.LR_POLICY,
                    Code.SS004,
                    "poly needs max_iter: without it Caffe divides by zero and the weights become NaN");
            return Optional.empty();
        }
        return Optional.of(new ScheduleForm.Polynomial(
                base.value(), Expression.literal(0), Expression.literal(horizon.getAsLong()), power(), false));
    }

    /** One drop an update at the most, in the order of the list: 10, 10, 30, 20 drops at 10, 11, 30 and 31. */
    private Optional<ScheduleForm> multistep(Expression gamma) {
        if (solver.all(SolverField.STEPVALUE).size() > MOST_STEPVALUES) {
            solver.report(
                    SolverField.STEPVALUE,
                    Code.SS004,
                    "more than " + MOST_STEPVALUES + " stepvalues; is this a solver?");
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>(List.of(base.value()));
        long before = -1;
        boolean inOrder = true;
        for (PrototxtField field : solver.all(SolverField.STEPVALUE)) {
            OptionalLong value = solver.whole(field);
            if (value.isPresent()) {
                long drop = Math.max(value.getAsLong(), before + 1);
                inOrder &= drop == value.getAsLong() && drop > 0;
                starts.add(drop);
                values.add(base.value().times(gamma.power(Expression.literal(values.size()))));
                before = drop;
            }
        }
        if (!inOrder) {
            solver.report(
                    SolverField.STEPVALUE,
                    Code.SS405,
                    "the stepvalues do not rise from above 0; Caffe drops once an update, in this order: at " + starts);
        }
        return Optional.of(new ScheduleForm.Steps(starts, values));
    }
}

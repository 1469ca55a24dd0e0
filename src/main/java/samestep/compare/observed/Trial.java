package samestep.compare.observed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import samestep.compare.Trait;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/**
 * A change of a recipe that may explain what was observed.
 *
 * @param trait what differs if it does
 * @param changes of the parameters, one for each; one alone is for all of them
 * @param schedule the change of the schedule
 */
record Trial(Trait trait, List<UnaryOperator<Parameter>> changes, UnaryOperator<Schedule> schedule) {
    private static final String NONE = "-";

    Trial {
        changes = List.copyOf(changes);
    }

    /** The change of a parameter. */
    UnaryOperator<Parameter> change(int parameter) {
        return changes.get(Math.min(parameter, changes.size() - 1));
    }

    /** The described schedule, where there is one, and the recipe's by one update. */
    static List<Trial> ofSchedules(Schedule schedule, Optional<Schedule> described) {
        List<Trial> trials = new ArrayList<>();
        if (!(schedule.form() instanceof ScheduleForm.Constant)) {
            trials.add(ofRate("schedule", "one update later", schedule.name(), s -> moved(s, 1)));
            trials.add(ofRate("schedule", "one update earlier", schedule.name(), s -> moved(s, -1)));
        }
        described
                .filter(d -> d.isKnown() && !d.form().equals(schedule.form()))
                .ifPresent(d -> trials.add(ofRate("learning rate", words(d), words(schedule), s -> d)));
        return trials;
    }

    private static String words(Schedule schedule) {
        String values = String.join(
                ", ",
                schedule.values().stream()
                        .map(v -> v.field() + " " + v.value().written())
                        .toList());
        return schedule.name() + (values.isEmpty() ? "" : " (" + values + ")");
    }

    private static Trial ofRate(String name, String here, String there, UnaryOperator<Schedule> change) {
        return new Trial(new Trait(name, here, there, false), List.of(UnaryOperator.identity()), change);
    }

    /** The rate of update t + updates; before the first update that of the first. */
    private static Schedule moved(Schedule schedule, int updates) {
        Expression t = Expression.name(Builtin.T).plus(Expression.literal(updates));
        Expression from = updates < 0 ? Expression.call(samestep.equation.Function.MAX, t, Expression.literal(0)) : t;
        Expression formula = Expressions.substitute(schedule.formulaInUpdates(), Map.of(Builtin.T, from));
        return new Schedule(new ScheduleForm.Other(formula), formula, 1, OptionalLong.empty(), schedule.name());
    }

    /** What people get wrong, for an optimizer whose equations are not known. */
    static List<Trial> usual(Parameter parameter) {
        List<Trial> trials = new ArrayList<>();
        for (Stage stage : parameter.stages()) {
            if (stage instanceof Stage.Penalty penalty) {
                Quantity decay = penalty.coefficient();
                factors("L2 in the gradient", decay, q -> new Stage.Penalty(penalty.norm(), q), trials);
                swap("decay", "beside the gradient", "in the gradient", stage, new Stage.DecoupledDecay(decay), trials);
                without("decay", decay.written(), stage, trials);
            } else if (stage instanceof Stage.DecoupledDecay decay) {
                Quantity number = decay.coefficient();
                factors("decoupled decay", number, Stage.DecoupledDecay::new, trials);
                Stage coupled = new Stage.Penalty(Stage.Penalty.Norm.L2, number);
                swap("decay", "in the gradient", "beside the gradient", stage, coupled, trials);
                without("decay", number.written(), stage, trials);
            } else if (stage instanceof Stage.Clip clip) {
                without("clip", clip.threshold().written(), stage, trials);
            }
        }
        return trials;
    }

    private static void factors(
            String name, Quantity number, java.util.function.Function<Quantity, Stage> made, List<Trial> trials) {
        for (Expression factor :
                List.of(Expression.literal(2), Expression.literal(1).over(Expression.literal(2)))) {
            Quantity other = number.derived(number.value().times(factor), "");
            Trait trait = new Trait(name, other.written(), number.written(), false);
            trials.add(ofStages(trait, s -> isOf(s, number) ? List.of(made.apply(other)) : List.of(s)));
        }
    }

    private static void without(String name, String number, Stage stage, List<Trial> trials) {
        trials.add(ofStages(new Trait(name, NONE, number, false), s -> s.equals(stage) ? List.of() : List.of(s)));
    }

    private static void swap(String name, String here, String there, Stage stage, Stage other, List<Trial> trials) {
        trials.add(ofStages(new Trait(name, here, there, false), s -> s.equals(stage) ? List.of(other) : List.of(s)));
    }

    private static boolean isOf(Stage stage, Quantity number) {
        return stage instanceof Stage.Penalty penalty && penalty.coefficient().equals(number)
                || stage instanceof Stage.DecoupledDecay decay
                        && decay.coefficient().equals(number);
    }

    private static Trial ofStages(Trait trait, java.util.function.Function<Stage, List<Stage>> change) {
        UnaryOperator<Parameter> changed = p -> new Parameter(
                p.name(),
                p.rateMultiplier(),
                p.frozen(),
                p.stages().stream().flatMap(s -> change.apply(s).stream()).toList(),
                p.place());
        return new Trial(trait, List.of(changed), UnaryOperator.identity());
    }
}

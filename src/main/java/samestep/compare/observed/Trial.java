package samestep.compare.observed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import samestep.compare.trait.Trait;
import samestep.equation.Builtin;
import samestep.equation.Equations;
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
    static List<Trial> usual(Parameter parameter, List<Parameter> others) {
        List<Trial> trials = new ArrayList<>();
        if (parameter.stages().stream().noneMatch(Trial::isDecay)) {
            others.stream()
                    .flatMap(o -> o.stages().stream())
                    .filter(Trial::isDecay)
                    .distinct()
                    .limit(2)
                    .forEach(decay -> decayed(decay, trials));
        }
        parameter.optimizer().ifPresent(o -> flags(o, trials));
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

    private static boolean isDecay(Stage stage) {
        return stage instanceof Stage.Penalty || stage instanceof Stage.DecoupledDecay;
    }

    private static String written(Stage decay) {
        return decay.values().values().iterator().next().written();
    }

    /** A parameter that should not decay does as others. */
    private static void decayed(Stage decay, List<Trial> trials) {
        Trait trait = new Trait("decay", written(decay), NONE, false);
        UnaryOperator<Parameter> change = p -> {
            List<Stage> stages = new ArrayList<>(p.stages());
            int optimizer = 0;
            while (optimizer < stages.size() && !(stages.get(optimizer) instanceof Stage.Optimizer)) {
                optimizer++;
            }
            stages.add(optimizer, decay);
            return stages.stream().filter(Trial::isDecay).count() > 1 ? p : with(p, stages);
        };
        trials.add(new Trial(trait, List.of(change), UnaryOperator.identity()));
    }

    private static Parameter with(Parameter parameter, List<Stage> stages) {
        return new Parameter(
                parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place());
    }

    /** Switches of the equations, such as nesterov, the other way round. */
    private static void flags(Stage.Optimizer optimizer, List<Trial> trials) {
        for (Equations.Hyper hyper : optimizer.equations().hypers()) {
            Quantity value = optimizer.values().get(hyper.name());
            if (hyper.flag() && value != null) {
                Quantity other = Quantity.byDefault(value.isZero() ? "1" : "0", "");
                Trait trait = new Trait(hyper.name(), words(other), words(value), true);
                trials.add(ofStages(
                        trait,
                        s -> List.of(
                                s instanceof Stage.Optimizer o && o.equations().equals(optimizer.equations())
                                        ? set(o, hyper.name(), other)
                                        : s)));
            }
        }
    }

    private static String words(Quantity flag) {
        return flag.isZero() ? "off" : "on";
    }

    private static Stage set(Stage.Optimizer optimizer, String name, Quantity value) {
        Map<String, Quantity> values = new HashMap<>(optimizer.values());
        values.put(name, value);
        return new Stage.Optimizer(optimizer.equations(), values);
    }

    private static void factors(String name, Quantity number, Function<Quantity, Stage> made, List<Trial> trials) {
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

    private static Trial ofStages(Trait trait, Function<Stage, List<Stage>> change) {
        UnaryOperator<Parameter> changed = p -> with(
                p, p.stages().stream().flatMap(s -> change.apply(s).stream()).toList());
        return new Trial(trait, List.of(changed), UnaryOperator.identity());
    }
}

package samestep.dialect.tensorflow.program.update;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Products;
import samestep.dialect.tensorflow.program.call.Scalars;
import samestep.dialect.tensorflow.program.graph.Assignments;
import samestep.dialect.tensorflow.program.graph.Gradients;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.graph.Trainings;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.equation.Expression;
import samestep.program.value.Keys;
import samestep.program.value.Mentions;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * A decay beside the gradient that a program does by itself: {@code v.assign_sub(rate * 0.01 * v)}, after all gradients are
 * computed and before they are applied, both by {@code tf.control_dependencies}. In another order it is not read.
 */
public final class HandDecay {
    private final GraphWorld world;
    private final List<Updates.Update> updates;
    private final Map<RecordedCall, Set<Variable>> known = new HashMap<>();

    public HandDecay(GraphWorld world, List<Updates.Update> updates) {
        this.world = world;
        this.updates = updates;
    }

    /**
     * What shrinks a variable; empty where nothing does, or where it is not read.
     *
     * @param applied its gradient, without a rate that it carries
     * @param stages what was done to that
     */
    public List<Stage> of(Variable variable, Updates.Update update, Value applied, List<Stage> stages) {
        List<RecordedCall> changes = world.assignments().of(variable);
        if (changes.size() != 1 || !isBetween(changes.get(0), applied, stages)) {
            return List.of();
        }
        Optional<List<Stage>> read = stages(changes.get(0), variable, update);
        read.ifPresent(s -> world.assignments().isRead(changes.get(0)));
        return read.orElse(List.of());
    }

    /** Whether it happens once, after all gradients and before all updates. */
    private boolean isBetween(RecordedCall change, Value applied, List<Stage> stages) {
        boolean isSure = !change.circumstances().isConditional()
                && !change.circumstances().isRepeated();
        // What adds the weight to the gradient has to be done before the weight is changed.
        boolean isDone = stages.stream().noneMatch(Stage.Penalty.class::isInstance)
                || dependencies(change).stream()
                        .flatMap(call -> elements(call).stream())
                        .anyMatch(e -> Keys.of(Gradients.bare(e)).equals(Keys.of(applied)));
        Set<Variable> before = new LinkedHashSet<>();
        dependencies(change).forEach(call -> before.addAll(gradients(call)));
        return isSure
                && isDone
                && updates.stream().allMatch(u -> before.containsAll(variables(u)) && isAfter(u, change));
    }

    private static boolean isAfter(Updates.Update update, RecordedCall change) {
        return dependencies(update.training().call()).stream()
                .anyMatch(call -> Mentions.any(
                        elements(call), v -> v instanceof Value.Made made && made.call() == change, v -> false));
    }

    private List<Variable> variables(Updates.Update update) {
        return update.training().pairs().elements().stream()
                .flatMap(pair -> world.variables().of(Trainings.variable(Gradients.bare(pair))).stream())
                .toList();
    }

    private static List<RecordedCall> dependencies(RecordedCall call) {
        return call.circumstances().contexts().stream()
                .filter(context -> context instanceof Value.Made made
                        && Names.is(made.call().callee(), "tf.control_dependencies"))
                .map(context -> ((Value.Made) context).call())
                .toList();
    }

    private static List<Value> elements(RecordedCall dependencies) {
        return dependencies
                .argument("control_inputs", 0)
                .map(RecordedCall.Argument::value)
                .map(v -> v instanceof Sequence list ? list.elements() : List.of(v))
                .orElse(List.of());
    }

    /** The variables whose gradients are known when what is below begins. */
    private Set<Variable> gradients(RecordedCall dependencies) {
        return known.computeIfAbsent(dependencies, call -> {
            Set<Variable> found = new LinkedHashSet<>();
            List<Value> sure = elements(call).stream()
                    .filter(e -> !(e instanceof Value.Guarded))
                    .toList();
            Mentions.any(
                    sure,
                    v -> {
                        world.gradients().of(v).ifPresent(g -> found.add(g.variable()));
                        return false;
                    },
                    v -> world.gradients().of(v).isPresent());
            return found;
        });
    }

    private Optional<List<Stage>> stages(RecordedCall change, Variable variable, Updates.Update update) {
        Optional<Value> amount = change.lastName().equals("assign_sub") ? Assignments.given(change) : Optional.empty();
        List<Value> factors = amount.map(Products::factors).orElse(List.of());
        for (int i = 0; i < factors.size(); i++) {
            Value weight = factors.get(1 - i);
            if (world.variables().of(weight).filter(variable::equals).isPresent()) {
                return share(Products.uncast(factors.get(i), List.of(weight)), change, variable, update);
            }
        }
        return Optional.empty();
    }

    private Optional<List<Stage>> share(Value share, RecordedCall change, Variable variable, Updates.Update update) {
        Optional<Rates.Rate> rate = update.rate().filter(Rates.Rate::isKnown);
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        Quantity own = update.isRateInGradients()
                ? update.relative(update, variable)
                : rate.get().factor();
        Optional<Rates.Rate> scheduled = Rates.scheduled(share, change.place(), world.variables());
        if (scheduled.isPresent()) {
            return scheduled
                    .filter(s -> s.isLike(rate.get()) && !own.isZero())
                    .map(s -> List.of(new Stage.DecoupledDecay(divided(s.factor(), own))));
        }
        if (!(Scalars.peeled(share) instanceof Value.Number number)
                || number.formula().isEmpty()) {
            return Optional.empty();
        }
        Quantity amount = Births.quantity(number, change.place());
        if (amount.isZero()) {
            return Optional.of(List.of());
        }
        if (!(rate.get().base() instanceof Value.Number base)) {
            return Optional.of(List.of(new IndependentDecay(amount, Optional.empty())));
        }
        Quantity of = Births.quantity(base, change.place());
        Quantity whole = own.isOne() ? of : of.derived(of.value().times(own.value()), "the rate");
        return whole.isZero()
                ? Optional.empty()
                : Optional.of(List.of(new Stage.DecoupledDecay(divided(amount, whole))));
    }

    private static Quantity divided(Quantity amount, Quantity by) {
        Expression quotient = amount.value().over(by.value());
        return by.isOne() ? amount : amount.derived(quotient, amount.written() + " / " + by.written());
    }
}

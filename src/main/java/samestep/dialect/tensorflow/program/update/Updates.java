package samestep.dialect.tensorflow.program.update;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.dialect.tensorflow.program.graph.Assignments;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.graph.Trainings;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.Trace;
import samestep.program.value.Instance;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;
import samestep.recipe.Quantity;

/** The optimizers of the updates that a program does, and their rates. */
public final class Updates {
    /**
     * An update with what is known of its optimizer.
     *
     * @param training what is applied; without the rate where the gradients carry it
     * @param optimizer what makes the optimizer
     * @param rate its learning rate, or that which the gradients carry
     * @param carried what the rate in the gradient of each variable is multiplied by; empty where it is the optimizer's
     */
    public record Update(
            Trainings.Training training,
            RecordedCall optimizer,
            Optional<Rates.Rate> rate,
            Map<Variable, Quantity> carried) {
        /** Copies the factors. */
        public Update {
            carried = Map.copyOf(carried);
        }

        /** The gradients of the program are multiplied by the rate, and the optimizer's own is 1. */
        public boolean isRateInGradients() {
            return !carried.isEmpty();
        }

        /** What the learning rate of another update is multiplied by for a variable of this one. */
        public Quantity relative(Update first, Variable variable) {
            if (rate.isEmpty()) {
                return one();
            }
            if (isRateInGradients()) {
                return carried.getOrDefault(variable, one());
            }
            Quantity own = rate.get().factor();
            Rates.Rate base = first.rate.orElseThrow();
            boolean isOther = rate.get().base() instanceof Value.Number n
                    && base.base() instanceof Value.Number m
                    && n.value() != m.value();
            if (!isOther) {
                return own;
            }
            Value.Number n = (Value.Number) rate.get().base();
            Quantity number = Births.quantity(n, optimizer.place());
            Quantity of = Births.quantity((Value.Number) base.base(), first.optimizer.place());
            return number.derived(
                    own.value().times(number.value()).over(of.value()), number.written() + " / " + of.written());
        }

        public static Quantity one() {
            return Quantity.byDefault("1", "TensorFlow, which has no multipliers");
        }
    }

    private final Trace trace;
    private final GraphWorld world;
    private final Problems problems;

    public Updates(Trace trace, GraphWorld world) {
        this.trace = trace;
        this.world = world;
        this.problems = world.problems();
    }

    /** Each with its optimizer; empty, with a finding, where one of them is not known. */
    public List<Update> of(List<Trainings.Training> trainings) {
        List<Update> updates = new ArrayList<>();
        for (Trainings.Training training : trainings) {
            Value optimizer = training.call().circumstances().narrowed(training.optimizer());
            Optional<RecordedCall> made = optimizer instanceof Value.Made m ? Optional.of(m.call()) : Optional.empty();
            Optional<String> name = made.flatMap(Names::of).filter(n -> n.endsWith("Optimizer"));
            if (name.isEmpty()) {
                String why = optimizer instanceof Instance own
                        ? own.type().name() + " is the program's own, which cannot be read yet"
                        : Reasons.of(optimizer);
                problems.refuse(training.call().place(), "the optimizer is not known: " + why);
                return List.of();
            }
            Optional<Argument> rate = Optional.ofNullable(
                    Signatures.arguments(name.get(), made.get()).get("learning_rate"));
            Optional<Rates.Rate> read = rate.flatMap(r -> new Rates(problems, world.variables()).of(r));
            Update update = new Update(training, made.get(), read, Map.of());
            updates.add(new CarriedRate(world).of(update));
        }
        checkStep(updates);
        return withRateFirst(updates);
    }

    /** The others' rates are multiples of the first one's, and no rate is a multiple of 0. */
    private static List<Update> withRateFirst(List<Update> updates) {
        List<Update> sorted = new ArrayList<>(updates);
        // Stable, so that all others stay in the order of the program.
        sorted.sort(Comparator.comparing(Updates::isWithoutRate));
        return sorted;
    }

    private static boolean isWithoutRate(Update update) {
        return update.rate()
                .filter(rate -> rate.base() instanceof Value.Number number && number.value() == 0)
                .isPresent();
    }

    /** A schedule falls only if its step is counted: minimize and apply_gradients count it where they are given it. */
    private void checkStep(List<Update> updates) {
        Optional<Update> scheduled =
                updates.stream().filter(u -> schedule(u).isPresent()).findFirst();
        if (scheduled.isEmpty()) {
            return;
        }
        RecordedCall first = scheduled.get().training().call();
        long counted = updates.stream().filter(u -> counts(u.training().call())).count()
                + countedByHand(schedule(scheduled.get()).orElseThrow());
        if (counted == 0) {
            problems.unknown(
                    first.place(),
                    "no global_step is given here: the schedule's step stays where it is, unless the program counts it");
        } else if (counted > 1) {
            problems.unknown(
                    first.place(),
                    "the schedule's step is counted at " + counted + " places: how far it is after an update is not"
                            + " known");
        }
    }

    private static Optional<RecordedCall> schedule(Update update) {
        return update.rate()
                .map(Rates.Rate::base)
                .flatMap(base -> base instanceof Value.Made made ? Optional.of(made.call()) : Optional.empty());
    }

    /** How often {@code tf.assign_add(step, 1)} is made of the schedule's step; what depends on the run is not counted. */
    private long countedByHand(RecordedCall schedule) {
        Optional<Object> step = Rates.step(schedule).map(Keys::of);
        return trace.calls().stream()
                .filter(call -> Assignments.countedBy(call).map(Keys::of).equals(step))
                .filter(call -> !call.circumstances().isConditional()
                        && call.circumstances().loops().isEmpty())
                .count();
    }

    private static boolean counts(RecordedCall update) {
        String name = update.callee() instanceof Value.Member member ? member.name() : "";
        return !Set.of("minimize", "apply_gradients").contains(name)
                || Optional.ofNullable(Signatures.arguments(name, update).get("global_step"))
                        .filter(step -> !(step.value() instanceof Value.None))
                        .isPresent();
    }

    /** Several optimizers that differ in their rates only, each with its own variables, are one. */
    public boolean areOne(List<Update> updates) {
        Update first = updates.get(0);
        for (Update other : updates.subList(1, updates.size())) {
            boolean isLike = Keys.of(other.optimizer().callee())
                            .equals(Keys.of(first.optimizer().callee()))
                    && other.isRateInGradients() == first.isRateInGradients()
                    && arguments(other).equals(arguments(first))
                    && other.rate().isPresent() == first.rate().isPresent()
                    && other.rate()
                            .map(r -> r.isLike(first.rate().orElseThrow())
                                    || r.base() instanceof Value.Number
                                            && first.rate().orElseThrow().base() instanceof Value.Number)
                            .orElse(true);
            if (!isLike) {
                problems.add(Finding.at(
                                other.training().call().place(),
                                Code.SS010,
                                updates.size()
                                        + " optimizers in this program; programs with more than one cannot be read yet")
                        .detail("The first is at " + first.optimizer().place() + ", used at "
                                + first.training().call().place() + "."));
                return false;
            }
        }
        return true;
    }

    private static Map<String, Object> arguments(Update update) {
        Map<String, Object> keys = new LinkedHashMap<>();
        String name = Names.of(update.optimizer()).orElseThrow();
        Signatures.arguments(name, update.optimizer()).forEach((argument, a) -> {
            if (!argument.equals("learning_rate") && !argument.equals("name")) {
                keys.put(argument, Keys.of(a.value()));
            }
        });
        return keys;
    }
}

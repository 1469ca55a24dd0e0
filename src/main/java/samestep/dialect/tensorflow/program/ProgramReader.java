package samestep.dialect.tensorflow.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Births;
import samestep.dialect.write.Reasons;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances;
import samestep.program.value.Instance;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** From the graph that a program builds to the training that it does. */
final class ProgramReader {
    private final Trace trace;
    private final GraphWorld world;
    private final Problems problems;

    /** An update with what is known of its optimizer. */
    private record Update(Trainings.Training training, RecordedCall optimizer, Optional<Rates.Rate> rate) {}

    ProgramReader(Trace trace, GraphWorld world) {
        this.trace = trace;
        this.world = world;
        this.problems = world.problems();
    }

    /** The training; empty where the program neither trains nor makes a model. */
    Optional<ProgramTraining> read() {
        trace.notes().stream()
                .filter(note -> !note.endsWith("a print statement of Python 2"))
                .forEach(note -> problems.unknown(Place.start(trace.source()), note));
        List<Trainings.Training> trainings = distinct();
        if (trainings.isEmpty()) {
            return new ModelReader(world, trace).read().or(this::stopped);
        }
        Optional<Finding> apart = apart(trainings);
        if (apart.isPresent()) {
            return Optional.of(nothing(apart.get()));
        }
        List<Update> updates = updates(trainings);
        if (updates.isEmpty() || !areOne(updates)) {
            return Optional.of(failed());
        }
        return Optional.of(training(updates));
    }

    /** That the program was not read to its end, and that no training was found until there. */
    private Optional<ProgramTraining> stopped() {
        if (trace.notes().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(nothing(Finding.at(
                        Place.start(trace.source()), Code.SS008, "no training with TensorFlow 1 is found")
                .detail("Not all of the program was followed: " + trace.notes().get(0) + ".")));
    }

    private static ProgramTraining nothing(Finding finding) {
        return new ProgramTraining(
                Optional.empty(), false, List.of(), true, ProgramTraining.Noticed.of(List.of(finding), List.of()));
    }

    /** A file of functions that another one calls: its variables are not in it, or are made after the optimizer is. */
    private Optional<Finding> apart(List<Trainings.Training> trainings) {
        RecordedCall first = trainings.get(0).call();
        List<Variable> trained =
                world.variables().all().stream().filter(Variable::isTrained).toList();
        if (trained.isEmpty()) {
            return Optional.of(Finding.at(
                    first.place(), Code.SS008, "no variable of what is trained here is made in this program"));
        }
        return world.variables().all().stream()
                .skip(trainings.get(0).variables())
                .filter(Variable::isTrained)
                .findFirst()
                .map(v -> Finding.at(
                                v.place(), Code.SS008, v.path() + " is made after the optimizer at " + first.place())
                        .detail("The functions of this file are called by another one, in an order that is not"
                                + " in it."));
    }

    private ProgramTraining failed() {
        return new ProgramTraining(Optional.empty(), false, List.of(), true, problems);
    }

    /** A place counts once, however often a function is called. */
    private List<Trainings.Training> distinct() {
        Map<Place, Trainings.Training> byPlace = new LinkedHashMap<>();
        world.trainings().all().forEach(t -> byPlace.putIfAbsent(t.call().place(), t));
        return List.copyOf(byPlace.values());
    }

    private List<Update> updates(List<Trainings.Training> trainings) {
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
            updates.add(new Update(training, made.get(), read));
        }
        checkStep(updates);
        return updates;
    }

    /** A schedule falls only where somebody counts: minimize and apply_gradients do where they are given the step. */
    private void checkStep(List<Update> updates) {
        Optional<Update> scheduled = updates.stream()
                .filter(u -> u.rate.filter(r -> r.base() instanceof Value.Made).isPresent())
                .findFirst();
        if (scheduled.isPresent() && updates.stream().noneMatch(u -> counts(u.training.call()))) {
            problems.unknown(
                    scheduled.get().training.call().place(),
                    "no global_step is given here: the schedule's step stays where it is, unless the program counts it");
        }
    }

    private static boolean counts(RecordedCall update) {
        String name = update.callee() instanceof Value.Member member ? member.name() : "";
        return !Set.of("minimize", "apply_gradients").contains(name)
                || Optional.ofNullable(Signatures.arguments(name, update).get("global_step"))
                        .filter(step -> !(step.value() instanceof Value.None))
                        .isPresent();
    }

    /** Several optimizers that differ in their rates only, each with its own variables, are one. */
    private boolean areOne(List<Update> updates) {
        Update first = updates.get(0);
        for (Update other : updates.subList(1, updates.size())) {
            boolean isLike = Keys.of(other.optimizer.callee()).equals(Keys.of(first.optimizer.callee()))
                    && arguments(other).equals(arguments(first))
                    && other.rate.isPresent() == first.rate.isPresent()
                    && other.rate
                            .map(r -> r.isLike(first.rate.orElseThrow())
                                    || r.base() instanceof Value.Number
                                            && first.rate.orElseThrow().base() instanceof Value.Number)
                            .orElse(true);
            if (!isLike) {
                problems.add(Finding.at(
                                other.training.call().place(),
                                Code.SS010,
                                updates.size()
                                        + " optimizers in this program; programs with more than one cannot be read yet")
                        .detail("The first is at " + first.optimizer.place() + ", used at "
                                + first.training.call().place() + "."));
                return false;
            }
        }
        return true;
    }

    private static Map<String, Object> arguments(Update update) {
        Map<String, Object> keys = new LinkedHashMap<>();
        String name = Names.of(update.optimizer).orElseThrow();
        Signatures.arguments(name, update.optimizer).forEach((argument, a) -> {
            if (!argument.equals("learning_rate") && !argument.equals("name")) {
                keys.put(argument, Keys.of(a.value()));
            }
        });
        return keys;
    }

    private ProgramTraining training(List<Update> updates) {
        Update first = updates.get(0);
        Map<Variable, ProgramVariable> read = new LinkedHashMap<>();
        LossesRead losses = new LossesRead(world);
        for (Update update : updates) {
            Circumstances when = update.training.call().circumstances();
            Quantity rate = relative(update, first);
            Sequence pairs = update.training.pairs();
            pairs.rest()
                    .ifPresent(rest -> problems.refuse(
                            update.training.call().place(), "not all gradients that are applied are known"));
            for (Value pair : pairs.elements()) {
                variable(Gradients.bare(pair), update, rate, when, losses, read);
            }
        }
        ProgramCall optimizer = optimizer(first);
        boolean isRateKnown = first.rate.map(Rates.Rate::isKnown).orElse(true);
        List<ProgramVariable> variables = new ArrayList<>();
        Set<String> undecided = new LinkedHashSet<>();
        for (Variable variable : world.variables().all()) {
            ProgramVariable own = read.get(variable);
            if (own != null) {
                variables.add(own);
                undecided.addAll(conditions(variable, first.training.call().circumstances()));
            } else if (variable.isTrained() || isLayerVariable(variable)) {
                variables.add(frozen(variable));
            }
        }
        undecided.forEach(c ->
                problems.unknown(first.training.call().place(), "which variables there are depends on the run: " + c));
        losses.networks().check(problems);
        return new ProgramTraining(Optional.of(optimizer), isRateKnown, variables, losses.isMean(), problems);
    }

    private static List<String> conditions(Variable variable, Circumstances when) {
        return variable.when().conditions().stream()
                .filter(c -> when.decides(c.test()).isEmpty())
                .map(Object::toString)
                .toList();
    }

    private static boolean isLayerVariable(Variable variable) {
        return Names.of(variable.call())
                .filter(n -> LayerKind.of(n).isPresent())
                .isPresent();
    }

    private static ProgramVariable frozen(Variable variable) {
        return new ProgramVariable(
                variable.path(), variable.place(), false, one(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Quantity one() {
        return Quantity.byDefault("1", "TensorFlow, which has no multipliers");
    }

    private void variable(
            Value pair,
            Update update,
            Quantity rate,
            Circumstances when,
            LossesRead losses,
            Map<Variable, ProgramVariable> read) {
        RecordedCall call = update.training.call();
        boolean isPair = pair instanceof Sequence s && s.elements().size() == 2;
        Optional<GradientChain.Read> chain = isPair
                ? GradientChain.of(
                        Trainings.gradient(pair),
                        call.place(),
                        world,
                        when,
                        update.training.pairs().elements().size())
                : Optional.empty();
        if (!isPair) {
            problems.refuse(call.place(), "the gradients that are applied here are not known");
        }
        Optional<Variable> variable = isPair ? world.variables().of(Trainings.variable(pair)) : Optional.empty();
        if (chain.isEmpty() || variable.isEmpty() || problems.areFatal()) {
            return;
        }
        Variable own = variable.get();
        if (own != chain.get().gradient().variable()) {
            problems.refuse(
                    call.place(),
                    "the gradient of " + chain.get().gradient().variable().path() + " is applied to " + own.path());
            return;
        }
        if (read.containsKey(own)) {
            problems.refuse(call.place(), own.path() + " is changed by two optimizers");
            return;
        }
        LossReader loss = losses.of(chain.get().gradient().loss(), call, when);
        List<Added> declared = loss.unread(own).isEmpty() ? losses.declared(own, loss.of(own), when) : List.of();
        List<String> unread = new ArrayList<>(loss.unread(own));
        if (loss.of(own).isEmpty() && declared.isEmpty() && unread.isEmpty() && losses.isCollected(own, when)) {
            problems.unknown(
                    call.place(),
                    "penalties are in a collection, and not in this loss; functions that are not called in this program"
                            + " may be called in another order");
            unread.add("a collection that the loss at " + call.place() + " has not");
        }
        read.put(
                own,
                new ProgramVariable(
                        own.path(),
                        own.place(),
                        true,
                        rate,
                        loss.of(own),
                        declared,
                        unread,
                        chain.get().stages(),
                        decays(update.optimizer, own, call)));
    }

    /** What the optimizers of {@code tf.contrib.opt} shrink weights by, which the rate has no part in. */
    private List<Stage> decays(RecordedCall optimizer, Variable variable, RecordedCall call) {
        boolean isDecayed = Names.of(optimizer)
                .filter(n -> n.equals("contrib.opt.AdamWOptimizer") || n.equals("contrib.opt.MomentumWOptimizer"))
                .isPresent();
        if (!isDecayed) {
            return List.of();
        }
        Optional<Argument> chosen = call.keyword("decay_var_list").filter(a -> !(a.value() instanceof Value.None));
        if (chosen.isPresent()) {
            if (!(chosen.get().value() instanceof Sequence list) || !list.isComplete()) {
                problems.refuse(chosen.get().place(), "which variables decay is not known");
                return List.of();
            }
            boolean isChosen = list.elements().stream()
                    .anyMatch(v ->
                            world.variables().of(v).filter(variable::equals).isPresent());
            if (!isChosen) {
                return List.of();
            }
        }
        return ProgramCall.of(optimizer, problems)
                .number("weight_decay", 0)
                .<List<Stage>>map(share -> List.of(new IndependentDecay(share, Optional.empty())))
                .orElse(List.of());
    }

    private static Quantity relative(Update update, Update first) {
        if (update.rate.isEmpty()) {
            return one();
        }
        Quantity own = update.rate.get().factor();
        Rates.Rate base = first.rate.orElseThrow();
        boolean isOther = update.rate.get().base() instanceof Value.Number n
                && base.base() instanceof Value.Number m
                && n.value() != m.value();
        if (!isOther) {
            return own;
        }
        Value.Number n = (Value.Number) update.rate.get().base();
        Quantity number = Births.quantity(n, update.optimizer.place());
        Quantity of = Births.quantity((Value.Number) base.base(), first.optimizer.place());
        return number.derived(
                own.value().times(number.value()).over(of.value()), number.written() + " / " + of.written());
    }

    private ProgramCall optimizer(Update update) {
        ProgramCall call = ProgramCall.of(update.optimizer, problems);
        return update.rate
                .map(rate -> {
                    Place place = Optional.ofNullable(call.arguments().get("learning_rate"))
                            .map(Argument::place)
                            .orElse(call.place());
                    return call.with("learning_rate", new Argument(rate.base(), place));
                })
                .orElse(call);
    }
}

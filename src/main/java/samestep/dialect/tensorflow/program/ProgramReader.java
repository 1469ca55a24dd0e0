package samestep.dialect.tensorflow.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Noticed;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.ProgramCall;
import samestep.dialect.tensorflow.program.graph.Gradients;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.graph.LayerKind;
import samestep.dialect.tensorflow.program.graph.Trainings;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.tensorflow.program.loss.Added;
import samestep.dialect.tensorflow.program.loss.LossReader;
import samestep.dialect.tensorflow.program.loss.LossesRead;
import samestep.dialect.tensorflow.program.update.GradientChain;
import samestep.dialect.tensorflow.program.update.HandDecay;
import samestep.dialect.tensorflow.program.update.Rates;
import samestep.dialect.tensorflow.program.update.Updates;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Stage;

/** From the graph that a program builds to the training that it does. */
public final class ProgramReader {
    private final Trace trace;
    private final GraphWorld world;
    private final Problems problems;

    ProgramReader(Trace trace, GraphWorld world) {
        this.trace = trace;
        this.world = world;
        this.problems = world.problems();
    }

    /** The training; empty where the program neither trains nor makes a model. */
    public Optional<ProgramTraining> read() {
        Optional<ProgramTraining> read = training();
        world.assignments().check();
        return read;
    }

    private Optional<ProgramTraining> training() {
        trace.notes().stream()
                .filter(note -> !note.endsWith("a print statement of Python 2"))
                .forEach(note -> problems.unknown(Place.start(trace.source()), note));
        List<Trainings.Training> trainings = world.trainings().distinct();
        if (trainings.isEmpty()) {
            return new ModelReader(world, trace).read().or(this::stopped);
        }
        Optional<Finding> apart = apart(trainings);
        if (apart.isPresent()) {
            return Optional.of(nothing(apart.get()));
        }
        Updates reader = new Updates(trace, world);
        List<Updates.Update> updates = reader.of(trainings);
        if (updates.isEmpty() || !reader.areOne(updates)) {
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
                Optional.empty(), false, false, List.of(), true, Noticed.of(List.of(finding), List.of()));
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
        return new ProgramTraining(Optional.empty(), false, false, List.of(), true, problems);
    }

    private ProgramTraining training(List<Updates.Update> updates) {
        Updates.Update first = updates.get(0);
        BesideTheUpdate beside = new BesideTheUpdate(trace, world.variables(), problems);
        beside.check();
        first.rate()
                .map(Rates.Rate::base)
                .filter(Value.Made.class::isInstance)
                .ifPresent(made ->
                        beside.step(((Value.Made) made).call(), first.training().call()));
        Map<Variable, ProgramVariable> read = new LinkedHashMap<>();
        LossesRead losses = new LossesRead(world);
        for (Updates.Update update : updates) {
            Sequence pairs = update.training().pairs();
            pairs.rest()
                    .ifPresent(rest -> problems.refuse(
                            update.training().call().place(), "not all gradients that are applied are known"));
            for (Value pair : pairs.elements()) {
                variable(Gradients.bare(pair), update, updates, losses, read);
            }
        }
        ProgramCall optimizer = optimizer(first);
        boolean isRateKnown = first.rate().map(Rates.Rate::isKnown).orElse(true);
        List<ProgramVariable> variables = new ArrayList<>();
        Set<String> undecided = new LinkedHashSet<>();
        for (Variable variable : world.variables().all()) {
            if (variable.isCounter()) {
                continue;
            }
            ProgramVariable own = read.get(variable);
            if (own != null) {
                variables.add(own);
                undecided.addAll(conditions(variable, first.training().call().circumstances()));
            } else if (variable.isTrained() || isLayerVariable(variable)) {
                variables.add(frozen(variable));
            }
        }
        undecided.forEach(c -> problems.unknown(
                first.training().call().place(), "which variables there are depends on the run: " + c));
        losses.networks().check(problems);
        return new ProgramTraining(
                Optional.of(optimizer), isRateKnown, first.isRateInGradients(), variables, losses.isMean(), problems);
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
                variable.path(),
                variable.place(),
                false,
                Updates.Update.one(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private void variable(
            Value pair,
            Updates.Update update,
            List<Updates.Update> updates,
            LossesRead losses,
            Map<Variable, ProgramVariable> read) {
        RecordedCall call = update.training().call();
        Circumstances when = call.circumstances();
        boolean isPair = pair instanceof Sequence s && s.elements().size() == 2;
        Optional<GradientChain.Read> chain = isPair
                ? GradientChain.of(
                        Trainings.gradient(pair),
                        call.place(),
                        world,
                        when,
                        updates.stream()
                                .mapToInt(u -> u.training().pairs().elements().size())
                                .sum())
                : Optional.empty();
        if (!isPair) {
            problems.refuse(call.place(), "the gradients that are applied here are not known");
        }
        Optional<Variable> variable = isPair ? world.variables().of(Trainings.variable(pair)) : Optional.empty();
        if (chain.isEmpty() || variable.isEmpty() || problems.areFatal()) {
            return;
        }
        Variable own = variable.get();
        if (own.isCounter()) {
            return;
        }
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
                        update.relative(updates.get(0), own),
                        loss.of(own),
                        declared,
                        unread,
                        chain.get().stages(),
                        decays(update, updates, own, pair, chain.get())));
    }

    /** What shrinks a weight beside its gradient. */
    private List<Stage> decays(
            Updates.Update update,
            List<Updates.Update> updates,
            Variable variable,
            Value pair,
            GradientChain.Read chain) {
        List<Stage> decays = new ArrayList<>(
                new HandDecay(world, updates).of(variable, update, Trainings.gradient(pair), chain.stages()));
        decays.addAll(decays(update.optimizer(), variable, update.training().call()));
        return decays;
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

    private ProgramCall optimizer(Updates.Update update) {
        ProgramCall call = ProgramCall.of(update.optimizer(), problems);
        return update.rate()
                .map(rate -> {
                    Place place = Optional.ofNullable(call.arguments().get("learning_rate"))
                            .map(Argument::place)
                            .orElse(call.place());
                    return call.with("learning_rate", new Argument(rate.base(), place));
                })
                .orElse(call);
    }
}

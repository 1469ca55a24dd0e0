package samestep.dialect.tensorflow.traced;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.tensorflow.TensorflowVariable;
import samestep.dialect.tensorflow.call.CallRegularizer;
import samestep.dialect.tensorflow.call.CallSchedule;
import samestep.dialect.tensorflow.call.NeverAdded;
import samestep.dialect.tensorflow.program.ProgramTraining;
import samestep.dialect.tensorflow.program.ProgramVariable;
import samestep.dialect.tensorflow.program.call.GivenCall;
import samestep.dialect.tensorflow.program.loss.Added;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.text.SourceText;

/** From the training that a program does to a recipe. */
final class TracedRecipe {
    private static final String ASSUMED = "GradientDescentOptimizer";

    private final SourceText source;
    private final ProgramTraining training;
    /** Beside those of the program, to which reading the optimizer's arguments adds. */
    private final List<Finding> findings = new ArrayList<>();

    private TracedRecipe(SourceText source, ProgramTraining training) {
        this.source = source;
        this.training = training;
    }

    static Outcome<Recipe> of(SourceText source, ProgramTraining training) {
        return new TracedRecipe(source, training).recipe();
    }

    private Outcome<Recipe> recipe() {
        if (training.variables().isEmpty() && !isFatal()) {
            findings.add(Finding.at(Place.start(source), Code.SS010, "no variable that is trained is known"));
        }
        Optional<TensorflowDefaults.Known> known = known();
        if (known.isEmpty() || isFatal()) {
            return Outcome.failed(all());
        }
        Stage.Optimizer update = TensorflowUpdate.of(known.get(), this::written);
        Optional<Schedule> schedule = schedule(known.get());
        List<Parameter> parameters = new ArrayList<>();
        for (ProgramVariable variable : training.variables()) {
            parameters.add(parameter(variable, update));
        }
        findings.addAll(
                NeverAdded.findings(parameters.stream().filter(p -> !p.frozen()).toList()));
        if (training.optimizer().isPresent() && !training.isLossMean()) {
            findings.add(Finding.at(
                            Place.start(source),
                            Code.SS121,
                            "how the data's loss is made of the samples' is not followed in this program; taken as"
                                    + " their mean")
                    .detail("Another factor of the loss changes what a penalty's coefficient is worth."));
        }
        if (isFatal() || schedule.isEmpty()) {
            return Outcome.failed(all());
        }
        Recipe recipe = new Recipe("TensorFlow", parameters, schedule.get(), Recipe.Counting.UPDATES);
        List<String> unknown = new ArrayList<>(training.noticed().open());
        if (training.optimizer().isEmpty()) {
            unknown.add("the optimizer, which is not in " + source.name());
        }
        return Outcome.of(recipe.withUnknown(unknown), all());
    }

    private List<Finding> all() {
        return Stream.concat(training.noticed().findings().stream(), findings.stream())
                .distinct()
                .toList();
    }

    private boolean isFatal() {
        return all().stream().anyMatch(f -> f.severity() == Severity.ERROR && f.code() != Code.SS111);
    }

    private Optional<TensorflowDefaults.Known> known() {
        Optional<GivenCall> optimizer = training.optimizer();
        if (optimizer.isEmpty()) {
            if (!isFatal()) {
                findings.add(Finding.at(
                                Place.start(source), Code.SS011, "a model without an optimizer; assumed: " + ASSUMED)
                        .as(Severity.NOTE)
                        .detail("Its penalties are taken as added to the loss, as tf.losses.get_total_loss does."));
            }
            return TensorflowDefaults.of(ASSUMED);
        }
        Optional<TensorflowDefaults.Known> known = TensorflowDefaults.of(plainName(optimizer.get()));
        if (known.isEmpty()) {
            optimizer
                    .get()
                    .report(
                            Code.SS010,
                            "the optimizer " + optimizer.get().name() + " cannot be read yet; known are "
                                    + String.join(", ", TensorflowDefaults.names()));
        }
        return training.isRateInGradients() ? known.flatMap(k -> ofRates(k, optimizer.get())) : known;
    }

    private static Optional<TensorflowDefaults.Known> ofRates(TensorflowDefaults.Known known, GivenCall optimizer) {
        Optional<TensorflowDefaults.Known> ofRates = known.ofRates();
        if (ofRates.isEmpty()) {
            optimizer.report(Code.SS010, "gradients times the rate cannot be read with " + optimizer.name());
        }
        return ofRates;
    }

    /** The decay of these classes is a stage of its own; what is left is the class that they extend. */
    private static String plainName(GivenCall optimizer) {
        return switch (optimizer.name()) {
            case "AdamWOptimizer" -> "AdamOptimizer";
            case "MomentumWOptimizer" -> "MomentumOptimizer";
            default -> optimizer.name();
        };
    }

    private Optional<Quantity> written(Equations.Hyper hyper) {
        if (training.optimizer().isEmpty() || !training.optimizer().get().has(hyper.field())) {
            return Optional.empty();
        }
        GivenCall call = training.optimizer().get();
        return hyper.flag()
                ? Optional.of(new Quantity(
                        Expression.literal(call.flag(hyper.field()) ? 1 : 0),
                        "",
                        new samestep.recipe.Origin.Derived("it is given", call.where())))
                : call.number(hyper.field(), -1);
    }

    private Optional<Schedule> schedule(TensorflowDefaults.Known known) {
        if (training.optimizer().isEmpty()) {
            ScheduleForm one = new ScheduleForm.Constant(Expression.literal(1));
            return Optional.of(Schedule.of(one, 1, java.util.OptionalLong.empty(), "a rate that is not in this file")
                    .in(Schedule.Unit.NOT_SAID));
        }
        Optional<Schedule> schedule =
                CallSchedule.of(training.optimizer().get(), known.values().getOrDefault("learning_rate", "0"));
        return training.isRateKnown() ? schedule : schedule.map(s -> s.in(Schedule.Unit.NOT_FOLLOWED));
    }

    private Parameter parameter(ProgramVariable variable, Stage.Optimizer update) {
        List<Stage> stages = new ArrayList<>();
        variable.penalties().forEach(added -> stages.addAll(penalties(added)));
        variable.declared()
                .forEach(added ->
                        penalties(added).forEach(p -> stages.add(new DeclaredPenalty(p, NeverAdded.COLLECTION))));
        variable.unread().forEach(what -> stages.add(new UnknownStage(what)));
        stages.addAll(variable.after());
        stages.addAll(variable.decays());
        stages.add(update);
        return new Parameter(
                TensorflowVariable.name(variable.path()),
                variable.rate(),
                !variable.isTrained(),
                stages,
                Optional.of(variable.place()));
    }

    private static List<Stage.Penalty> penalties(Added added) {
        if (added.plain().isPresent()) {
            return added.plain().filter(p -> !p.coefficient().isZero()).stream().toList();
        }
        List<Stage.Penalty> penalties =
                CallRegularizer.penalties(added.regularizer().orElseThrow());
        return added.factor()
                .map(factor -> penalties.stream().map(p -> times(p, factor)).toList())
                .orElse(penalties);
    }

    private static Stage.Penalty times(Stage.Penalty penalty, Quantity factor) {
        Quantity own = penalty.coefficient();
        return new Stage.Penalty(
                penalty.norm(),
                own.derived(factor.value().times(own.value()), factor.written() + " * " + own.written()));
    }
}

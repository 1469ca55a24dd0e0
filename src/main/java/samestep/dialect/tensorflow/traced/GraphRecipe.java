package samestep.dialect.tensorflow.traced;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.tensorflow.call.NeverAdded;
import samestep.dialect.tensorflow.graph.training.GraphTraining;
import samestep.dialect.tensorflow.graph.training.TrainedVariable;
import samestep.dialect.tensorflow.graph.training.Update;
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
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** From the training that a graph does to a recipe. */
final class GraphRecipe {
    private final SourceText source;
    private final GraphTraining training;
    private final List<Finding> findings = new ArrayList<>();

    private GraphRecipe(SourceText source, GraphTraining training) {
        this.source = source;
        this.training = training;
    }

    static Outcome<Recipe> of(SourceText source, GraphTraining training) {
        return new GraphRecipe(source, training).recipe();
    }

    private Outcome<Recipe> recipe() {
        List<Stage> before = loss();
        Optional<Stage.Optimizer> any = training.variables().stream()
                .flatMap(v -> v.update().stream())
                .findFirst()
                .map(this::update);
        List<Parameter> parameters = new ArrayList<>();
        for (TrainedVariable variable : training.variables()) {
            List<Stage> stages = new ArrayList<>(before);
            stages.addAll(variable.penalties());
            variable.declared().forEach(p -> stages.add(new DeclaredPenalty(p, NeverAdded.COLLECTION)));
            stages.addAll(variable.after());
            stages.addAll(variable.decays());
            variable.update().map(this::update).or(() -> any).ifPresent(stages::add);
            stages.addAll(variable.decaysBehind());
            parameters.add(new Parameter(
                    variable.name(),
                    variable.rate(),
                    variable.update().isEmpty(),
                    stages,
                    Optional.of(variable.place())));
        }
        findings.addAll(
                NeverAdded.findings(parameters.stream().filter(p -> !p.frozen()).toList()));
        Recipe recipe = new Recipe("TensorFlow", parameters, GraphSchedule.of(training.rate()), Recipe.Counting.UPDATES)
                .withSettings(training.settings())
                .withUnknown(training.unknown());
        boolean failed = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR && f.code() != Code.SS111);
        return failed ? Outcome.failed(findings) : Outcome.of(recipe, findings);
    }

    /** The mean over the batch is what recipes are about; anything else is a stage, or said. */
    private List<Stage> loss() {
        if (training.loss().isEmpty()) {
            findings.add(Finding.at(
                            Place.start(source),
                            Code.SS121,
                            "how the data's loss is made of the samples' is not followed in this graph; taken as their"
                                    + " mean")
                    .detail("Followed are softmax cross-entropies and squared differences, and what is done to their"
                            + " sum. Another factor of the loss changes what a penalty's coefficient is worth."));
            return List.of();
        }
        Stage.LossScale scale = training.loss().get();
        boolean mean =
                scale.form() == Stage.LossScale.Form.WEIGHTED && scale.weight().isOne();
        return mean ? List.of() : List.of(scale);
    }

    private Stage.Optimizer update(Update update) {
        Equations equations = TensorflowUpdate.equations(update.equations());
        Map<String, Quantity> values = new HashMap<>();
        for (Equations.State state : equations.states()) {
            Optional<Quantity> start = Optional.ofNullable(update.starts().get(state.name()));
            if (state.initial() instanceof Expression.Name name) {
                start.ifPresentOrElse(q -> values.put(name.name(), q), () -> unknownStart(state, update));
            } else {
                start.ifPresent(q -> check(state, q, update));
            }
        }
        for (Equations.Hyper hyper : equations.hypers()) {
            values.putIfAbsent(
                    hyper.name(),
                    update.numbers()
                            .getOrDefault(
                                    hyper.name(),
                                    Quantity.byDefault("0", "the operation, which has no " + hyper.field())));
        }
        // A graph that was given doubles keeps what follows from them, as Adam's powers, in doubles too.
        boolean single =
                values.values().stream().anyMatch(q -> !q.withoutRounding().equals(q));
        return new Stage.Optimizer(single ? equations : equations.roundingOwnNumbersOnly(), values);
    }

    private void check(Equations.State state, Quantity start, Update update) {
        boolean same = state.initial() instanceof Expression.Literal literal
                && literal.value().compareTo(start.decimal()) == 0;
        if (!same) {
            findings.add(Finding.at(
                    update.place(),
                    Code.SS010,
                    "the state of this optimizer starts at " + start.written() + ", which cannot be read yet"));
        }
    }

    private void unknownStart(Equations.State state, Update update) {
        findings.add(Finding.at(
                update.place(),
                Code.SS010,
                "what the state " + state.name() + " of this optimizer starts with is not a number in the graph"));
    }
}

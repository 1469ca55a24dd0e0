package samestep.compare.observed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.compare.observed.Observation.Tensor;
import samestep.compare.proof.Partners;
import samestep.compare.trait.Trait;
import samestep.compare.trait.TraitTrial;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/**
 * Holds a recipe against what a real optimizer did. Where they differ, traits of the recipe are set to what the optimizer's
 * description has, or changed as people get them wrong, one after another and in pairs, until the recipe does what was observed.
 */
public final class Verifier {
    private static final int MOST_TRIALS = 12;

    private final Observation observation;
    private final Recipe recipe;
    private final Optional<Recipe> described;
    private final Partners partners;
    private final Runs runs;

    /**
     * Prepares.
     *
     * @param recipe what should have been done
     * @param described what the optimizer's own description says, where it has equations
     * @param partners which layers of the observation are which of the recipe
     */
    public Verifier(Observation observation, Recipe recipe, Optional<Recipe> described, Partners partners) {
        this.observation = observation;
        this.recipe = ofOwnLoss(recipe);
        this.described = described.map(Verifier::ofOwnLoss);
        this.partners = partners;
        this.runs = new Runs(observation, recipe.schedule().horizon());
    }

    /**
     * The recipe for gradients of the loss that its own training has. What a mean is taken over is in those gradients already, as
     * they are fed; only the weight of the loss is not.
     */
    private static Recipe ofOwnLoss(Recipe recipe) {
        return recipe.withParameters(recipe.parameters().stream()
                .map(p -> new Parameter(
                        p.name(),
                        p.rateMultiplier(),
                        p.frozen(),
                        p.stages().stream().map(Verifier::ofOwnLoss).toList(),
                        p.place()))
                .toList());
    }

    private static Stage ofOwnLoss(Stage stage) {
        return stage instanceof Stage.LossScale scale
                ? new Stage.LossScale(Stage.LossScale.Form.WEIGHTED, scale.weight())
                : stage;
    }

    /**
     * The verdict; none, with a finding, where a parameter has no counterpart or no equations.
     *
     * @param explains whether traits are looked for that explain a difference, which takes many runs
     */
    public Outcome<Verification> verify(boolean explains) {
        List<Parameter> expected = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Tensor tensor : observation.tensors()) {
            Optional<Parameter> partner = partners.of(named(tensor), recipe);
            if (partner.isEmpty() || !partner.get().isKnown()) {
                String why = partner.isEmpty()
                        ? ": the configuration has no such parameter; layers= says what it is called there"
                        : ": what happens to it in the configuration cannot be run";
                findings.add(Finding.of(Code.SS010, tensor.title() + why));
            }
            partner.ifPresent(expected::add);
        }
        if (!recipe.schedule().isKnown()) {
            findings.add(Finding.of(
                    Code.SS010,
                    "the configuration's learning rate is a function of "
                            + recipe.schedule().unit().words() + ": no update of it can be run"));
        }
        return findings.isEmpty()
                ? Outcome.of(verify(expected, explains), List.of())
                : new Outcome<>(Optional.empty(), findings);
    }

    private static Parameter named(Tensor tensor) {
        return new Parameter(tensor.name(), Quantity.byDefault("1", ""), false, List.of(), Optional.empty());
    }

    private Verification verify(List<Parameter> expected, boolean explains) {
        if (recipe.microSteps() != observation.microSteps()) {
            Trait trait = new Trait(
                    "accumulation",
                    Integer.toString(observation.microSteps()),
                    Integer.toString(recipe.microSteps()),
                    false);
            return new Verification(false, Double.MAX_VALUE, Optional.empty(), List.of(trait));
        }
        Runs.Distance distance = runs.distance(expected, recipe.schedule(), -1);
        if (distance.first().isEmpty()) {
            return new Verification(true, distance.largest(), Optional.empty(), List.of());
        }
        if (!explains) {
            return new Verification(false, distance.largest(), distance.first(), List.of());
        }
        String title = distance.first().get().tensor();
        int tensor = observation.tensors().stream().map(Tensor::title).toList().indexOf(title);
        return new Verification(false, distance.largest(), distance.first(), traits(expected, tensor));
    }

    /** One trait that explains the difference of a tensor, or two; none where none does. */
    private List<Trait> traits(List<Parameter> expected, int tensor) {
        List<Trial> trials = new ArrayList<>(Trial.ofSchedules(recipe.schedule(), described.map(Recipe::schedule)));
        Optional<Parameter> own = described.flatMap(
                d -> Partners.byName().of(named(observation.tensors().get(tensor)), d));
        own.ifPresent(o -> TraitTrial.of(o, expected.get(tensor)).forEach(t -> trials.add(matching(t, expected))));
        List<Trial> all = new ArrayList<>(trials);
        all.addAll(Trial.usual(expected.get(tensor), expected));
        List<Trial> some = all.subList(0, Math.min(all.size(), MOST_TRIALS));
        for (Trial one : all) {
            if (explains(List.of(one), expected, tensor)) {
                return List.of(one.trait());
            }
        }
        for (int i = 0; i < some.size(); i++) {
            for (int j = i + 1; j < some.size(); j++) {
                List<Trial> both = List.of(some.get(i), some.get(j));
                if (explains(both, expected, tensor)) {
                    return both.stream().map(Trial::trait).toList();
                }
            }
        }
        return explains(trials, expected, tensor)
                ? trials.stream().map(Trial::trait).toList()
                : List.of();
    }

    /** Each tensor gets its own described value of the trait. */
    private Trial matching(TraitTrial trial, List<Parameter> expected) {
        List<UnaryOperator<Parameter>> changes = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            Parameter target = expected.get(i);
            changes.add(described
                    .flatMap(d ->
                            Partners.byName().of(named(observation.tensors().get(changes.size())), d))
                    .flatMap(own -> TraitTrial.of(own, target).stream()
                            .filter(t -> t.trait().name().equals(trial.trait().name()))
                            .findFirst())
                    .map(TraitTrial::change)
                    .orElse(UnaryOperator.identity()));
        }
        return new Trial(trial.trait(), changes, UnaryOperator.identity());
    }

    private boolean explains(List<Trial> trials, List<Parameter> expected, int tensor) {
        List<Parameter> changed = new ArrayList<>(expected);
        Schedule schedule = recipe.schedule();
        for (Trial trial : trials) {
            for (int i = 0; i < changed.size(); i++) {
                changed.set(i, trial.change(i).apply(changed.get(i)));
            }
            schedule = trial.schedule().apply(schedule);
        }
        return runs.distance(changed, schedule, tensor).first().isEmpty();
    }
}

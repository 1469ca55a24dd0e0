package samestep.dialect.keras.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.LossMix;
import samestep.dialect.MeanThreshold;
import samestep.dialect.keras.KerasClips;
import samestep.dialect.keras.KerasConfiguration;
import samestep.dialect.keras.KerasDialect;
import samestep.dialect.keras.KerasReader;
import samestep.dialect.keras.KerasSubclass;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.RateInVelocity;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/** From a recipe of any framework to Keras configurations that may be the same training. */
public final class KerasWriter {
    private final KerasGeneration generation;
    private final Recipe recipe;
    private final boolean verbatim;
    private final boolean subclassing;
    private final KerasNumbers numbers = new KerasNumbers();
    private final List<Finding> findings = new ArrayList<>();

    private KerasWriter(KerasGeneration generation, Recipe recipe, boolean verbatim, boolean subclassing) {
        this.subclassing = subclassing;
        this.generation = generation;
        this.recipe = recipe;
        this.verbatim = verbatim;
    }

    /** What is written, as a document of Samestep and as the values that it holds. */
    public record Solution(Proposal proposal, KerasConfiguration configuration) {}

    /** Proposals, the likeliest first; none when Keras has no such optimizer. */
    public static List<Proposal> proposals(KerasGeneration generation, Recipe recipe) {
        return solutions(generation, recipe).stream().map(Solution::proposal).toList();
    }

    /** The same, with the values. */
    public static List<Solution> solutions(KerasGeneration generation, Recipe recipe) {
        return solutions(generation, recipe, false);
    }

    /**
     * The same.
     *
     * @param subclassing whether a subclass may say what Keras' own classes cannot: for Python only
     */
    public static List<Solution> solutions(KerasGeneration generation, Recipe recipe, boolean subclassing) {
        List<Solution> solutions = new ArrayList<>();
        List<EpsilonMove.Choice> epsilons = KerasOptimizerWriter.epsilons(generation, recipe);
        for (EpsilonMove.Choice epsilon : epsilons) {
            new KerasWriter(generation, recipe, false, false)
                    .write(epsilon, false)
                    .ifPresent(solutions::add);
        }
        if (generation.hasOptimizerDecay() && uniformDecayBehindClip(recipe)) {
            new KerasWriter(generation, recipe, false, false)
                    .write(EpsilonMove.Choice.AS_IT_IS, true)
                    .ifPresent(solutions::add);
        }
        // What Keras says by itself is better than the same from a class of one's own.
        if (subclassing && generation == KerasGeneration.KERAS_3) {
            for (EpsilonMove.Choice epsilon : epsilons) {
                new KerasWriter(generation, recipe, false, true)
                        .write(epsilon, false)
                        .ifPresent(solutions::add);
            }
        }
        return solutions;
    }

    /** Every number as it is. */
    public static Proposal verbatim(KerasGeneration generation, Recipe recipe) {
        return new KerasWriter(generation, recipe, true, false)
                .write(EpsilonMove.Choice.AS_IT_IS, false)
                .map(Solution::proposal)
                .orElseThrow(() -> new IllegalStateException("nothing to copy"));
    }

    /** Keras' weight_decay comes after the clip as well, but reaches every parameter with one coefficient. */
    private static boolean uniformDecayBehindClip(Recipe recipe) {
        List<Quantity> coefficients = new ArrayList<>();
        for (Parameter parameter : recipe.trained()) {
            List<Stage.Penalty> penalties = parameter.stages(Stage.Penalty.class);
            boolean clipped = !parameter.stages(Stage.Clip.class).isEmpty();
            if (!clipped || penalties.size() != 1 || penalties.get(0).norm() != Stage.Penalty.Norm.L2) {
                return false;
            }
            coefficients.add(penalties.get(0).coefficient());
        }
        return coefficients.stream()
                        .map(q -> q.decimal().stripTrailingZeros())
                        .distinct()
                        .count()
                == 1;
    }

    private Optional<Solution> write(EpsilonMove.Choice epsilon, boolean asOptimizerDecay) {
        Optional<Parameter> first = recipe.trained().stream()
                .findFirst()
                .or(() -> recipe.parameters().stream().findFirst());
        Optional<Stage.Optimizer> source = first.flatMap(Parameter::optimizer);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Map<String, Num>> decays = subclassing ? decaysBehindClip() : Map.of();
        Map<String, Map<String, KerasValue>> layers = new KerasPenaltyWriter(
                        generation, recipe, verbatim, numbers, findings)
                .layers(!asOptimizerDecay && decays.isEmpty());
        KerasRateWriter rate = new KerasRateWriter(subclassing, generation, recipe, verbatim, numbers, findings);
        Map<String, KerasValue> common = rate.write();
        Optional<Instance> optimizer =
                new KerasOptimizerWriter(generation, source.get(), verbatim, numbers, findings).write(common, epsilon);
        if (optimizer.isEmpty()) {
            return Optional.empty();
        }
        if (!verbatim) {
            ScheduleForm form =
                    recipe.schedule().formInUpdates().orElse(recipe.schedule().form());
            KerasOptimizerWriter.equations(generation, source.get())
                    .flatMap(there -> new RateInVelocity(recipe, source.get(), "Keras'", there, form).finding())
                    .ifPresent(findings::add);
        }
        KerasDecayWriter decoupled = new KerasDecayWriter(generation, recipe, subclassing, numbers, findings);
        Instance whole = decayAndClip(optimizer.get(), first.get(), decoupled.coefficient(), asOptimizerDecay);
        if (!verbatim) {
            KerasSettingWriter settings = new KerasSettingWriter(generation, recipe, numbers);
            layers = settings.into(layers);
            whole = settings.into(whole);
        }
        if (recipe.microSteps() > 1) {
            whole = accumulating(whole);
        }
        fromSource();
        decoupled.explain();
        List<String> excluded = decoupled.excluded();
        KerasSubclass subclass = new KerasSubclass(rate.rates(), decays, decoupled.byName(), rate.frozen());
        said(subclass);
        KerasConfiguration configuration = new KerasConfiguration(
                generation,
                KerasSpelling.optimizer(generation, whole),
                subclass,
                excluded,
                subclass.isEmpty() ? decoupled.rule() : Optional.empty(),
                lossWeights(first.get()),
                layers);
        standingNotes(layers, !excluded.isEmpty());
        Proposal proposal = new Proposal(
                Map.of(
                        KerasDialect.JSON, KerasJson.print(configuration),
                        KerasDialect.PYTHON, KerasPython.print(configuration)),
                numbers.rounded(),
                findings);
        return Optional.of(new Solution(proposal, configuration));
    }

    /** What is added to gradients after they were clipped; nothing where none is. */
    private Map<String, Map<String, Num>> decaysBehindClip() {
        Map<String, Map<String, Num>> decays = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            List<Stage.Penalty> penalties = parameter.stages(Stage.Penalty.class);
            List<Stage.Clip> clips = parameter.stages(Stage.Clip.class);
            boolean behind = !penalties.isEmpty()
                    && clips.stream()
                            .anyMatch(c -> parameter.stages().indexOf(c)
                                    < parameter.stages().indexOf(penalties.get(0)));
            if (behind) {
                Map<String, Num> coefficients = new LinkedHashMap<>();
                penalties.forEach(p -> coefficients.put(
                        p.norm() == Stage.Penalty.Norm.L1 ? "l1" : "l2", numbers.number(p.coefficient())));
                decays.put(KerasReader.path(parameter.name()), coefficients);
            }
        }
        return decays;
    }

    private void said(KerasSubclass subclass) {
        if (!subclass.frozen().isEmpty()) {
            findings.add(Finding.of(
                    Code.SS302,
                    "not trained in " + recipe.framework() + ": " + String.join(", ", subclass.frozen())
                            + "; the subclass in the Python text passes over their gradients"));
        }
        if (!subclass.rates().isEmpty()) {
            findings.add(Finding.of(
                            Code.SS301,
                            subclass.rates().size()
                                    + " learning-rate multipliers are said by the subclass in the Python"
                                    + " text; JSON cannot say them")
                    .as(Severity.NOTE));
        }
        if (!subclass.decays().isEmpty()) {
            findings.add(Finding.of(
                            Code.SS501,
                            recipe.framework()
                                    + " adds the decay after the clip, and so does the subclass in the Python"
                                    + " text; regularizers would be clipped")
                    .as(Severity.NOTE));
        }
    }

    /** What scales the loss and not the penalties, for every output; another factor is named by a finding. */
    private List<Num> lossWeights(Parameter parameter) {
        List<Quantity> weights = new ArrayList<>();
        for (Stage stage : verbatim ? List.<Stage>of() : parameter.stages()) {
            if (stage instanceof Stage.LossScale scale && scale.form() == Stage.LossScale.Form.WEIGHTED) {
                weights.add(scale.weight());
            }
            weights.addAll(LossMix.weights(stage));
        }
        if (!weights.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS902,
                            "give model.compile() loss_weights="
                                    + numbers(weights).stream().map(Num::text).toList()
                                    + (weights.size() == 1 ? "" : ", for the outputs in this order")
                                    + ": it scales the data's gradient, as " + recipe.possessive() + " loss does")
                    .at(weights.get(0).place()));
        }
        return numbers(weights);
    }

    private List<Num> numbers(List<Quantity> quantities) {
        return quantities.stream().map(numbers::number).toList();
    }

    private Instance accumulating(Instance optimizer) {
        if (generation == KerasGeneration.KERAS_3) {
            return optimizer.with("gradient_accumulation_steps", new Num(Integer.toString(recipe.microSteps())));
        }
        findings.add(Finding.of(
                        Code.SS204,
                        generation.title() + " has no gradient_accumulation_steps, and " + recipe.framework() + " sums "
                                + recipe.microSteps() + " micro-steps to an update")
                .detail("Train with batches " + recipe.microSteps() + " times as large: the same update where the"
                        + " batch fits."));
        return optimizer;
    }

    private void fromSource() {
        if (generation.isFromSource()) {
            findings.add(KerasReader.fromSource(generation));
        }
    }

    private void standingNotes(Map<String, Map<String, KerasValue>> layers, boolean excluding) {
        boolean penalties = layers.values().stream()
                .flatMap(layer -> layer.values().stream())
                .anyMatch(Instance.class::isInstance);
        // TensorFlow's programs show the loss that they minimize, with its penalties.
        if (penalties && !recipe.framework().equals("TensorFlow")) {
            findings.add(Finding.of(
                    Code.SS901,
                    "the loss that Keras displays contains the penalties, " + recipe.possessive()
                            + " does not; the curves differ by that much"));
        }
        boolean any = layers.containsKey(ParameterName.ANY_LAYER);
        Finding loading = Finding.of(
                Code.SS903,
                "load it with keras.optimizers.deserialize(port[\"optimizer\"]), and give "
                        + (any
                                ? "each layer's constructor those of port[\"layers\"][\"*\"] that it takes"
                                : "port[\"layers\"] to the layers' constructors")
                        + "; a regularizer assigned to a built layer does nothing");
        if (excluding) {
            loading = loading.detail(
                    "Call the optimizer's exclude_from_weight_decay(**port[\"exclude_from_weight_decay\"])"
                            + " before the first update: without it, every variable decays.");
        }
        boolean slash = layers.keySet().stream().anyMatch(name -> name.contains("/"));
        findings.add(
                slash ? loading.detail("Keras refuses \"/\" in a layer's name: give those layers another.") : loading);
    }

    private Instance decayAndClip(
            Instance optimizer, Parameter first, Optional<Quantity> decoupled, boolean asOptimizerDecay) {
        Instance result = optimizer;
        if (decoupled.isPresent()) {
            result = result.with("weight_decay", numbers.number(decoupled.get()));
        } else if (asOptimizerDecay) {
            Quantity coefficient = first.stages(Stage.Penalty.class).get(0).coefficient();
            findings.add(Finding.of(
                            Code.SS101,
                            "weight_decay " + coefficient.written()
                                    + " -> the optimizer's weight_decay; without momentum"
                                    + " it is the same step, and comes after the clip as " + recipe.possessive()
                                    + " does")
                    .at(coefficient.place()));
            result = result.with("weight_decay", numbers.number(coefficient));
        }
        List<Finding> said = verbatim ? new ArrayList<>() : findings;
        for (Stage.Clip clip : ClipPlan.of(recipe, first, new KerasClips(generation), said)) {
            result = clip(result, first, clip, asOptimizerDecay);
        }
        return result;
    }

    private Instance clip(Instance optimizer, Parameter parameter, Stage.Clip clip, boolean asOptimizerDecay) {
        boolean decayed = !parameter.stages(Stage.Penalty.class).isEmpty()
                && firstClip(parameter)
                        < parameter
                                .stages()
                                .indexOf(parameter.stages(Stage.Penalty.class).get(0));
        if (decayed && !asOptimizerDecay && !subclassing) {
            findings.add(Finding.of(
                            Code.SS501,
                            recipe.framework() + " clips the data's gradient and adds the decay to it; Keras clips both"
                                    + " together. The same until the norm reaches the threshold")
                    .at(clip.threshold().place()));
        }
        Quantity threshold = threshold(parameter, clip);
        return optimizer.with(new KerasClips(generation).argument(clip.kind()), numbers.number(threshold));
    }

    private static int firstClip(Parameter parameter) {
        return parameter.stages().indexOf(parameter.stages(Stage.Clip.class).get(0));
    }

    private Quantity threshold(Parameter parameter, Stage.Clip clip) {
        return verbatim ? clip.threshold() : MeanThreshold.of(recipe, parameter, clip, "Keras", findings);
    }
}

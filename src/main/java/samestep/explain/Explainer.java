package samestep.explain;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Run;
import samestep.equation.Equations;
import samestep.explain.Explanation.Update;
import samestep.explain.Explanation.Value;
import samestep.finding.Outcome;
import samestep.recipe.IndependentDecay;
import samestep.recipe.NormLimit;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.translate.Computed;
import samestep.translate.ConfigurationFile;

/** Explains a recipe. */
public final class Explainer {
    private final Recipe recipe;

    private Explainer(Recipe recipe) {
        this.recipe = recipe;
    }

    /**
     * Explains a configuration.
     *
     * @param run what is known of the run and is in no file
     * @return no value where it cannot be read, or where its numbers give no value to compute with
     */
    public static Outcome<Explanation> explain(ConfigurationFile file, Run run) {
        return file.read()
                .then(recipe -> Computed.of(
                        file.input().source(),
                        Optional.of(recipe),
                        () -> Outcome.of(explain(recipe, run.dataSet(), OptionalLong.empty()), List.of())));
    }

    /**
     * Explains a recipe.
     *
     * @param dataSet samples of the training data, if known
     * @param updates of the run, for a recipe that does not say
     */
    public static Explanation explain(Recipe recipe, OptionalLong dataSet, OptionalLong updates) {
        Explainer explainer = new Explainer(recipe);
        return new Explanation(
                recipe,
                explainer.updates(),
                explainer.values(),
                RatePoints.of(recipe.schedule(), updates, epochs(recipe)),
                Samples.of(recipe, dataSet));
    }

    /** Epochs of the run, where the configuration says so. */
    private static OptionalLong epochs(Recipe recipe) {
        return recipe.settings()
                .ofRun(SettingKind.EPOCHS)
                .map(Setting::value)
                .filter(SettingValue.Number.class::isInstance)
                .map(value -> ((SettingValue.Number) value).quantity().decimal().setScale(0, RoundingMode.CEILING))
                .map(epochs -> OptionalLong.of(epochs.longValue()))
                .orElse(OptionalLong.empty());
    }

    private List<Update> updates() {
        Map<List<Object>, List<Parameter>> alike = new LinkedHashMap<>();
        for (Parameter parameter : recipe.parameters()) {
            if (parameter.name().role() != Role.STATISTICS) {
                alike.computeIfAbsent(behaviour(parameter), k -> new ArrayList<>())
                        .add(parameter);
            }
        }
        return alike.values().stream().map(this::update).toList();
    }

    private static List<Object> behaviour(Parameter parameter) {
        return parameter.frozen()
                ? List.of()
                : List.of(
                        parameter.rateMultiplier().value(),
                        parameter.stages().stream().map(Stage::behaviour).toList());
    }

    private Update update(List<Parameter> parameters) {
        Parameter first = parameters.get(0);
        if (first.frozen()) {
            return new Update(parameters, List.of(), List.of(), Optional.empty(), Optional.empty());
        }
        return new Update(
                parameters,
                UpdateLines.of(first.stages()),
                UpdateLines.starts(first.stages()),
                Optional.of(Shrinking.of(recipe, first)),
                first.isKnown() ? HalfLife.of(recipe, first) : Optional.empty());
    }

    /** Each number once, wherever it is used. */
    private List<Value> values() {
        Map<List<Object>, Value> values = new LinkedHashMap<>();
        for (Schedule.NamedValue value : recipe.schedule().values()) {
            add(values, value.field(), value.value());
        }
        recipe.batchSize().ifPresent(batch -> add(values, "batch size", batch));
        for (Parameter parameter : recipe.trained()) {
            for (Stage stage : parameter.stages()) {
                stage(values, stage);
            }
        }
        multipliers().forEach((name, value) -> add(values, name, value));
        return List.copyOf(values.values());
    }

    /** Each multiplier once; the list of parameters says where each parameter has its own from. */
    private Map<String, Quantity> multipliers() {
        Map<Object, List<Parameter>> alike = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            if (!parameter.rateMultiplier().isOne()) {
                alike.computeIfAbsent(parameter.rateMultiplier().value(), k -> new ArrayList<>())
                        .add(parameter);
            }
        }
        Map<String, Quantity> multipliers = new LinkedHashMap<>();
        for (List<Parameter> parameters : alike.values()) {
            Parameter first = parameters.get(0);
            String more = parameters.size() == 1 ? "" : " and " + (parameters.size() - 1) + " more";
            multipliers.put("rate multiplier of " + first.name() + more, first.rateMultiplier());
        }
        return multipliers;
    }

    private static void stage(Map<List<Object>, Value> values, Stage stage) {
        if (stage instanceof Stage.Optimizer optimizer) {
            for (Equations.Hyper hyper : optimizer.equations().hypers()) {
                Optional.ofNullable(optimizer.values().get(hyper.name()))
                        .ifPresent(value -> add(values, hyper.field(), value));
            }
        } else if (stage instanceof Stage.Penalty penalty) {
            add(values, penalty.norm() + " in the gradient", penalty.coefficient());
        } else if (stage instanceof Stage.DecoupledDecay decay) {
            add(values, "decoupled decay", decay.coefficient());
        } else if (stage instanceof IndependentDecay decay) {
            add(values, "decay beside the learning rate", decay.share());
        } else if (stage instanceof NormLimit limit) {
            add(values, "limit of the norm", limit.limit());
        } else if (stage instanceof OrthogonalPenalty penalty) {
            add(values, "orthogonal penalty", penalty.factor());
        } else if (stage instanceof Stage.Clip clip) {
            add(values, "clip threshold", clip.threshold());
        } else if (stage instanceof Stage.Scale scale) {
            add(values, "gradient factor", scale.factor());
        } else if (stage instanceof Stage.LossScale loss) {
            add(values, "loss weight", loss.weight());
        }
    }

    private static void add(Map<List<Object>, Value> values, String name, Quantity quantity) {
        Object where = quantity.place().map(Object::toString).orElse("");
        values.putIfAbsent(List.of(name, quantity.decimal().stripTrailingZeros(), where), new Value(name, quantity));
    }
}

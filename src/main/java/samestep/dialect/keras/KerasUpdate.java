package samestep.dialect.keras;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.EquationFiles;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.layer.KerasLayers.LayerParameter;
import samestep.dialect.keras.table.KerasAddons;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.syntax.json.JsonNumber;
import samestep.text.pattern.NamePatterns;

/** The optimizer's own stage of each parameter, and the decay beside it. */
final class KerasUpdate {
    private static final EquationFiles EQUATIONS = new EquationFiles("keras");
    private static final String TRACED = "NadamTraced";
    /** Where hyper-parameters are single-precision variables, these are Python's own numbers all the same. */
    private static final Set<String> EXACT = Set.of("epsilon", "initial_accumulator", "schedule_decay", "power");

    private static final Set<Role> VECTORS = Set.of(Role.BIAS, Role.GAMMA, Role.BETA, Role.ALPHA);

    private final KerasObject optimizer;
    private final KerasGeneration generation;
    private final KerasDefaults.Known known;
    private final List<LayerParameter> trained;
    private final Equations equations;
    private final Optional<Stage> decay;
    private final NamePatterns notAdapted;
    private final NamePatterns notDecayed;

    /**
     * @param eager whether the model runs outside a traced function, where Keras 2.15's Nadam is right
     */
    KerasUpdate(
            KerasObject optimizer,
            KerasGeneration generation,
            KerasDefaults.Known known,
            List<LayerParameter> parameters,
            boolean eager) {
        this.optimizer = optimizer;
        this.generation = generation;
        this.known = known;
        this.trained = parameters.stream().filter(p -> !p.frozen()).toList();
        boolean traced = known.equations().equals(TRACED);
        this.equations = EQUATIONS.of(traced && eager ? "NadamLegacy" : known.equations());
        this.decay = generation == KerasGeneration.ADDONS ? KerasAddons.decay(optimizer) : timesRate();
        this.notAdapted = KerasAddons.excluded(optimizer, "exclude_from_layer_adaptation");
        this.notDecayed = KerasAddons.excluded(optimizer, "exclude_from_weight_decay");
        if (traced && !eager && trained.stream().anyMatch(p -> p.name().layer().equals(ParameterName.ANY_LAYER))) {
            optimizer.report(
                    "name",
                    Code.SS010,
                    "Keras 2.15's Nadam depends on the number and the order of the model's variables"
                            + " (its product is multiplied once for each); give the model");
        }
        if (optimizer.className().equals("RectifiedAdam")) {
            refuse("amsgrad");
            refuse("total_steps");
        }
    }

    private void refuse(String argument) {
        boolean on = optimizer.flag(argument, false)
                || (optimizer.get(argument).orElse(null) instanceof JsonNumber n && n.doubleValue() != 0);
        if (on) {
            optimizer.report(argument, Code.SS010, "RectifiedAdam with " + argument + " cannot be read yet");
        }
    }

    /** The decay beside the gradient, if there is one. */
    Optional<Stage> decay() {
        return decay;
    }

    private Optional<Stage> timesRate() {
        if (generation.keepsSinglePrecision()) {
            return Optional.empty();
        }
        Optional<Quantity> given = optimizer.number("weight_decay");
        String byDefault = known.values().get("weight_decay");
        boolean silent =
                given.isEmpty() && optimizer.config().get("weight_decay").isEmpty();
        Optional<Quantity> decays = silent && byDefault != null
                ? Optional.of(Quantity.byDefault(
                        byDefault, KerasDefaults.origin(optimizer.className()).of()))
                : given;
        return decays.filter(d -> !d.isZero()).map(d -> new Stage.DecoupledDecay(d.rounded()));
    }

    /** The update of a parameter. */
    Stage.Optimizer of(LayerParameter parameter) {
        Map<String, Quantity> values = new HashMap<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            values.put(hyper.name(), value(hyper, parameter));
        }
        return new Stage.Optimizer(equations, values);
    }

    private Quantity value(Equations.Hyper hyper, LayerParameter parameter) {
        return switch (hyper.name()) {
            case "place" ->
                Quantity.byDefault(
                        Integer.toString(Math.max(0, trained.indexOf(parameter))), "the model's order of variables");
            case "variables" -> Quantity.byDefault(Integer.toString(trained.size()), "the model's variables");
            case "matrix" -> flag(!VECTORS.contains(parameter.name().role()), "the parameter's shape");
            case "adapted" ->
                flag(
                        !excludes("exclude_from_layer_adaptation", notAdapted, parameter),
                        "exclude_from_layer_adaptation");
            case "schedule_decay" -> scheduleDecay(hyper);
            case "weight_decay" ->
                excludes("exclude_from_weight_decay", notDecayed, parameter)
                        ? Quantity.byDefault("0", "exclude_from_weight_decay")
                        : written(hyper);
            default -> written(hyper);
        };
    }

    private static Quantity flag(boolean on, String why) {
        return Quantity.byDefault(on ? "1" : "0", why);
    }

    private boolean excludes(String argument, NamePatterns names, LayerParameter parameter) {
        return KerasReader.excludes(optimizer, argument, names, parameter);
    }

    /** Written as "decay" by tf.keras; the newer Nadam has the 1 built in. */
    private Quantity scheduleDecay(Equations.Hyper hyper) {
        String byDefault = known.values().getOrDefault(hyper.field(), "1");
        String argument = generation == KerasGeneration.LEGACY ? "decay" : hyper.field();
        return generation == KerasGeneration.KERAS_2_15
                ? Quantity.byDefault("1", "Keras 2.15")
                : optimizer.number(argument, byDefault);
    }

    private Quantity written(Equations.Hyper hyper) {
        String byDefault = known.values().getOrDefault(hyper.field(), "0");
        if (hyper.flag()) {
            return optimizer.flagAsNumber(hyper.field(), byDefault);
        }
        Quantity number = optimizer.number(hyper.field(), byDefault);
        return generation.keepsSinglePrecision() && !EXACT.contains(hyper.name()) ? number.rounded() : number;
    }
}

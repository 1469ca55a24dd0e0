package samestep.dialect.keras.write;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.EquationFiles;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.LeftOver;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/** Writes the optimizer of a family with its hyper-parameters. */
final class KerasOptimizerWriter {
    private static final EquationFiles EQUATIONS = new EquationFiles("keras");
    /** The class of each family of equations. */
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("momentum", "SGD"),
            Map.entry("nesterov", "SGD"),
            Map.entry("adagrad", "Adagrad"),
            Map.entry("rmsprop", "RMSprop"),
            Map.entry("adadelta", "Adadelta"),
            Map.entry("adam", "Adam"),
            Map.entry("adamax", "Adamax"),
            Map.entry("nadam", "Nadam"),
            Map.entry("lion", "Lion"),
            Map.entry("lamb", "Lamb"),
            Map.entry("ftrl", "Ftrl"));

    private static final String LEGACY = "keras.optimizers.legacy adds it as the source does: --keras-version tf.keras";

    private final KerasGeneration generation;
    private final Stage.Optimizer source;
    private final boolean verbatim;
    private final List<Finding> findings;

    private final KerasNumbers numbers;

    KerasOptimizerWriter(
            KerasGeneration generation,
            Stage.Optimizer source,
            boolean verbatim,
            KerasNumbers numbers,
            List<Finding> findings) {
        this.generation = generation;
        this.numbers = numbers;
        this.source = source;
        this.verbatim = verbatim;
        this.findings = findings;
    }

    /** The equations of the class for a family; empty where this Keras has none. */
    static Optional<Equations> equations(KerasGeneration generation, Stage.Optimizer source) {
        return KerasDefaults.of(
                        generation, CLASSES.getOrDefault(source.equations().family(), ""))
                .map(known -> EQUATIONS.of(known.equations()));
    }

    /** The ways of writing epsilon that are worth trying. */
    static List<EpsilonMove.Choice> epsilons(KerasGeneration generation, Recipe recipe) {
        return EpsilonMove.choices(recipe, source -> equations(generation, source));
    }

    /** The optimizer; empty, with a finding, when this Keras has none of that family. */
    Optional<Instance> write(Map<String, KerasValue> common, EpsilonMove.Choice epsilon) {
        String className = CLASSES.getOrDefault(source.equations().family(), "");
        Optional<KerasDefaults.Known> known = KerasDefaults.of(generation, className);
        if (known.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS204,
                    generation.title() + " has no optimizer like "
                            + source.equations().name()));
            return Optional.empty();
        }
        Instance instance = new Instance("", className, common);
        Equations target = EQUATIONS.of(known.get().equations());
        for (Equations.Hyper hyper : target.hypers()) {
            Optional<KerasValue> value = argument(target, hyper, epsilon);
            if (value.isPresent()) {
                instance = instance.with(spelled(hyper), value.get());
            }
        }
        if (!verbatim) {
            findings.addAll(LeftOver.hypers(generation.title() + "'s " + className, target, source));
        }
        boolean nesterov = source.equations().family().equals("nesterov");
        return Optional.of(nesterov ? instance.with("nesterov", new Flag(true)) : instance);
    }

    /** What tf.keras serializes the momentum's schedule as. */
    private String spelled(Equations.Hyper hyper) {
        boolean legacy = generation == KerasGeneration.LEGACY && hyper.name().equals("schedule_decay");
        return legacy ? "decay" : hyper.field();
    }

    private Optional<KerasValue> argument(Equations target, Equations.Hyper hyper, EpsilonMove.Choice epsilon) {
        if (hyper.flag()) {
            return isOn(hyper.name()) ? Optional.of(new Flag(true)) : Optional.empty();
        }
        return switch (hyper.name()) {
            case "epsilon" -> epsilon(target, epsilon);
            case "initial_accumulator" -> initial();
            case "schedule_decay" -> Optional.of(number("schedule_decay").orElse(new Num("1.0")));
            case "place", "variables" -> Optional.empty();
            default -> number(hyper.name());
        };
    }

    private boolean isOn(String flag) {
        return Optional.ofNullable(source.values().get(flag))
                .map(q -> !q.isZero())
                .orElse(false);
    }

    private Optional<Quantity> given(String hyper) {
        // A verbatim copy has only the numbers that are written in the source.
        return Optional.ofNullable(source.values().get(hyper))
                .filter(q -> !verbatim || q.origin() instanceof Origin.Written);
    }

    private Optional<KerasValue> number(String hyper) {
        return given(hyper).map(numbers::number);
    }

    private Optional<KerasValue> epsilon(Equations target, EpsilonMove.Choice choice) {
        Optional<Quantity> given = given("epsilon");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        EpsilonMove move = EpsilonMove.of(source, target);
        if (!verbatim) {
            move.finding(source, "Keras", given.get(), choice)
                    .map(f -> isOfLegacy(move) ? f.detail(LEGACY) : f)
                    .ifPresent(findings::add);
        }
        return Optional.of(numbers.number(move.written(given.get(), choice)));
    }

    /** Whether the older classes add epsilon where the source does. */
    private boolean isOfLegacy(EpsilonMove move) {
        return equations(KerasGeneration.LEGACY, source)
                .filter(there -> EpsilonMove.of(source, there).to() == move.from())
                .isPresent();
    }

    private Optional<KerasValue> initial() {
        Optional<Quantity> given = Optional.ofNullable(source.values().get("initial_accumulator"));
        if (given.isPresent() || verbatim) {
            return given.map(numbers::number);
        }
        findings.add(Finding.of(
                Code.SS202,
                source.equations().name()
                        + " starts its accumulator at 0, Keras at 0.1 by default: initial_accumulator_value"
                        + " 0.0 is written"));
        return Optional.of(new Num("0.0"));
    }
}

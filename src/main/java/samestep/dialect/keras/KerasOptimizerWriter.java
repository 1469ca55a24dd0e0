package samestep.dialect.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.keras.KerasValue.Flag;
import samestep.dialect.keras.KerasValue.Instance;
import samestep.dialect.keras.KerasValue.Num;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/** Writes the optimizer of a family with its hyper-parameters. */
final class KerasOptimizerWriter {
    private static final String MODULE = "keras.optimizers";
    private static final String OUTSIDE = "outside the root";

    /** What epsilon becomes. */
    enum Epsilon {
        /** The number as it is. */
        AS_IT_IS,
        /** Its square: what gives the same step for a gradient of nothing, from outside the root to inside. */
        SQUARED
    }

    private final Stage.Optimizer source;
    private final boolean verbatim;
    private final List<Finding> findings;

    private final KerasNumbers numbers;

    KerasOptimizerWriter(Stage.Optimizer source, boolean verbatim, KerasNumbers numbers, List<Finding> findings) {
        this.numbers = numbers;
        this.source = source;
        this.verbatim = verbatim;
        this.findings = findings;
    }

    /** The ways of writing epsilon that are worth trying. */
    static List<Epsilon> epsilons(Recipe recipe) {
        boolean moves = recipe.trained().stream()
                .flatMap((Parameter p) -> p.optimizer().stream())
                .anyMatch(o -> isOutside(o)
                        && List.of("adagrad", "rmsprop").contains(o.equations().family()));
        return moves ? List.of(Epsilon.SQUARED, Epsilon.AS_IT_IS) : List.of(Epsilon.AS_IT_IS);
    }

    private static boolean isOutside(Stage.Optimizer optimizer) {
        return OUTSIDE.equals(optimizer.equations().traits().get("epsilon"));
    }

    /** The optimizer; empty, with a finding, when Keras has none of that family. */
    Optional<Instance> write(Map<String, KerasValue> common, Epsilon epsilon) {
        List<String> arguments = new ArrayList<>();
        String className = switch (source.equations().family()) {
            case "momentum", "nesterov" -> {
                arguments.add("momentum");
                yield "SGD";
            }
            case "adagrad" -> {
                arguments.add("initial_accumulator_value");
                arguments.add("epsilon");
                yield "Adagrad";
            }
            case "rmsprop" -> {
                arguments.addAll(List.of("rho", "momentum", "epsilon", "centered"));
                yield "RMSprop";
            }
            case "adadelta" -> {
                arguments.addAll(List.of("rho", "epsilon"));
                yield "Adadelta";
            }
            case "adam" -> {
                arguments.addAll(List.of("beta_1", "beta_2", "epsilon", "amsgrad"));
                yield "Adam";
            }
            default -> "";
        };
        if (className.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS204,
                    "Keras has no optimizer like " + source.equations().name()));
            return Optional.empty();
        }
        Instance instance = new Instance(MODULE, className, common);
        for (String argument : arguments) {
            Optional<KerasValue> value = argument(argument, epsilon);
            if (value.isPresent()) {
                instance = instance.with(argument, value.get());
            }
        }
        boolean nesterov = source.equations().family().equals("nesterov") || isOn("nesterov");
        return Optional.of(nesterov ? instance.with("nesterov", new Flag(true)) : instance);
    }

    private Optional<KerasValue> argument(String argument, Epsilon epsilon) {
        return switch (argument) {
            case "centered", "amsgrad" -> isOn(argument) ? Optional.of(new Flag(true)) : Optional.empty();
            case "beta_1" -> number("beta1");
            case "beta_2" -> number("beta2");
            case "epsilon" -> epsilon(epsilon);
            case "initial_accumulator_value" -> initial();
            default -> number(argument);
        };
    }

    private boolean isOn(String flag) {
        return Optional.ofNullable(source.values().get(flag))
                .map(q -> !q.isZero())
                .orElse(false);
    }

    private Optional<Quantity> given(String hyper) {
        // Somebody who copies numbers copies those that are written there.
        return Optional.ofNullable(source.values().get(hyper))
                .filter(q -> !verbatim || q.origin() instanceof Origin.Written);
    }

    private Optional<KerasValue> number(String hyper) {
        return given(hyper).map(numbers::number);
    }

    private Optional<KerasValue> epsilon(Epsilon choice) {
        Optional<Quantity> given = given("epsilon");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Quantity epsilon = given.get();
        if (choice == Epsilon.SQUARED) {
            epsilon = epsilon.derived(epsilon.value().power(Expression.literal(2)), "epsilon^2");
        }
        boolean moves = isOutside(source)
                && List.of("adagrad", "rmsprop").contains(source.equations().family());
        if (moves && !verbatim) {
            findings.add(Finding.of(
                            Code.SS201,
                            source.equations().name() + " adds " + given.get().written()
                                    + " to the root, Keras adds epsilon under it: no value is the same for every gradient")
                    .at(given.get().place())
                    .detail("Written: " + epsilon.written()
                            + (choice == Epsilon.SQUARED
                                    ? ", its square: the same where the accumulator is zero."
                                    : ".")));
        }
        return Optional.of(numbers.number(epsilon));
    }

    private Optional<KerasValue> initial() {
        Optional<Quantity> given = Optional.ofNullable(source.values().get("initial_accumulator"));
        if (given.isPresent() || verbatim) {
            return given.map(numbers::number);
        }
        findings.add(Finding.of(
                Code.SS202,
                source.equations().name() + " starts its accumulator at 0, Keras at 0.1 unless it is told:"
                        + " initial_accumulator_value 0.0 is written"));
        return Optional.of(new Num("0.0"));
    }
}

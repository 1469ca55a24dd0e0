package samestep.dialect.keras.write;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.dialect.keras.KerasConfiguration;
import samestep.dialect.keras.document.KerasValue.Instance;

/**
 * The classes that a Python text defines: what Keras' own cannot say. The reader of programs knows each by its text, and by
 * nothing else: a class with the same name and another text is the program's own.
 */
public final class KerasPythonClasses {
    /** Before the names by which the reader knows them; nothing that a program imports has such a name. */
    public static final String OURS = "<samestep>.";
    /** What is before the name of Keras' class in that of its subclass. */
    public static final String PER_VARIABLE = "PerVariable";

    private static final String OPTIMIZERS = OURS + "optimizers.";
    private static final String SCHEDULES = OPTIMIZERS + "schedules.";
    private static final Pattern HEAD =
            Pattern.compile("class " + PER_VARIABLE + "(\\w+)\\(keras\\.optimizers\\.\\1\\):\n");

    private static final String OPTIMIZER = """
        class %1$s(keras.optimizers.%2$s):
            \"""%2$s with a learning rate and a decay for each variable, and variables that are not trained.\"""

            def __init__(self, rates=None, decays=None, weight_decays=None, frozen=(), **arguments):
                super().__init__(**arguments)
                self.rates = dict(rates or {})
                self.decays = dict(decays or {})
                self.weight_decays = dict(weight_decays or {})
                self.frozen = list(frozen)

            def build(self, variables):
                super().build(variables)
                known = {name for variable in self._trainable_variables for name in self._names(variable)}
                for name in [*self.rates, *self.decays, *self.weight_decays, *self.frozen]:
                    if name not in known and not name.startswith("*/"):
                        raise ValueError(f"no variable of the model is called {name}")

            @staticmethod
            def _names(variable):
                # In its path, a layer may be inside of others, and have cells inside.
                *layers, name = variable.path.split("/")
                parts = [(i, j) for j in range(len(layers), 0, -1) for i in range(j)]
                return ["/".join([*layers[i:j], name]) for i, j in parts] + [f"*/{name}"]

            def _of(self, variable, values, default):
                # With TensorFlow, update_step is given the backend's variable, which has no path.
                variable = self._trainable_variables[self._get_variable_index(variable)]
                return next((values[name] for name in self._names(variable) if name in values), default)

            def apply(self, grads, trainable_variables=None):
                # The gradient of a frozen variable counts in no norm.
                variables = self._trainable_variables if trainable_variables is None else list(trainable_variables)
                if not self.built:
                    self.build(variables)
                frozen = dict.fromkeys(self.frozen, True)
                kept = [(g, v) for g, v in zip(grads, variables) if not self._of(v, frozen, False)]
                super().apply([g for g, _ in kept], [v for _, v in kept])

            def _apply_weight_decay(self, variables):
                # The decay is times the variable's own rate.
                for variable in variables:
                    decay = self._of(variable, self.weight_decays, self.weight_decay or 0.0)
                    if decay and self._use_weight_decay(variable):
                        rate = self.learning_rate * self._of(variable, self.rates, 1.0)
                        variable.assign(variable - variable * keras.ops.cast(rate * decay, variable.dtype))

            def update_step(self, gradient, variable, learning_rate):
                decay = self._of(variable, self.decays, {})
                if "l1" in decay:
                    gradient = gradient + decay["l1"] * keras.ops.sign(variable)
                if "l2" in decay:
                    gradient = gradient + decay["l2"] * variable
                super().update_step(gradient, variable, learning_rate * self._of(variable, self.rates, 1.0))

            def get_config(self):
                own = {"rates": self.rates, "decays": self.decays}
                return {**super().get_config(), **own, "weight_decays": self.weight_decays, "frozen": self.frozen}


        """;

    private static final String INVERSE = """
        class InverseDecay(keras.optimizers.schedules.LearningRateSchedule):
            \"""The rate times (1 + gamma * step) ** -power.\"""

            def __init__(self, initial_learning_rate, gamma, power):
                self.initial_learning_rate = initial_learning_rate
                self.gamma = gamma
                self.power = power

            def __call__(self, step):
                step = keras.ops.cast(step, keras.config.floatx())
                return self.initial_learning_rate * (1.0 + self.gamma * step) ** -self.power

            def get_config(self):
                return {
                    "initial_learning_rate": self.initial_learning_rate,
                    "gamma": self.gamma,
                    "power": self.power,
                }


        """;

    private static final String SIGMOID = """
        class SigmoidDecay(keras.optimizers.schedules.LearningRateSchedule):
            \"""The rate over 1 + exp(-gamma * (step - center)).\"""

            def __init__(self, initial_learning_rate, gamma, center):
                self.initial_learning_rate = initial_learning_rate
                self.gamma = gamma
                self.center = center

            def __call__(self, step):
                step = keras.ops.cast(step, keras.config.floatx())
                return self.initial_learning_rate / (1.0 + keras.ops.exp(-self.gamma * (step - self.center)))

            def get_config(self):
                return {
                    "initial_learning_rate": self.initial_learning_rate,
                    "gamma": self.gamma,
                    "center": self.center,
                }


        """;

    private static final String REGISTERED = "@keras.saving.register_keras_serializable()\n";

    private KerasPythonClasses() {}

    /** What the optimizer is called. */
    static String name(KerasConfiguration configuration) {
        String className = configuration.optimizer().className();
        if (configuration.rule().isPresent()) {
            return KerasRules.className(className);
        }
        return configuration.subclass().isEmpty() ? className : PER_VARIABLE + className;
    }

    /**
     * What a definition of a program is, if it is one of these.
     *
     * @param text all of it, with its decorator
     * @return its name, which begins with {@link #OURS}, and continues like those of Keras
     */
    public static Optional<String> named(String text) {
        if (isText(text, INVERSE)) {
            return Optional.of(SCHEDULES + KerasScheduleWriter.INVERSE);
        }
        if (isText(text, SIGMOID)) {
            return Optional.of(SCHEDULES + KerasScheduleWriter.SIGMOID);
        }
        Matcher head = HEAD.matcher(text);
        return head.find() && isText(text, perVariable(head.group(1)))
                ? Optional.of(OPTIMIZERS + PER_VARIABLE + head.group(1))
                : Optional.empty();
    }

    private static boolean isText(String text, String ours) {
        return text.strip().equals((REGISTERED + ours).strip());
    }

    private static String perVariable(String className) {
        return OPTIMIZER.formatted(PER_VARIABLE + className, className);
    }

    /** Whether a Python text has the class that asks a library's rule, which the reader of programs does not know. */
    public static boolean hasRule(String text) {
        return text.contains("\nclass " + KerasRules.className(""));
    }

    /** The definitions that the optimizer and its schedule need; empty where Keras has them. */
    static String definitions(KerasConfiguration configuration) {
        StringBuilder classes = new StringBuilder();
        Instance optimizer = configuration.optimizer();
        if (optimizer.arguments().get("learning_rate") instanceof Instance schedule) {
            if (schedule.className().equals(KerasScheduleWriter.INVERSE)) {
                classes.append(REGISTERED).append(INVERSE);
            } else if (schedule.className().equals(KerasScheduleWriter.SIGMOID)) {
                classes.append(REGISTERED).append(SIGMOID);
            }
        }
        configuration
                .rule()
                .ifPresent(
                        rule -> classes.append(REGISTERED).append(KerasRules.definition(rule, optimizer.className())));
        if (!configuration.subclass().isEmpty()) {
            classes.append(REGISTERED).append(perVariable(optimizer.className()));
        }
        return classes.isEmpty() ? "" : "\n" + classes;
    }
}

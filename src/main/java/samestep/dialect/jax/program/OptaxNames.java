package samestep.dialect.jax.program;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.dialect.jax.own.OwnTransform;
import samestep.dialect.jax.value.Signatures;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/** Which of Optax' functions a call is of. */
final class OptaxNames {
    private static final String OPTAX = "optax.";
    private static final Pattern MODULES = Pattern.compile("^(?:_src\\.\\w+\\.|transforms\\.|schedules\\.)");
    /** What makes a transformation of the program's own functions. */
    private static final Pattern OWN = Pattern.compile("(?:stateless\\w*|GradientTransformation\\w*)");
    /** Optax' own optimizers that are not read: noise is not repeatable, and a line search asks the loss. */
    private static final Set<String> NOT_READ = Set.of(
            "noisy_sgd",
            "lbfgs",
            "polyak_sgd",
            "fromage",
            "optimistic_gradient_descent",
            "optimistic_adam",
            "lookahead",
            "dpsgd");

    private OptaxNames() {}

    /** The function's name, without the modules that it is also found in; empty for another library's. */
    static Optional<String> of(RecordedCall call) {
        Optional<Value.Library> factory = hyperparameters(call);
        String name = factory.map(Value.Library::name).orElseGet(call::name);
        Optional<String> own = OwnTransform.called(name);
        if (own.isPresent()) {
            return own;
        }
        if (!name.startsWith(OPTAX) || name.contains("(")) {
            return Optional.empty();
        }
        return Optional.of(MODULES.matcher(name.substring(OPTAX.length())).replaceFirst(""));
    }

    /** What {@code inject_hyperparams(optax.adamw)} was given, where the call is of what that gave. */
    private static Optional<Value.Library> hyperparameters(RecordedCall call) {
        boolean isFactory = call.callee() instanceof Value.Made made
                && made.call().name().endsWith("inject_hyperparams")
                && made.call().name().startsWith(OPTAX);
        return isFactory
                ? ((Value.Made) call.callee())
                        .call()
                        .argument("inner_factory", 0)
                        .map(RecordedCall.Argument::value)
                        .filter(Value.Library.class::isInstance)
                        .map(Value.Library.class::cast)
                : Optional.empty();
    }

    /** Whether a call makes a transformation, or is of something that is likely to make one. */
    static boolean isTransform(RecordedCall call) {
        return of(call).filter(name -> !name.equals("inject_hyperparams"))
                .filter(name -> Signatures.transform(name).isPresent()
                        || name.startsWith("contrib.")
                        || name.startsWith("scale_by")
                        || OWN.matcher(name).matches()
                        || NOT_READ.contains(name))
                .isPresent();
    }

    /** Whether a call makes a schedule. */
    static boolean isSchedule(RecordedCall call) {
        return of(call).filter(name -> Signatures.schedule(name).isPresent()).isPresent();
    }

    /** The transformation whose own method returns it again; any other value itself. */
    static Value behind(Value value) {
        boolean isAgain = value instanceof Value.Made made
                && made.call().lastName().equals("gradient_transformation")
                && made.call().owner().isPresent();
        return isAgain ? behind(((Value.Made) value).call().owner().orElseThrow()) : value;
    }
}

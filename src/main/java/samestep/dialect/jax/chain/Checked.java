package samestep.dialect.jax.chain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.dialect.jax.value.Signatures;
import samestep.dialect.jax.value.Signatures.Parameter;
import samestep.finding.Code;
import samestep.finding.Finding;

/** Whether the arguments of a transformation are numbers where they must be. */
record Checked(OptaxCall step, List<Finding> findings) {
    /** What may be a schedule too. */
    private static final Set<String> RATES = Set.of("learning_rate", "step_size", "step_size_fn", "weight_decay");

    private static final Set<String> NUMBERS = Set.of("decay", "max_delta", "max_norm", "threshold");
    /** Below it Optax' rectification is the root of a negative number: NaN in some updates. */
    private static final BigDecimal LEAST_THRESHOLD = BigDecimal.valueOf(4);

    private static final Set<String> OTHERS = Set.of("mask", "inner", "mode");

    /** The first that is not known. */
    Optional<Finding> check() {
        for (Parameter parameter :
                Signatures.transform(step.name()).orElseThrow().parameters()) {
            Argument argument = step.named().getOrDefault(parameter.name(), new Argument.Nothing());
            Optional<Finding> finding = check(parameter, argument);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> check(Parameter parameter, Argument argument) {
        String name = parameter.name() + " of optax." + step.name();
        if (OTHERS.contains(parameter.name()) || Signatures.PRECISION.contains(parameter.name())) {
            return Optional.empty();
        }
        if (argument instanceof Argument.Unknown unknown) {
            return Optional.of(Finding.at(unknown.place(), Code.SS010, name + " is not known: " + unknown.why()));
        }
        boolean isLow = step.name().equals("scale_by_radam")
                && parameter.name().equals("threshold")
                && argument.number()
                        .filter(n -> n.decimal().compareTo(LEAST_THRESHOLD) < 0)
                        .isPresent();
        if (isLow) {
            return Optional.of(Finding.at(
                    step.place(),
                    Code.SS010,
                    name + " is below 4: Optax then takes the root of a negative number, and weights become NaN"));
        }
        boolean isRate = RATES.contains(parameter.name()) && step.name().indexOf("novograd") < 0;
        boolean isSchedule = argument instanceof Argument.Curve
                || argument instanceof Argument.Given given
                        && Signatures.schedule(given.call().name()).isPresent();
        if (isRate && (isSchedule || argument instanceof Argument.Nothing)) {
            return Optional.empty();
        }
        boolean mustBeNumber = isRate
                || NUMBERS.contains(parameter.name())
                || !parameter.otherwise().isEmpty()
                        && !Character.isLetter(parameter.otherwise().charAt(0));
        boolean isRight = !mustBeNumber || argument.number().isPresent();
        boolean mustBeFlag =
                parameter.otherwise().equals("True") || parameter.otherwise().equals("False");
        boolean isFlag = !mustBeFlag
                || argument instanceof Argument.Flag
                || argument.number().isPresent();
        return isRight && isFlag
                ? Optional.empty()
                : Optional.of(Finding.at(
                        step.place(),
                        Code.SS010,
                        name
                                + (isSchedule
                                        ? " changes with the update, which cannot be read yet"
                                        : " is not a number")));
    }
}

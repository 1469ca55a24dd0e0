package samestep.dialect.jax.schedule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;

/** The numbers of a schedule's call; one that is not known is a finding, and 1 stands for it. */
final class Numbers {
    private final OptaxCall call;
    private final List<Finding> findings;
    private boolean isKnown = true;

    Numbers(OptaxCall call, List<Finding> findings) {
        this.call = call;
        this.findings = findings;
    }

    boolean areKnown() {
        return isKnown;
    }

    Quantity number(String name) {
        return given(name).orElseGet(() -> {
            Argument argument = call.named().get(name);
            String why = argument instanceof Argument.Unknown unknown ? ": " + unknown.why() : "";
            if (isKnown) {
                findings.add(Finding.at(
                        argument instanceof Argument.Unknown unknown ? unknown.place() : call.place(),
                        Code.SS010,
                        name + " of optax." + call.name() + " is not known" + why));
            }
            isKnown = false;
            return Quantity.byDefault("1", "nothing that is known");
        });
    }

    /** The same, for what is always there. */
    Quantity quantity(String name) {
        return number(name);
    }

    /** Empty for None, and for what is not a number. */
    Optional<Quantity> given(String name) {
        return call.get(name).flatMap(Argument::number);
    }

    long whole(String name) {
        Quantity number = number(name);
        return asWhole(number.decimal().toPlainString()).orElseGet(() -> {
            unknown(name + " of optax." + call.name() + " is not a whole number");
            return 1L;
        });
    }

    static Optional<Long> asWhole(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            return value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(new BigDecimal("1e15")) < 0
                    ? Optional.of(value.longValueExact())
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean isOn(String name) {
        Argument argument = call.named().get(name);
        if (argument instanceof Argument.Flag flag) {
            return flag.on();
        }
        return !number(name).isZero();
    }

    void unknown(String why) {
        say(Code.SS010, why);
    }

    void refused(String why) {
        say(Code.SS004, why);
    }

    private void say(Code code, String why) {
        if (isKnown) {
            findings.add(Finding.at(call.place(), code, why));
        }
        isKnown = false;
    }
}

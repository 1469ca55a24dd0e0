package samestep.dialect.pytorch.object;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;

/** What each parameter's rate and decay are in a configuration, for forms that can say less than groups can. */
public final class GroupSummary {
    private static final String DECAY = "weight_decay";

    private final PytorchConfiguration configuration;
    private final Set<ParameterName> names;

    public GroupSummary(PytorchConfiguration configuration) {
        this.configuration = configuration;
        this.names = new LinkedHashSet<>(ParameterNames.all(configuration));
        configuration.frozen().forEach(names::remove);
    }

    private Quantity value(ParameterName name, String argument) {
        PytorchObject optimizer = configuration.groups().stream()
                .filter(group -> group.members().have(name))
                .findFirst()
                .map(group -> configuration.optimizer().with(group.arguments()))
                .orElse(configuration.optimizer());
        return optimizer
                .number(argument)
                .orElseGet(() -> Quantity.byDefault(
                        PytorchDefaults.of(optimizer.classPath())
                                .map(known -> known.values().getOrDefault(argument, "0"))
                                .orElse("0"),
                        "PyTorch's default of " + argument));
    }

    /** The decay of the first parameter of a role; empty where there is none. */
    public Optional<Quantity> decay(Role role) {
        return names.stream().filter(name -> name.role() == role).findFirst().map(name -> value(name, DECAY));
    }

    /** The decay of what is decayed everywhere: kernels, or whatever there is. */
    public Quantity mainDecay() {
        return decay(Role.KERNEL)
                .orElseGet(() -> names.stream()
                        .findFirst()
                        .map(name -> value(name, DECAY))
                        .orElse(Quantity.byDefault("0", "")));
    }

    /** What the rate of the first parameter of a role is of the optimizer's; 1 where there is none. */
    public BigDecimal multiplier(Role role) {
        return names.stream()
                .filter(name -> name.role() == role)
                .findFirst()
                .map(this::multiplier)
                .orElse(BigDecimal.ONE);
    }

    private BigDecimal multiplier(ParameterName name) {
        Quantity own = value(name, "lr");
        Quantity base = configuration.optimizer().number("lr").orElse(own);
        return base.isZero() ? BigDecimal.ONE : own.decimal().divide(base.decimal(), MathContext.DECIMAL64);
    }

    /**
     * Findings for every parameter whose rate or decay a form says otherwise.
     *
     * @param form what cannot say it, for messages
     * @param decays what it says instead
     * @param multipliers what it says instead of a rate, as a multiple of the optimizer's
     */
    public void report(
            String form,
            Function<Role, BigDecimal> decays,
            Function<Role, BigDecimal> multipliers,
            List<Finding> findings) {
        Map<String, Integer> decayed = new LinkedHashMap<>();
        Map<String, Integer> rated = new LinkedHashMap<>();
        for (ParameterName name : names) {
            Quantity decay = value(name, DECAY);
            BigDecimal said = decays.apply(name.role());
            if (decay.decimal().compareTo(said) != 0) {
                String words = name.role().word(2) + " decay by " + decay.written() + " and not by "
                        + said.stripTrailingZeros().toPlainString();
                decayed.merge(words, 1, Integer::sum);
            }
            BigDecimal multiplier = multiplier(name);
            if (multiplier.compareTo(multipliers.apply(name.role())) != 0) {
                String words = name.role().word(2) + " have a rate of their own, "
                        + multiplier.stripTrailingZeros().toPlainString() + " times the optimizer's";
                rated.merge(words, 1, Integer::sum);
            }
        }
        decayed.forEach((words, count) -> findings.add(
                Finding.of(Code.SS141, form + " cannot say that " + words).detail("Exact form: --as python.")));
        rated.forEach((words, count) -> findings.add(
                Finding.of(Code.SS341, form + " cannot say that " + words).detail("Exact form: --as python.")));
    }

    /** The configuration as one group, for forms that have none. */
    public PytorchConfiguration asOne(String form, List<Finding> findings) {
        Quantity main = mainDecay();
        report(form, role -> main.decimal(), role -> BigDecimal.ONE, findings);
        boolean silent = main.isZero() && !configuration.optimizer().className().equals("AdamW");
        PytorchObject optimizer =
                silent ? configuration.optimizer() : configuration.optimizer().with(DECAY, new Num(main));
        return configuration.with(optimizer).withGroups(List.of());
    }
}

package samestep.dialect.tensorflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import samestep.dialect.ParameterList;
import samestep.dialect.write.HeldRate;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Stage;

/** The one learning rate of a recipe, for documents that give every parameter the same: that of its kernels. */
public final class CommonRate {
    private final Recipe recipe;

    public CommonRate(Recipe recipe) {
        this.recipe = recipe;
    }

    /** The parameter whose rate it is; empty where nothing is trained. */
    public Optional<Parameter> parameter() {
        // Other rates cannot be multiples of a rate of 0.
        List<Parameter> learning = recipe.trained().stream()
                .filter(p -> !p.rateMultiplier().isZero())
                .toList();
        return learning.stream()
                .filter(p -> p.name().role() == Role.KERNEL)
                .findFirst()
                .or(() -> learning.stream().findFirst())
                .or(() -> recipe.trained().stream().findFirst());
    }

    /** What the schedule is multiplied by for it. */
    Quantity multiplier() {
        return parameter().map(Parameter::rateMultiplier).orElse(Quantity.byDefault("1", "no multiplier"));
    }

    /** The schedule in updates, with the multiplier in it; for a verbatim copy, the schedule as it is written. */
    public Optional<ScheduleForm> form(boolean verbatim) {
        Optional<ScheduleForm> form = verbatim
                ? Optional.of(recipe.schedule().form())
                : recipe.schedule().formInUpdates();
        Quantity multiplier = multiplier();
        return form.map(f -> multiplier.isOne() ? f : ScheduleForms.scaled(f, multiplier.value()));
    }

    /** The rate that is written as a constant where there is no schedule like this one, before the multiplier. */
    public HeldRate held() {
        return HeldRate.of(recipe.schedule());
    }

    /** That rate with the multiplier that all parameters have. */
    public Expression heldRate() {
        return held().expression().times(multiplier().value());
    }

    /**
     * Parameters with another rate, and such as are not trained.
     *
     * @param who has one rate for all
     * @param said whose other rate is reported nevertheless
     */
    public List<Finding> others(String who, Predicate<Parameter> said) {
        List<Finding> findings = new ArrayList<>();
        BigDecimal common = multiplier().decimal();
        List<Parameter> others = recipe.trained().stream()
                .filter(p -> p.rateMultiplier().decimal().compareTo(common) != 0 && !said.test(p))
                .toList();
        if (!others.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS301,
                            who + " has one rate for all: the multipliers of " + ParameterList.count(others)
                                    + " cannot be said")
                    .at(others.get(0)
                            .rateMultiplier()
                            .place()
                            .or(() -> others.get(0).place()))
                    .labelled(ParameterList.others(others)));
        }
        List<Parameter> frozen = recipe.parameters().stream()
                .filter(p -> p.frozen() && p.name().role() != Role.STATISTICS)
                .toList();
        if (!frozen.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS301,
                            who + " cannot say that " + ParameterList.count(frozen)
                                    + " are not trained: the names of variables decide there")
                    .at(frozen.get(0).place())
                    .labelled(ParameterList.others(frozen)));
        }
        return findings;
    }

    /** What no document of TensorFlow holds: accumulation, penalties on outputs, a loss with a factor of its own. */
    public List<Finding> beside(String who) {
        List<Finding> findings = new ArrayList<>();
        if (recipe.microSteps() > 1) {
            findings.add(Finding.of(
                            Code.SS512,
                            who + " has no accumulation: " + recipe.microSteps()
                                    + " batches to an update are one batch there")
                    .detail("One batch as large as these together has the same gradient, but for batch"
                            + " normalisation. "
                            + recipe.samplesPerUpdate()
                                    .map(samples -> "Written: "
                                            + samples.decimal()
                                                    .stripTrailingZeros()
                                                    .toPlainString() + " samples.")
                                    .orElse("No batch is written: the source says none.")));
        }
        if (!recipe.activityPenalties().isEmpty()) {
            findings.add(Finding.of(
                    Code.SS103,
                    who + " has no penalty on a layer's output; " + recipe.possessive() + " is not written"));
        }
        parameter().stream()
                .flatMap(p -> p.stages(Stage.LossScale.class).stream())
                .forEach(scale -> findings.add(Finding.of(
                                Code.SS902,
                                recipe.possessive() + " loss has a factor of its own; " + who
                                        + " has such in the model's losses, which are not written")
                        .at(scale.weight().place())));
        return findings;
    }
}

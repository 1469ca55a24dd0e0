package samestep.check.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;

/** The argument {@code decay} of old Keras optimizers, which is one of the learning rate, with a weight decay's number. */
final class RateDecayLikeWeightDecay extends RecipeRule {
    private static final String FIELD = "decay";
    private static final List<BigDecimal> USUAL = List.of(
            new BigDecimal("5e-4"),
            new BigDecimal("1e-4"),
            new BigDecimal("5e-5"),
            new BigDecimal("2e-4"),
            new BigDecimal("4e-5"));

    @Override
    public Code code() {
        return Code.SS605;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        boolean none = recipe.parameters().stream().allMatch(p -> Decays.all(p).isEmpty());
        Optional<Quantity> decay = recipe.schedule().values().stream()
                .filter(value -> value.field().equals(FIELD))
                .map(Schedule.NamedValue::value)
                .filter(value -> USUAL.stream().anyMatch(usual -> isAbout(value.decimal(), usual)))
                .findFirst();
        return none && decay.isPresent() ? List.of(finding(decay.get(), subject)) : List.of();
    }

    /** Single precision may have left its mark on it. */
    private static boolean isAbout(BigDecimal value, BigDecimal usual) {
        return value.floatValue() == usual.floatValue();
    }

    private static Finding finding(Quantity decay, Subject subject) {
        BigDecimal half = BigDecimal.ONE.divide(decay.decimal(), 0, RoundingMode.HALF_EVEN);
        return Finding.of(
                        Code.SS605,
                        "decay " + Decays.written(decay)
                                + " is not a weight decay: no weight is decayed, and the learning rate is halved after "
                                + half.toPlainString() + " updates")
                .at(decay.place().or(() -> Optional.of(samestep.finding.Place.start(subject.source()))))
                .detail("If a weight decay was meant, give the layers a regularizer; Caffe's " + Decays.written(decay)
                        + " is L2 with half of it.");
    }
}

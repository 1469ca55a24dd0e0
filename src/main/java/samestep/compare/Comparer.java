package samestep.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import samestep.compare.Comparison.Cause;
import samestep.compare.Comparison.Group;
import samestep.equation.Exact;
import samestep.equation.Expression;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/** Compares two recipes: proof first, then, where it fails, the smallest change that makes it hold. */
public final class Comparer {
    private final Recipe source;
    private final Recipe target;

    private Comparer(Recipe source, Recipe target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Says the target's rates in the source's unit: a schedule that is the source's times a number, and multipliers
     * that are smaller by it, are the same rates.
     */
    private static Recipe inUnitOf(Recipe source, Recipe target) {
        if (ScheduleComparison.of(source.schedule(), target.schedule())
                .verdict()
                .isProven()) {
            return target;
        }
        try {
            BigDecimal ours = source.schedule().rateAtStart();
            BigDecimal theirs = target.schedule().rateAtStart();
            Expression ratio = Expression.literal(theirs.divide(ours, Exact.DIGITS));
            Schedule scaled = target.schedule().over(ratio);
            boolean proportional =
                    ScheduleComparison.of(source.schedule(), scaled).verdict().isProven();
            return proportional ? target.withRates(scaled, ratio) : target;
        } catch (ArithmeticException e) {
            // No rate to compare with at the start.
            return target;
        }
    }

    /** Compares; the drift is measured where the two are not proven to be the same. */
    public static Comparison compare(Recipe source, Recipe target) {
        Comparison comparison = new Comparer(source, inUnitOf(source, target)).compare();
        return comparison.isProven() ? comparison : comparison.withDrift(Drift.measure(source, target));
    }

    private Comparison compare() {
        List<List<Pair>> classes = Pair.classes(source, target);
        List<Pair> first = classes.stream().map(c -> c.get(0)).toList();
        Proof proof = proof(first);
        List<List<GradientStream>> differences = proof.differences(GradientStream.ALL);
        Optional<String> reservation = proof.reservation();
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            List<Parameter> parameters =
                    classes.get(i).stream().map(Pair::source).toList();
            groups.add(
                    differences.get(i).isEmpty()
                            ? new Group(parameters, with(reservation, Verdict.EXACT), Optional.empty())
                            : different(parameters, first, i, differences.get(i), reservation));
        }
        return new Comparison(
                groups,
                Pair.alone(source, target),
                ScheduleComparison.of(source.schedule(), target.schedule()),
                OptionalDouble.empty());
    }

    /** What the streams do not prove is no verdict of a proof. */
    private static Verdict with(Optional<String> reservation, Verdict proven) {
        String condition = proven.condition().isEmpty() ? "" : proven.condition() + "; ";
        return reservation
                .map(words -> new Verdict(Verdict.Kind.NOT_REFUTED, condition + words))
                .orElse(proven);
    }

    private Proof proof(List<Pair> pairs) {
        return new Proof(pairs, source.microSteps(), target.microSteps());
    }

    /** Tries, one at a time, what might make the class the same. */
    private Group different(
            List<Parameter> parameters,
            List<Pair> all,
            int index,
            List<GradientStream> failed,
            Optional<String> reservation) {
        if (failed.stream().allMatch(GradientStream::directed)) {
            String except =
                    String.join("; ", failed.stream().map(GradientStream::name).toList());
            Verdict verdict = new Verdict(Verdict.Kind.EXACT_WHILE, "not: " + except);
            return new Group(parameters, with(reservation, verdict), Optional.of(Cause.UPDATE));
        }
        List<Pair> equalRates = all.stream().map(Pair::withEqualRates).toList();
        if (proofThat(equalRates, index, GradientStream.ALL).isPresent()) {
            Verdict verdict = new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, "another learning rate");
            return new Group(parameters, verdict, Optional.of(Cause.RATE));
        }
        if (clipsToZero(parameters)) {
            Verdict verdict = new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, "a clip threshold of 0");
            return new Group(parameters, verdict, Optional.of(Cause.CLIPPING));
        }
        List<Pair> unclipped =
                all.stream().map(p -> p.without(Stage.Clip.class)).toList();
        Optional<Proof> unclippedProof = proofThat(unclipped, index, GradientStream.ALL);
        if (unclippedProof.isPresent()) {
            Verdict verdict = new Verdict(Verdict.Kind.EXACT_WHILE, "no gradient is clipped");
            return new Group(
                    parameters, with(unclippedProof.get().reservation(), verdict), Optional.of(Cause.CLIPPING));
        }
        List<GradientStream> constant = GradientStream.ALL.stream()
                .map(GradientStream::withConstantRate)
                .toList();
        Optional<Proof> constantProof = proofThat(all, index, constant);
        if (constantProof.isPresent()) {
            boolean met = source.schedule().form() instanceof ScheduleForm.Constant;
            Verdict verdict = new Verdict(
                    met ? Verdict.Kind.EXACT_WHILE_MET : Verdict.Kind.EXACT_WHILE, "the learning rate is constant");
            return new Group(parameters, with(constantProof.get().reservation(), verdict), Optional.of(Cause.UPDATE));
        }
        Verdict verdict = new Verdict(Verdict.Kind.INEXACT, "");
        return new Group(parameters, verdict, Optional.of(Cause.UPDATE));
    }

    private static boolean clipsToZero(List<Parameter> parameters) {
        return parameters.get(0).stages(Stage.Clip.class).stream()
                .anyMatch(clip -> clip.threshold().isZero());
    }

    /** The proof, if the class is the same on all streams. */
    private Optional<Proof> proofThat(List<Pair> pairs, int index, List<GradientStream> streams) {
        Proof proof = proof(pairs);
        boolean same = proof.differences(streams).get(index).isEmpty();
        return same ? Optional.of(proof) : Optional.empty();
    }
}

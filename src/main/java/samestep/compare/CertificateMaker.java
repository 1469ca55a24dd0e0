package samestep.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.compare.certificate.Certificate;
import samestep.compare.induction.Certifier;
import samestep.compare.induction.Question;
import samestep.compare.induction.RateKind;
import samestep.compare.measure.BatchSums;
import samestep.compare.proof.Pair;
import samestep.compare.proof.Partners;
import samestep.compare.proof.Proof;
import samestep.compare.proof.ScheduleComparison;
import samestep.compare.proof.Verdict;
import samestep.compare.trait.RateInOptimizer;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/** Makes the certificate of a comparison, where induction proves its verdict. */
public final class CertificateMaker {
    private final Recipe source;
    private final Recipe target;
    private final Partners partners;

    private record Sides(Recipe source, Recipe target) {}

    private CertificateMaker(Recipe source, Recipe target, Partners partners) {
        this.source = source;
        this.target = target;
        this.partners = partners;
    }

    /**
     * The certificate.
     *
     * @param first what the source is called
     * @param second what the target is called
     * @param comparison what came of comparing them
     * @return no value, and why, where the update is not exact, the rates are not proven to be the same, or induction does
     *     not prove it
     */
    public static Outcome<Certificate> of(
            String first, Recipe source, String second, Recipe target, Partners partners, Comparison comparison) {
        Optional<String> not = notExact(comparison);
        return not.isPresent()
                ? failed(not.get())
                : new CertificateMaker(source, target, partners).make(first, second, comparison);
    }

    private static Outcome<Certificate> failed(String why) {
        return Outcome.failed(Finding.of(Code.SS010, "no certificate: " + why));
    }

    private static Optional<String> notExact(Comparison comparison) {
        if (!comparison.schedule().verdict().isProven()) {
            return Optional.of("the learning rates are not proven to be the same");
        }
        if (!comparison.alone().isEmpty() || !comparison.aloneInTarget().isEmpty()) {
            return Optional.of("a parameter has no partner");
        }
        if (comparison.groups().isEmpty()) {
            return Optional.of("nothing is trained");
        }
        return comparison.groups().stream()
                .filter(group -> !isExact(group.verdict()))
                .findFirst()
                .map(group -> group.parameters().get(0).name() + " is "
                        + group.verdict().kind().words());
    }

    private static boolean isExact(Verdict verdict) {
        return switch (verdict.kind()) {
            case EXACT, EXACT_WHILE_MET, EXACT_WHILE -> true;
            case NOT_REFUTED, BOUNDED, INEXACT, NOT_EXPRESSIBLE -> false;
        };
    }

    private Outcome<Certificate> make(String first, String second, Comparison comparison) {
        if (source.microSteps() != target.microSteps()) {
            return failed("the two sides accumulate other numbers of gradients");
        }
        String why = "";
        for (RateKind rate : rates(comparison)) {
            for (Sides sides : sides()) {
                List<List<Pair>> classes = Pair.classes(sides.source, sides.target, partners);
                List<Pair> pairs = Pair.representatives(classes);
                if (!pairs.stream()
                        .allMatch(p -> p.source().isKnown() && p.target().isKnown())) {
                    return failed("something is done whose equations are not known");
                }
                Certifier.Result proof = Certifier.prove(question(pairs, rate));
                if (proof.theorem().isPresent() && proof.evidence().isPresent()) {
                    return Outcome.of(
                            new Certificate(
                                    first,
                                    second,
                                    names(classes, pairs),
                                    proof.theorem().get(),
                                    proof.evidence().get()),
                            List.of());
                }
                why = proof.why();
            }
        }
        return failed(why);
    }

    /** What may be assumed of the learning rate, the least first. */
    private List<RateKind> rates(Comparison comparison) {
        if (comparison.groups().stream().allMatch(group -> group.verdict().kind() == Verdict.Kind.EXACT)) {
            return List.of(new RateKind.Moving());
        }
        List<RateKind> rates = new ArrayList<>(List.of(new RateKind.Constant()));
        if (ScheduleComparison.isConstant(source.schedule()) && ScheduleComparison.isConstant(target.schedule())) {
            rates.add(new RateKind.Fixed(source.schedule().rateAtStart()));
        }
        return rates;
    }

    /** As they are written, and with the rates that an optimizer has of its own moved into the schedule. */
    private List<Sides> sides() {
        Recipe here = BatchSums.against(target, source);
        Recipe there = BatchSums.against(source, target);
        Recipe left = RateInOptimizer.inSchedule(here);
        Recipe right = RateInOptimizer.inSchedule(there);
        return Stream.of(
                        new Sides(here, Comparer.inUnitOf(here, there)),
                        new Sides(left, Comparer.inUnitOf(left, right)))
                .distinct()
                .toList();
    }

    private Question question(List<Pair> pairs, RateKind rate) {
        return new Question(
                pairs.stream().map(Pair::source).toList(),
                pairs.stream().map(Pair::target).toList(),
                source.microSteps(),
                rate,
                Proof.BATCH,
                Proof.OUTPUTS);
    }

    /** A class is named at its first tensor; a second one of it stands for others of the same class. */
    private static List<List<String>> names(List<List<Pair>> classes, List<Pair> pairs) {
        List<List<String>> names = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            List<Parameter> parameters = i < classes.size()
                    ? classes.get(i).stream().map(Pair::source).toList()
                    : List.of(pairs.get(i).source());
            names.add(parameters.stream().map(p -> p.name().toString()).toList());
        }
        return names;
    }
}

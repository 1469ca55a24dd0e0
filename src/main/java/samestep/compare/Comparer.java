package samestep.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import samestep.compare.Comparison.Cause;
import samestep.compare.Comparison.Group;
import samestep.compare.bound.Bounds;
import samestep.compare.bound.Drift;
import samestep.compare.induction.Induction;
import samestep.compare.induction.Question;
import samestep.compare.induction.RateKind;
import samestep.compare.measure.BatchSums;
import samestep.compare.proof.Bound;
import samestep.compare.proof.GradientStream;
import samestep.compare.proof.Pair;
import samestep.compare.proof.Partners;
import samestep.compare.proof.Proof;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.ScheduleComparison;
import samestep.compare.proof.Verdict;
import samestep.compare.trait.RateInOptimizer;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.ActivityPenalty;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/** Compares two recipes: proof first, then, where it fails, the smallest change that makes it hold. */
public final class Comparer {
    private final Recipe source;
    private final Recipe target;

    private final Partners partners;
    private final ProofMemory memory;

    private Comparer(Recipe source, Recipe target, Partners partners, ProofMemory memory) {
        this.source = source;
        this.target = target;
        this.partners = partners;
        this.memory = memory;
    }

    /**
     * Says the target's rates in the source's unit: a schedule that is the source's times a number, and multipliers
     * that are smaller by it, are the same rates.
     */
    static Recipe inUnitOf(Recipe source, Recipe target) {
        if (ScheduleComparison.of(source.schedule(), target.schedule())
                .verdict()
                .isProven()) {
            return target;
        }
        try {
            BigDecimal ours = source.schedule().rateAtStart();
            BigDecimal theirs = target.schedule().rateAtStart();
            boolean still =
                    source.trained().stream().allMatch(p -> p.rateMultiplier().isZero());
            if (theirs.signum() == 0 && still && ScheduleComparison.isConstant(target.schedule())) {
                // Nothing learns at a rate of 0, whatever it is a multiple of.
                return target.withRates(source.schedule(), Expression.literal(0));
            }
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

    /**
     * The target in the source's unit, as {@link #inUnitOf}, where that says something: where the multipliers take back
     * the factor for a parameter that learns, or where the factor is all that makes the two differ. Elsewhere the rates
     * are not the same, and a schedule that is called the same would say that they are.
     */
    static Recipe inSharedUnit(Recipe source, Recipe target, Partners partners, ProofMemory memory) {
        Recipe scaled = inUnitOf(source, target);
        if (scaled == target || source.trained().stream().allMatch(Comparer::isStill)) {
            return scaled;
        }
        Comparison comparison = new Comparer(source, scaled, partners, memory).compare();
        return comparison.isAtAnotherRate()
                        || comparison.groups().stream().anyMatch(Comparer::learnsAlike)
                        || Pair.representatives(Pair.classes(source, scaled, partners)).stream()
                                .anyMatch(Comparer::isAtOneRate)
                ? scaled
                : target;
    }

    private static boolean learnsAlike(Group group) {
        return group.parameters().stream().noneMatch(Comparer::isStill)
                && switch (group.verdict().kind()) {
                    case INEXACT, NOT_EXPRESSIBLE -> false;
                    default -> true;
                };
    }

    private static boolean isAtOneRate(Pair pair) {
        return !isStill(pair.source())
                && pair.source()
                                .rateMultiplier()
                                .decimal()
                                .compareTo(pair.target().rateMultiplier().decimal())
                        == 0;
    }

    private static boolean isStill(Parameter parameter) {
        return parameter.frozen() || parameter.rateMultiplier().isZero();
    }

    /** Compares; the drift is measured where the two are not proven to be the same. */
    public static Comparison compare(Recipe source, Recipe target) {
        return compare(source, target, Partners.byName(), new ProofMemory());
    }

    /**
     * Compares.
     *
     * @param partners which parameters belong together
     * @param memory of proofs that were made already, and of those made now
     */
    public static Comparison compare(Recipe source, Recipe target, Partners partners, ProofMemory memory) {
        Comparison comparison = judge(source, target, partners, memory);
        return comparison.isProven()
                ? comparison
                : comparison.withDrift(Drift.measure(source, partners.renamed(target), memory));
    }

    /** Compares without measuring anything. */
    public static Comparison judge(Recipe source, Recipe target, Partners partners, ProofMemory memory) {
        Recipe here = BatchSums.against(target, source);
        Recipe there = BatchSums.against(source, target);
        Comparison asWritten =
                new Comparer(here, inSharedUnit(here, there, partners, memory), partners, memory).compare();
        Recipe left = asWritten.isProven() ? here : RateInOptimizer.inSchedule(here);
        Recipe right = asWritten.isProven() ? there : RateInOptimizer.inSchedule(there);
        if (left.equals(here) && right.equals(there)) {
            return asWritten;
        }
        Comparison moved = new Comparer(left, inUnitOf(left, right), partners, memory).compare();
        return moved.isProven() ? moved : asWritten;
    }

    private Comparison compare() {
        List<List<Pair>> classes = Pair.classes(source, target, partners);
        List<Pair> first = Pair.representatives(classes);
        ProofMemory.Answer proof =
                isOneRecipe(classes) ? ProofMemory.Answer.ofTheSame(classes.size()) : proof(first, GradientStream.ALL);
        List<List<GradientStream>> differences = proof.differences();
        Optional<String> reservation = proof.reservation();
        List<Group> groups = new ArrayList<>();
        Attempts attempts = new Attempts(first);
        boolean sameOutputs = activityPenalties(source, Partners.byName()).equals(activityPenalties(target, partners));
        for (int i = 0; i < classes.size(); i++) {
            List<Parameter> parameters =
                    classes.get(i).stream().map(Pair::source).toList();
            Optional<String> beyond =
                    sameOutputs ? unknown(classes.get(i).get(0)) : Optional.of("a penalty on a layer's output");
            if (beyond.isPresent()) {
                Verdict verdict = new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, beyond.get());
                groups.add(new Group(parameters, verdict, Optional.of(Cause.UPDATE)));
                continue;
            }
            groups.add(
                    differences.get(i).isEmpty()
                            ? new Group(parameters, with(reservation, Verdict.EXACT), Optional.empty())
                            : different(parameters, attempts, i, differences.get(i), reservation));
        }
        ParameterRules rules = new ParameterRules(source, target);
        return new Comparison(
                groups.stream()
                        .map(g -> new Group(
                                g.parameters(), known(rules.on(g.parameters().get(0), g.verdict())), g.cause()))
                        .toList(),
                Pair.alone(source, target, partners),
                Pair.aloneInTarget(source, target, partners),
                ScheduleComparison.of(source.schedule(), target.schedule()),
                OptionalDouble.empty());
    }

    /** Whether every parameter has the same equations and numbers on both sides: then nothing is to be run. */
    private boolean isOneRecipe(List<List<Pair>> classes) {
        return source.microSteps() == target.microSteps()
                && Pair.alone(source, target, partners).isEmpty()
                && Pair.aloneInTarget(source, target, partners).isEmpty()
                && classes.stream().flatMap(List::stream).allMatch(Pair::isIdentical);
    }

    /** What one side does and no equations say; nothing where both do the same of it. */
    private static Optional<String> unknown(Pair pair) {
        List<UnknownStage> ours = pair.source().stages(UnknownStage.class);
        List<UnknownStage> theirs = pair.target().stages(UnknownStage.class);
        return ours.equals(theirs)
                ? Optional.empty()
                : Stream.concat(ours.stream(), theirs.stream())
                        .findFirst()
                        .map(stage -> stage.what() + ", whose equations are not known");
    }

    /** What layers' outputs are pulled by: it reaches parameters through the model, which no stream of gradients shows. */
    private static Set<List<Object>> activityPenalties(Recipe recipe, Partners partners) {
        Set<List<Object>> penalties = new HashSet<>();
        for (ActivityPenalty penalty : partners.renamed(recipe).activityPenalties()) {
            BigDecimal coefficient = penalty.coefficient().decimal().stripTrailingZeros();
            penalties.add(List.of(penalty.layer(), penalty.norm(), coefficient));
        }
        return penalties;
    }

    /** A field that only one side has, and that is not known here, may change its update. */
    private Verdict known(Verdict verdict) {
        Set<String> apart = new TreeSet<>(source.unknown());
        apart.removeAll(target.unknown());
        target.unknown().stream().filter(f -> !source.unknown().contains(f)).forEach(apart::add);
        return apart.isEmpty() || !verdict.isProven()
                ? verdict
                : with(
                        Optional.of("not known here: " + apart.iterator().next()
                                + (apart.size() == 1 ? "" : ", and " + (apart.size() - 1) + " more")),
                        verdict);
    }

    /** What the streams do not prove is not a verdict of a proof. */
    private static Verdict with(Optional<String> reservation, Verdict proven) {
        String condition = proven.condition().isEmpty() ? "" : proven.condition() + "; ";
        return reservation
                .map(words -> new Verdict(Verdict.Kind.NOT_REFUTED, condition + words))
                .orElse(proven);
    }

    /** Whether the optimizers of a pair are the same, whatever comes before and after them. */
    static boolean sameOptimizer(Pair pair, ProofMemory memory) {
        Pair alone = pair.withEqualRates().only(Stage.Optimizer.class);
        ProofMemory.Answer answer = proof(List.of(alone), 1, 1, GradientStream.ALL, memory);
        return answer.differences().get(0).isEmpty() && answer.reservation().isEmpty();
    }

    /** Which pairs are of one layer matters to norms over layers; what the layers are called does not: for each, the first of its layer. */
    private static List<List<Integer>> layers(List<Pair> pairs) {
        Map<String, Integer> sources = new HashMap<>();
        Map<String, Integer> targets = new HashMap<>();
        List<List<Integer>> layers = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            sources.putIfAbsent(pairs.get(i).source().name().layer(), i);
            targets.putIfAbsent(pairs.get(i).target().name().layer(), i);
            layers.add(List.of(
                    Objects.requireNonNull(
                            sources.get(pairs.get(i).source().name().layer())),
                    Objects.requireNonNull(
                            targets.get(pairs.get(i).target().name().layer()))));
        }
        return layers;
    }

    private ProofMemory.Answer proof(List<Pair> pairs, List<GradientStream> streams) {
        return proof(pairs, source.microSteps(), target.microSteps(), streams, memory);
    }

    static ProofMemory.Answer proof(
            List<Pair> pairs, int here, int there, List<GradientStream> streams, ProofMemory memory) {
        List<List<Integer>> layers = layers(pairs);
        List<Object> classes = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            classes.add(List.of(pairs.get(i).key(), layers.get(i)));
        }
        List<String> names = streams.stream()
                .map(s -> s.name() + s.constantRate() + s.rate())
                .toList();
        return memory.of(List.of(classes, here, there, names), () -> {
            if (here == there && Induction.proves(question(pairs, here, streams))) {
                return ProofMemory.Answer.ofTheSame(pairs.size());
            }
            Proof proof = new Proof(pairs, here, there);
            List<List<GradientStream>> differences = proof.differences(streams);
            return new ProofMemory.Answer(differences, proof.agreeing(), proof.reservation());
        });
    }

    /** What the streams test, of all gradients. */
    private static Question question(List<Pair> pairs, int microSteps, List<GradientStream> streams) {
        GradientStream stream = streams.get(0);
        RateKind rate = stream.rate()
                .<RateKind>map(RateKind.Fixed::new)
                .orElseGet(() -> stream.constantRate() ? new RateKind.Constant() : new RateKind.Moving());
        return new Question(
                pairs.stream().map(Pair::source).toList(),
                pairs.stream().map(Pair::target).toList(),
                microSteps,
                rate,
                Proof.BATCH,
                Proof.OUTPUTS);
    }

    /** Tries, one at a time, what might make the class the same. */
    private Group different(
            List<Parameter> parameters,
            Attempts attempts,
            int index,
            List<GradientStream> failed,
            Optional<String> reservation) {
        if (failed.stream().allMatch(GradientStream::directed)) {
            String except =
                    String.join("; ", failed.stream().map(GradientStream::name).toList());
            Verdict verdict = new Verdict(Verdict.Kind.EXACT_WHILE, "not: " + except);
            return new Group(parameters, with(reservation, verdict), Optional.of(Cause.UPDATE));
        }
        if (attempts.proofThat(index, Change.EQUAL_RATES, Streams.ALL).isPresent()) {
            Verdict verdict = new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, "another learning rate");
            return new Group(parameters, verdict, Optional.of(Cause.RATE));
        }
        if (clipsToZero(parameters)) {
            Verdict verdict = new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, "a clip threshold of 0");
            return new Group(parameters, verdict, Optional.of(Cause.CLIPPING));
        }
        Optional<ProofMemory.Answer> unclippedProof = attempts.proofThat(index, Change.UNCLIPPED, Streams.ALL);
        if (unclippedProof.isPresent()) {
            Verdict verdict = new Verdict(Verdict.Kind.EXACT_WHILE, "no gradient is clipped");
            return new Group(
                    parameters, with(unclippedProof.get().reservation(), verdict), Optional.of(Cause.CLIPPING));
        }
        Optional<ProofMemory.Answer> constantProof = attempts.proofThat(index, Change.NONE, Streams.CONSTANT_RATE);
        if (constantProof.isPresent()) {
            boolean met = ScheduleComparison.isConstant(source.schedule());
            Verdict verdict = new Verdict(
                    met ? Verdict.Kind.EXACT_WHILE_MET : Verdict.Kind.EXACT_WHILE, "the learning rate is constant");
            return new Group(parameters, with(constantProof.get().reservation(), verdict), Optional.of(Cause.UPDATE));
        }
        Optional<Group> atThisRate = atThisRate(parameters, attempts, index);
        if (atThisRate.isPresent()) {
            return atThisRate.get();
        }
        Optional<ProofMemory.Answer> bothProof = attempts.proofThat(index, Change.UNCLIPPED, Streams.CONSTANT_RATE);
        Verdict verdict = bothProof
                .map(answer -> with(
                        answer.reservation(),
                        new Verdict(
                                Verdict.Kind.EXACT_WHILE, "no gradient is clipped and the learning rate is constant")))
                .orElseGet(() -> bounded(attempts, index));
        return new Group(parameters, verdict, Optional.of(Cause.UPDATE));
    }

    /** The same only because the rate is the number that it is, and stays it: a decay that the rate does not multiply. */
    private Optional<Group> atThisRate(List<Parameter> parameters, Attempts attempts, int index) {
        boolean constant = ScheduleComparison.isConstant(source.schedule())
                && ScheduleComparison.isConstant(target.schedule())
                && ScheduleComparison.of(source.schedule(), target.schedule())
                        .verdict()
                        .isProven();
        if (!constant) {
            return Optional.empty();
        }
        BigDecimal rate = source.schedule().rateAtStart();
        String words = "the learning rate is " + Numbers.rounded(rate.doubleValue(), 8) + " and constant";
        return attempts.proofThat(index, Change.NONE, Streams.THIS_RATE)
                .map(answer -> with(answer.reservation(), new Verdict(Verdict.Kind.EXACT_WHILE_MET, words)))
                .map(verdict -> new Group(parameters, verdict, Optional.of(Cause.UPDATE)));
    }

    /** Bounded where epsilon alone makes the difference and a bound is known; else inexact. */
    private Verdict bounded(Attempts attempts, int index) {
        boolean differs = attempts.changed(Change.WITHOUT_EPSILON)
                && attempts.proofThat(index, Change.WITHOUT_EPSILON, Streams.ALL)
                        .isPresent();
        Optional<Bound> bound =
                differs ? Bounds.ofEpsilon(attempts.pairs(Change.NONE).get(index), memory) : Optional.empty();
        return bound.map(b -> new Verdict(Verdict.Kind.BOUNDED, b.words()))
                .orElse(new Verdict(Verdict.Kind.INEXACT, ""));
    }

    private static boolean clipsToZero(List<Parameter> parameters) {
        return parameters.get(0).stages(Stage.Clip.class).stream()
                .anyMatch(clip -> clip.threshold().isZero());
    }

    /** What is changed of both sides before they are compared. */
    private enum Change {
        NONE,
        EQUAL_RATES,
        UNCLIPPED,
        WITHOUT_EPSILON
    }

    /** On which rates they are compared. */
    private enum Streams {
        ALL,
        CONSTANT_RATE,
        THIS_RATE
    }

    /** Proofs of all classes together. Each is made once, however many classes ask. */
    private final class Attempts {
        private final List<Pair> all;
        private final Map<Change, List<Pair>> pairs = new EnumMap<>(Change.class);
        private final Map<List<Object>, ProofMemory.Answer> answers = new HashMap<>();

        private Attempts(List<Pair> all) {
            this.all = all;
        }

        /** The proof, if the class is the same on all streams. */
        private Optional<ProofMemory.Answer> proofThat(int index, Change change, Streams streams) {
            ProofMemory.Answer answer =
                    answers.computeIfAbsent(List.of(change, streams), key -> proof(pairs(change), streams(streams)));
            return answer.differences().get(index).isEmpty() ? Optional.of(answer) : Optional.empty();
        }

        private boolean changed(Change change) {
            return !pairs(change).equals(all);
        }

        private List<Pair> pairs(Change change) {
            return pairs.computeIfAbsent(
                    change,
                    key -> all.stream()
                            .map(pair -> switch (key) {
                                case NONE -> pair;
                                case EQUAL_RATES -> pair.withEqualRates();
                                case UNCLIPPED -> pair.without(Stage.Clip.class);
                                case WITHOUT_EPSILON -> Bounds.withoutEpsilon(pair);
                            })
                            .toList());
        }

        private List<GradientStream> streams(Streams streams) {
            return GradientStream.ALL.stream()
                    .map(stream -> switch (streams) {
                        case ALL -> stream;
                        case CONSTANT_RATE -> stream.withConstantRate();
                        case THIS_RATE -> stream.withRate(source.schedule().rateAtStart());
                    })
                    .toList();
        }
    }
}

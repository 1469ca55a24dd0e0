package samestep.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import samestep.compare.Condition.Met;
import samestep.compare.bound.Bounds;
import samestep.compare.proof.Bound;
import samestep.compare.proof.GradientStream;
import samestep.compare.proof.Pair;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.trait.Trait;
import samestep.compare.trait.Traits;
import samestep.recipe.IndependentDecay;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/**
 * Finds what makes updates differ: one trait after another is given to the other side, and one condition after another to
 * both, and the proof is run again.
 */
public final class Differences {
    /** Every set of so many traits is tried; beyond, only single ones and pairs. */
    private static final int MOST_TRAITS = 6;

    private static final int LARGEST_SET = 3;
    private static final int MOST_UPDATES = 1_000_000;
    /** Of a run whose length is not known. */
    private static final int FIRST_UPDATES = 10_000;

    /** Gradients and weights that are not zero, and a rate that is not: what differs there differs from its first update. */
    private static final List<GradientStream> ORDINARY = GradientStream.ALL.stream()
            .filter(stream -> !stream.directed())
            .map(GradientStream::withConstantRate)
            .toList();

    private static final List<GradientStream> CONSTANT =
            GradientStream.ALL.stream().map(GradientStream::withConstantRate).toList();

    private final Recipe source;
    private final Recipe target;
    private final List<Pair> pairs;
    private final ProofMemory memory;

    private Differences(Recipe source, Recipe target, List<Pair> pairs, ProofMemory memory) {
        this.source = source;
        this.target = target;
        this.pairs = pairs;
        this.memory = memory;
    }

    /** One for each class of parameters whose updates are not the same; nothing of what has no equations. */
    public static List<Difference> of(Recipe source, Recipe target, Partners partners, ProofMemory memory) {
        Recipe inUnit = Comparer.inSharedUnit(source, target, partners, memory);
        List<List<Pair>> classes = Pair.classes(source, inUnit, partners);
        List<Pair> pairs = Pair.representatives(classes);
        boolean known =
                pairs.stream().allMatch(p -> p.source().isKnown() && p.target().isKnown());
        if (!known || source.microSteps() != inUnit.microSteps()) {
            return List.of();
        }
        Differences differences = new Differences(source, inUnit, pairs, memory);
        ProofMemory.Answer proof = differences.proof(pairs, GradientStream.ALL);
        ProofMemory.Answer ordinary = differences.proof(pairs, ORDINARY);
        List<Difference> found = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            if (!proof.differences().get(i).isEmpty()) {
                List<Parameter> parameters =
                        classes.get(i).stream().map(Pair::source).toList();
                boolean always = ordinary.differences().get(i).isEmpty();
                found.add(differences.of(
                        i, parameters, always ? 0 : ordinary.agreeing().get(i)));
            }
        }
        return List.copyOf(found);
    }

    private Difference of(int index, List<Parameter> parameters, int agreeing) {
        List<Trait> traits = smallestSet(index);
        List<Condition> conditions = conditions(index);
        return new Difference(parameters, traits, conditions, agreeing, bounds(index));
    }

    private ProofMemory.Answer proof(List<Pair> changed, List<GradientStream> streams) {
        return Comparer.proof(changed, source.microSteps(), target.microSteps(), streams, memory);
    }

    private boolean isSame(int index, UnaryOperator<Pair> change, List<GradientStream> streams) {
        List<Pair> changed = pairs.stream().map(change).toList();
        return proof(changed, streams).differences().get(index).isEmpty();
    }

    /** Sets of one, of two, ...: the first that makes both the same is the smallest. */
    private List<Trait> smallestSet(int index) {
        List<Traits.Settable> all = Traits.of(pairs.get(index));
        int largest = all.size() > MOST_TRAITS ? 2 : Math.min(LARGEST_SET, all.size());
        for (int size = 1; size <= largest; size++) {
            for (List<Traits.Settable> some : subsets(all, size)) {
                UnaryOperator<Pair> change = pair -> {
                    Pair changed = pair;
                    for (Traits.Settable one : some) {
                        changed = one.set().apply(changed);
                    }
                    return changed;
                };
                if (isSame(index, change, GradientStream.ALL)) {
                    return some.stream().map(Traits.Settable::trait).toList();
                }
            }
        }
        // Together they are everything that differs.
        return all.stream().map(Traits.Settable::trait).toList();
    }

    private static <T> List<List<T>> subsets(List<T> all, int size) {
        List<List<T>> subsets = new ArrayList<>();
        if (size == 0) {
            subsets.add(List.of());
            return subsets;
        }
        for (int i = 0; i + size <= all.size(); i++) {
            for (List<T> rest : subsets(all.subList(i + 1, all.size()), size - 1)) {
                List<T> subset = new ArrayList<>(List.of(all.get(i)));
                subset.addAll(rest);
                subsets.add(subset);
            }
        }
        return subsets;
    }

    /** A change of both sides, or of what the rates do. */
    private record Trial(Condition condition, UnaryOperator<Pair> change, boolean constantRate) {}

    private List<Condition> conditions(int index) {
        List<Trial> trials = trials();
        List<Condition> single = new ArrayList<>();
        for (Trial trial : trials) {
            if (holds(index, List.of(trial))) {
                single.add(trial.condition());
            }
        }
        if (!single.isEmpty()) {
            return single;
        }
        for (List<Trial> two : subsets(trials, 2)) {
            if (holds(index, two)) {
                return List.of(both(two.get(0).condition(), two.get(1).condition()));
            }
        }
        return List.of();
    }

    private static Condition both(Condition one, Condition other) {
        boolean no = one.met() == Met.NO || other.met() == Met.NO;
        Met met = no ? Met.NO : one.met() == Met.DEPENDS ? Met.DEPENDS : other.met();
        return new Condition(one.words() + " and " + other.words(), met);
    }

    private boolean holds(int index, List<Trial> trials) {
        boolean constant = trials.stream().anyMatch(Trial::constantRate);
        List<GradientStream> streams = constant ? CONSTANT : GradientStream.ALL;
        UnaryOperator<Pair> change = pair -> {
            Pair changed = pair;
            for (Trial trial : trials) {
                changed = trial.change().apply(changed);
            }
            return changed;
        };
        return isSame(index, change, streams);
    }

    private List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        boolean constant = source.schedule().form() instanceof ScheduleForm.Constant;
        trials.add(
                new Trial(new Condition("the learning rate is constant", constant ? Met.YES : Met.NO), p -> p, true));
        add(trials, "no gradient is clipped", Met.DEPENDS, p -> p.without(Stage.Clip.class));
        add(trials, "there is no momentum", Met.NO, zero("momentum", "beta1"));
        add(trials, "epsilon is 0", Met.NO, zero("epsilon"));
        add(trials, "there is no decay", Met.NO, p -> p.keeping(stage -> !isDecay(stage)));
        return trials;
    }

    /** What changes nothing need not be tried. */
    private void add(List<Trial> trials, String words, Met met, UnaryOperator<Pair> change) {
        boolean changes = pairs.stream().anyMatch(p -> !change.apply(p).key().equals(p.key()));
        if (changes) {
            trials.add(new Trial(new Condition(words, met), change, false));
        }
    }

    private static boolean isDecay(Stage stage) {
        return stage instanceof Stage.Penalty
                || stage instanceof Stage.DecoupledDecay
                || stage instanceof IndependentDecay
                || stage instanceof OrthogonalPenalty;
    }

    private static UnaryOperator<Pair> zero(String... names) {
        return pair -> pair.withOptimizers(o -> {
            Set<String> wanted = Set.of(names);
            boolean is = o.values().entrySet().stream()
                    .anyMatch(e -> wanted.contains(e.getKey()) && !e.getValue().isZero());
            return is ? Bounds.withZero(o, wanted) : o;
        });
    }

    private List<Bound> bounds(int index) {
        Pair pair = pairs.get(index);
        List<Bound> bounds = new ArrayList<>();
        if (isSame(index, Bounds::withoutEpsilon, GradientStream.ALL)) {
            Bounds.ofEpsilon(pair, memory).ifPresent(bounds::add);
        }
        if (isSame(index, p -> p, CONSTANT)) {
            long updates = Math.min(MOST_UPDATES, source.schedule().horizon().orElse(FIRST_UPDATES));
            Bounds.ofRateAndVelocity(pair, source.schedule(), (int) updates).ifPresent(bounds::add);
        }
        if (isSame(index, p -> p.without(Stage.Clip.class), GradientStream.ALL)) {
            boolean together = pair.source().stages(Stage.Clip.class).stream()
                    .anyMatch(clip -> clip.equations().reachBeyondTensor());
            Bounds.ofClipAndDecay(together ? pairs : List.of(pair)).ifPresent(bounds::add);
        }
        return bounds;
    }
}

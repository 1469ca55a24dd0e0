package samestep.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import samestep.compare.proof.ScheduleComparison;
import samestep.compare.proof.Verdict;
import samestep.recipe.Parameter;

/**
 * What came of comparing two recipes.
 *
 * @param groups parameters that behave alike, with their verdicts
 * @param alone parameters of the source that have no partner in the target
 * @param aloneInTarget parameters of the target that have none in the source
 * @param schedule the comparison of the learning rates
 * @param drift the measured difference over a run on a reference problem; empty when it is proven that there is none, or
 *     when no run stands for the recipes
 */
public record Comparison(
        List<Group> groups,
        List<Parameter> alone,
        List<Parameter> aloneInTarget,
        ScheduleComparison schedule,
        OptionalDouble drift) {

    /**
     * Parameters that behave alike.
     *
     * @param cause what the difference comes from, when it was found
     */
    public record Group(List<Parameter> parameters, Verdict verdict, Optional<Cause> cause) {
        /** Copies the parameters. */
        public Group {
            parameters = List.copyOf(parameters);
        }
    }

    /** What a difference comes from: with this made equal, the sides are the same. */
    public enum Cause {
        /** The learning rate's multiplier, or being frozen. */
        RATE("rate"),
        /** Clipping, or its place relative to the decay. */
        CLIPPING("clipping"),
        /** The equations of the optimizer or their hyper-parameters. */
        UPDATE("update");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }
    }

    /** Copies the lists. */
    public Comparison {
        groups = List.copyOf(groups);
        alone = List.copyOf(alone);
        aloneInTarget = List.copyOf(aloneInTarget);
    }

    /** The worst verdict of all. */
    public Verdict verdict() {
        Verdict worst = schedule.verdict();
        for (Group group : groups) {
            worst = worst.worse(group.verdict());
        }
        return alone.isEmpty() && aloneInTarget.isEmpty()
                ? worst
                : worst.worse(new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, "no partner"));
    }

    /** Whether nothing has the same rate, however alike the schedules are. */
    public boolean isAtAnotherRate() {
        return !groups.isEmpty() && groups.stream().allMatch(g -> g.cause().equals(Optional.of(Cause.RATE)));
    }

    /** Whether it is proven that both are the same training. */
    public boolean isProven() {
        return verdict().isProven();
    }

    /** The same where a file does not say its optimizer: what is proven is so for one optimizer on both sides. */
    public Comparison withOptimizerUnsaid() {
        List<Group> reserved = groups.stream()
                .map(g -> g.verdict().isProven()
                        ? new Group(
                                g.parameters(),
                                new Verdict(Verdict.Kind.NOT_REFUTED, "a file does not say its optimizer"),
                                g.cause())
                        : g)
                .toList();
        return new Comparison(reserved, alone, aloneInTarget, ScheduleComparison.notSaid(), OptionalDouble.empty());
    }

    /** The same with a measured drift. */
    Comparison withDrift(OptionalDouble measured) {
        return new Comparison(groups, alone, aloneInTarget, schedule, measured);
    }
}

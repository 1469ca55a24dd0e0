package samestep.check.rules;

import java.util.List;

/** The registry: every rule is one line here. What a framework refuses or ignores is found by its reader. */
public final class Rules {
    private static final List<Rule> ALL = List.of(
            new SinglePrecisionResidue(),
            new PenaltyWithAdaptiveOptimizer(),
            new PenaltyAndDecay(),
            new DecayOnBiases(),
            new DecayWithoutEffect(),
            new RateDecayLikeWeightDecay(),
            new YamlNumberAsText(),
            new DecayInAnotherUnit(),
            new DropAfterTheEnd(),
            new ScheduleBesideTheRun(),
            new DecayByDefault(),
            new DecayOnTheWrongSide(),
            new StatisticsInAnotherUnit(),
            new WholeNamesInList(),
            new OptimizerBeforeLayers());

    private Rules() {}

    /** All rules. */
    public static List<Rule> all() {
        return ALL;
    }
}

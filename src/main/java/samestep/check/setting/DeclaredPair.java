package samestep.check.setting;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Run;
import samestep.finding.Code;
import samestep.finding.Place;

/**
 * Files that must mean the same training.
 *
 * @param source what they must mean
 * @param targets what must mean it
 * @param allowed differences that are meant
 * @param layers the names that layers of the source have in the targets, where they differ
 * @param tolerance the largest relative difference of a number, or of a learning rate, that is not reported
 * @param place where it is declared
 * @param run what is known of both runs and is in no configuration
 */
public record DeclaredPair(
        Member source,
        List<Member> targets,
        Set<Code> allowed,
        Map<String, String> layers,
        double tolerance,
        Place place,
        Run run) {
    /** Copies the collections. */
    public DeclaredPair {
        targets = List.copyOf(targets);
        allowed = Set.copyOf(allowed);
        layers = Map.copyOf(layers);
    }

    /** The same, where something that is known of the runs comes before what is said here. */
    DeclaredPair over(Run given) {
        return new DeclaredPair(source, targets, allowed, layers, tolerance, place, given.or(run));
    }

    /**
     * One of the files. Paths are relative to the folder of {@code samestep.yaml}.
     *
     * @param file the configuration
     * @param net the net that a Caffe solver trains, where it is not the one that it names
     * @param optimizer the optimizer that trains a Keras model, where it is in a file of its own
     * @param place where it is declared
     */
    public record Member(String file, Optional<String> net, Optional<String> optimizer, Place place) {}
}

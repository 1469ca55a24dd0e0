package samestep.dialect.tensorflow.program.call;

import java.util.List;
import samestep.finding.Finding;

/** What was noticed until now. */
public interface Noticed {
    /** What is to be said. */
    List<Finding> findings();

    /** What stays open. */
    List<String> open();

    /** Nothing more than this. */
    static Noticed of(List<Finding> findings, List<String> open) {
        record Fixed(List<Finding> findings, List<String> open) implements Noticed {}
        return new Fixed(List.copyOf(findings), List.copyOf(open));
    }
}

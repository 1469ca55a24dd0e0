package samestep.check.rules;

import java.util.List;
import samestep.finding.Code;
import samestep.finding.Finding;

/** Looks for one thing in a configuration. */
public interface Rule {

    /** What it finds. */
    Code code();

    /** What is found, in the order of the file. */
    List<Finding> check(Subject subject);
}

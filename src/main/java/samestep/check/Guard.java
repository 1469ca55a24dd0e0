package samestep.check;

import java.util.function.Function;
import java.util.function.Supplier;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;

/** Keeps a fault of Samestep at one file from the others. */
final class Guard {
    private Guard() {}

    /** What the work gives; where it throws, what is made of the finding that says so. */
    static <T> T at(Place place, Supplier<T> work, Function<Finding, T> otherwise) {
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            Finding finding = Finding.at(
                            place,
                            Code.SS099,
                            "Samestep failed here, which is a defect of Samestep and not of the file: " + e)
                    .detail("please report it with this line" + (trace.length == 0 ? "" : ": at " + trace[0]));
            return otherwise.apply(finding);
        }
    }
}

package samestep.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of reading something: a value, findings, or both. Bad input is a value of this type, never an exception.
 *
 * @param value present unless the input could not be used at all
 * @param findings everything that was noticed, in the order of the source
 */
public record Outcome<T>(Optional<T> value, List<Finding> findings) {

    /** Copies the findings. */
    public Outcome {
        findings = List.copyOf(findings);
    }

    /** A value and what was noticed beside it. */
    public static <T> Outcome<T> of(T value, List<Finding> findings) {
        return new Outcome<>(Optional.of(value), findings);
    }

    /** No value, and why. */
    public static <T> Outcome<T> failed(List<Finding> findings) {
        return new Outcome<>(Optional.empty(), findings);
    }

    /** No value, for one reason. */
    public static <T> Outcome<T> failed(Finding finding) {
        return failed(List.of(finding));
    }

    /** Goes on with the value, if there is one, and keeps the findings of both. */
    public <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        if (value.isEmpty()) {
            return failed(findings);
        }
        Outcome<R> outcome = next.apply(value.get());
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(outcome.findings());
        return new Outcome<>(outcome.value(), all);
    }

    /** Whether any finding is an error. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    }
}

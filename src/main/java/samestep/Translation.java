package samestep;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration in another framework, and how much it is the same training.
 *
 * <p>Instances come from {@link Samestep#translate}.
 */
public final class Translation {
    private final Map<String, String> texts;
    private final Framework framework;
    private final Comparison comparison;
    private final List<Finding> findings;

    Translation(Framework framework, Map<String, String> texts, Comparison comparison, List<Finding> findings) {
        this.framework = framework;
        this.texts = Map.copyOf(texts);
        this.comparison = comparison;
        this.findings = List.copyOf(findings);
    }

    /** The framework that it is for. */
    public Framework framework() {
        return framework;
    }

    /** The configuration in the framework's usual form; empty if nothing could be written, and the findings say why. */
    public Optional<String> text() {
        return framework.styles().stream().findFirst().flatMap(this::text);
    }

    /** The configuration in one of {@link Framework#styles()}. */
    public Optional<String> text(String style) {
        return Optional.ofNullable(texts.get(style));
    }

    /** The source compared with what was written and read back. */
    public Comparison comparison() {
        return comparison;
    }

    /** Everything that was noticed, in the order of reading and writing. */
    public List<Finding> findings() {
        return findings;
    }
}

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

    /** {@return the framework that it is for} */
    public Framework framework() {
        return framework;
    }

    /**
     * The configuration in the framework's usual form, the first of {@link Framework#styles()}.
     *
     * @return the whole text, with a line end at its end; empty if nothing could be written, and the findings say why
     */
    public Optional<String> text() {
        return framework.styles().stream().findFirst().flatMap(this::text);
    }

    /**
     * The configuration in one of the framework's styles. What the usual one cannot say may be said by another, when that
     * was asked for: {@link Samestep#translate(Configuration, Framework, String)}.
     *
     * @param style one of {@link Framework#styles()}
     * @return the whole text; empty if there is no such style, or if nothing could be written
     */
    public Optional<String> text(String style) {
        return Optional.ofNullable(texts.get(style));
    }

    /** {@return the source compared with what was written and read back} */
    public Comparison comparison() {
        return comparison;
    }

    /** {@return everything that was noticed, in the order of reading and writing} */
    public List<Finding> findings() {
        return findings;
    }
}

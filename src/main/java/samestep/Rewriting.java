package samestep;

import java.util.List;
import java.util.Optional;

/**
 * Changes of an existing document, and how much it then means the same training as a configuration.
 *
 * <p>Instances come from {@link Samestep#rewrite}.
 */
public final class Rewriting {
    private final List<Edit> edits;
    private final Optional<String> beside;
    private final Comparison comparison;
    private final List<Finding> findings;

    Rewriting(List<Edit> edits, Optional<String> beside, Comparison comparison, List<Finding> findings) {
        this.edits = List.copyOf(edits);
        this.beside = beside;
        this.comparison = comparison;
        this.findings = List.copyOf(findings);
    }

    /**
     * What changes, for {@link Edit#apply} and {@link Samestep#write}.
     *
     * @return empty where the document says it already, and where nothing could be done, as the findings then say
     */
    public List<Edit> edits() {
        return edits;
    }

    /** {@return a configuration to be written beside the document: for a Caffe net, its solver; else empty} */
    public Optional<String> beside() {
        return beside;
    }

    /** {@return the source compared with the document after the changes} */
    public Comparison comparison() {
        return comparison;
    }

    /** {@return everything that was noticed; every layer without a partner among it} */
    public List<Finding> findings() {
        return findings;
    }
}

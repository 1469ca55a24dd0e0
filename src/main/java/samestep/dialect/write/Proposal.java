package samestep.dialect.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Dialect;
import samestep.equation.Expression;
import samestep.finding.Finding;

/**
 * A configuration that might be the one.
 *
 * @param texts the configuration in each style; the reader reads {@link Dialect#styleReadBack}
 * @param model the model that it trains, as far as the recipe knows it, for frameworks that say half of it there
 * @param written numbers that have no short decimal: what was written, to 17 digits, and what it stands for
 * @param findings what was changed and why, and what could not be said
 */
public record Proposal(
        Map<String, String> texts,
        Optional<String> model,
        Map<BigDecimal, Expression> written,
        List<Finding> findings) {
    /** A configuration with no other files. */
    public Proposal(Map<String, String> texts, Map<BigDecimal, Expression> written, List<Finding> findings) {
        this(texts, Optional.empty(), written, findings);
    }

    /** Copies the collections. */
    public Proposal {
        texts = Map.copyOf(texts);
        written = Map.copyOf(written);
        findings = List.copyOf(findings);
    }

    /** The same with more at the end of the text of a style. */
    public Proposal with(String style, String more) {
        Map<String, String> others = new HashMap<>(texts);
        others.computeIfPresent(style, (name, text) -> text + more);
        return new Proposal(others, model, written, findings);
    }

    /** The same with one more finding. */
    public Proposal with(Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        return new Proposal(texts, model, written, more);
    }
}

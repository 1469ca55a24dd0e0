package samestep.dialect.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.equation.Expression;
import samestep.finding.Finding;
import samestep.text.Edit;
import samestep.text.Edits;
import samestep.text.SourceText;

/**
 * Changes of an existing document that might make it the one.
 *
 * @param existing the document
 * @param edits what changes in it
 * @param beside a configuration that has to be written beside it, for frameworks that say half of it there
 * @param written numbers that have no short decimal: what was written, to 17 digits, and what it stands for
 * @param findings what was changed and why, and what could not be said
 */
public record Rewrite(
        SourceText existing,
        List<Edit> edits,
        Optional<String> beside,
        Map<BigDecimal, Expression> written,
        List<Finding> findings) {
    /** Copies the collections. */
    public Rewrite {
        edits = List.copyOf(edits);
        written = Map.copyOf(written);
        findings = List.copyOf(findings);
    }

    /** The same with one more finding. */
    public Rewrite with(Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        return new Rewrite(existing, edits, beside, written, more);
    }

    /** The document with the changes. */
    public SourceText changed() {
        return Edits.apply(existing, edits);
    }

    /** What a reader needs to read the result. */
    public Input result() {
        return beside.map(text -> Input.of(new SourceText("the translation", text), changed()))
                .orElseGet(() -> Input.of(changed()));
    }
}

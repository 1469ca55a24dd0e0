package samestep.dialect.tensorflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** One of the ways in which training with TensorFlow is written down. {@link TensorflowDialect} has a line for each. */
public interface TensorflowForm {
    /** What its documents are, in a few words. */
    String describes();

    /** Whether a text is one of its documents, by content and name; never expensive. */
    boolean recognises(SourceText source);

    /** Reads a document that it recognises. */
    Outcome<Recipe> read(Input input);

    /**
     * Reads the text out of a file of this form that is not a text.
     *
     * @param head the file's first bytes
     * @return empty if it does not begin as one
     * @throws UnreadableSourceException when it does, and is damaged
     */
    default Optional<SourceText> unpack(Path file, byte[] head) throws UnreadableSourceException {
        return Optional.empty();
    }

    /** The styles that it writes, in order; the first is the one that its reader reads. */
    default Set<String> styles() {
        return Set.of();
    }

    /**
     * Proposes documents for a recipe of any framework, the likeliest first.
     *
     * @param style one of {@link #styles()}
     */
    default List<Proposal> write(Recipe recipe, String style) {
        return List.of();
    }

    /**
     * How you write a setting in a program of this form; empty where there is no single word for it.
     *
     * @param style one of {@link #styles()}
     */
    default String says(Setting setting, String style) {
        return "";
    }

    /** What you get by copying every number as it is; empty where there is no such optimizer. */
    default Optional<Proposal> copyVerbatim(Recipe recipe, String style) {
        return Optional.empty();
    }

    /** Proposes changes of one of its documents that make it say a recipe, the likeliest first. */
    default Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        return Outcome.failed(Finding.of(Code.SS010, existing.name() + ": " + describes() + " cannot be changed yet"));
    }
}

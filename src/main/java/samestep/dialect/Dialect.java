package samestep.dialect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.Settings;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** A framework's configurations: how they are recognised, read and written. */
public interface Dialect {

    /** The name on the command line, for example {@code caffe}. */
    String name();

    /** {@return further names that people use for it, in lower case, such as {@code torch}} */
    default List<String> aliases() {
        return List.of();
    }

    /** The framework's name in sentences. */
    String title();

    /** {@return libraries with defaults that versions have changed, by the names of their packages} */
    default Set<String> datedLibraries() {
        return Set.of();
    }

    /** What its configurations look like, in a few words, for lists and for messages. */
    String describes();

    /** Whether a text is one of its configurations, by content and name; never expensive. */
    boolean recognises(SourceText source);

    /** Whether the text of a Python program, or of a module, imports the framework at all; nothing is parsed. */
    default boolean isImportedBy(SourceText program) {
        return false;
    }

    /**
     * Reads the text out of a file of the framework that is not a text.
     *
     * @param file the file
     * @param head its first bytes
     * @return empty if it does not begin as one of the framework's files
     * @throws UnreadableSourceException when it does, and is damaged
     */
    default Optional<SourceText> unpack(Path file, byte[] head) throws UnreadableSourceException {
        return Optional.empty();
    }

    /**
     * Writes a file that is not a text with another text in it, and everything else as it was.
     *
     * @param original the file that {@link #unpack} read the text from
     * @param changed the text
     * @param target the file to write; may be the same
     * @return false if the original is not such a file of the framework, and nothing was done
     * @throws IOException when it cannot be written; the target is then as it was
     */
    default boolean pack(Path original, SourceText changed, Path target) throws IOException {
        return false;
    }

    /**
     * What a text is that looks like one of its configurations, but belongs to a library that is not read yet.
     *
     * @return in words, with an article; empty where it is not such a text
     */
    default Optional<String> unread(SourceText source) {
        return Optional.empty();
    }

    /**
     * Reads a configuration.
     *
     * @return its meaning, and findings for everything that is not carried into it
     */
    Outcome<Recipe> read(Input input);

    /**
     * What is wrong with a document that is a part of a configuration and none by itself, such as a net without its
     * solver.
     *
     * @return empty if it is a configuration by itself
     */
    default Optional<List<Finding>> readPart(SourceText source) {
        return Optional.empty();
    }

    /**
     * The names by which one of several trainings of a program can be chosen.
     *
     * @return none where there is one training only
     */
    default List<String> parts(Input input) {
        return List.of();
    }

    /** Whether it can be written. */
    default boolean writes() {
        return !styles().isEmpty();
    }

    /** The forms it is written in; the first is the one without asking. */
    Set<String> styles();

    /** The versions that can be written, as they are called on the command line; empty where there is one only. */
    default List<String> versions() {
        return List.of();
    }

    /**
     * The same framework, writing one version of it.
     *
     * @param version one of {@link #versions()}
     */
    default Dialect inVersion(String version) {
        return this;
    }

    /**
     * Proposes configurations for a recipe of any framework, the likeliest first. Which of them is the same training is
     * found out by reading them back.
     */
    List<Proposal> write(Recipe recipe);

    /**
     * Proposes configurations in a style that may be able to say more than the one that is read back.
     *
     * @param style one of {@link #styles()}
     */
    default List<Proposal> write(Recipe recipe, String style) {
        return write(recipe);
    }

    /**
     * Proposes changes of one of its documents that make it say a recipe, the likeliest first.
     *
     * @param recipe what it should say, of any framework
     * @param existing the document
     * @param layers what layers of the recipe are called in the document, where it is another name
     */
    default Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        return Outcome.failed(Finding.of(Code.SS010, "files of " + title() + " cannot be changed yet"));
    }

    /**
     * How you write a setting in a program of the framework, where no document holds it: {@code nn.Dropout(0.5)}.
     *
     * @param style one of {@link #styles()}
     * @return empty where the framework has no one word for it
     */
    default String says(Setting setting, String style) {
        return "";
    }

    /** What you get by copying every number as it is: the difference is measured against it. */
    Proposal copyVerbatim(Recipe recipe);

    /**
     * The same, in a style.
     *
     * @param style one of {@link #styles()}
     */
    default Proposal copyVerbatim(Recipe recipe, String style) {
        return copyVerbatim(recipe);
    }

    /**
     * Whether one of its documents is in a style already, so that there is nothing to translate.
     *
     * @param style one of {@link #styles()}
     */
    default boolean hasStyle(SourceText source, String style) {
        return true;
    }

    /**
     * The style in which a proposal is read back that is made for another: the first, unless the styles are documents of
     * different kinds.
     *
     * @param style one of {@link #styles()}
     */
    default String styleReadBack(String style) {
        return styles().iterator().next();
    }

    /**
     * Whether the text of a style is a program that is read back by itself, and not by the document of the same proposal.
     *
     * @param style one of {@link #styles()}
     */
    default boolean readsBackProgram(String style) {
        return false;
    }

    /**
     * Whether the program of a proposal is read back: where those of the style are, unless it has what the reader does not know.
     *
     * @param style one of {@link #styles()}
     */
    default boolean readsBack(Proposal proposal, String style) {
        return readsBackProgram(style);
    }

    /**
     * The style in which the settings of a proposal are read back that is made for a style: that of the update, unless the
     * style is a document with fields of its own.
     *
     * @param style one of {@link #styles()}
     */
    default String styleOfSettings(String style) {
        return styleReadBack(style);
    }

    /**
     * The settings read back that the text of a style holds, where a document of another style was read.
     *
     * @param style one of {@link #styles()}
     */
    default Settings held(Settings readBack, String style) {
        return readBack;
    }
}

package samestep.dialect.darknet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.syntax.ini.Ini;
import samestep.text.LatePattern;
import samestep.text.SourceText;

/** Reads Darknet's .cfg files, writes their first section and changes it in place. */
public final class DarknetDialect implements Dialect {
    private static final Set<String> OTHERS =
            Set.of("yaml", "yml", "json", "py", "ipynb", "md", "rst", "html", "toml", "sh", "prototxt");
    /** Comments, and then the section that must be the first. */
    private static final LatePattern FIRST =
            new LatePattern("\\A\\uFEFF?(?:[ \\t]*(?:[#;][^\\n]*)?\\r?\\n)*+[ \\t]*\\[net(?:work)?]");
    /** Another program's file may have such a section too. */
    private static final LatePattern OWN =
            new LatePattern("(?m)^[ \\t]*(?:(?:batch|subdivisions|learning_rate|max_batches|decay)[ \\t]*="
                    + "|\\[(?:convolutional|conv|connected|conn)])");

    @Override
    public String name() {
        return "darknet";
    }

    @Override
    public String title() {
        return "Darknet";
    }

    @Override
    public String describes() {
        return "a .cfg file (pjreddie's Darknet and AlexeyAB's)";
    }

    @Override
    public boolean recognises(SourceText source) {
        String name = source.name();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !OTHERS.contains(ending)
                && FIRST.matcher(source.text()).lookingAt()
                && OWN.matcher(source.text()).find();
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return Ini.parse(input.source())
                .then(DarknetReader::read)
                .then(recipe -> Outcome.of(input.run().devices(recipe), List.of()));
    }

    @Override
    public Set<String> styles() {
        return Set.of(DarknetWriter.STYLE);
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return DarknetWriter.section(recipe, false).map(DarknetWriter.Section::proposal).stream()
                .toList();
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        return DarknetRewriter.rewrites(recipe, existing);
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        return DarknetWriter.section(recipe, true)
                .map(DarknetWriter.Section::proposal)
                .orElseThrow(() -> new IllegalStateException("nothing to copy"));
    }
}

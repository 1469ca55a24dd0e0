package samestep.dialect.jax;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.jax.bigvision.BigVisionForm;
import samestep.dialect.jax.program.ProgramForm;
import samestep.dialect.jax.write.JaxWriter;
import samestep.dialect.write.Proposal;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** Reads what JAX trains with: chains of Optax' transformations. */
public final class JaxDialect implements Dialect {
    @Override
    public String name() {
        return "jax";
    }

    @Override
    public List<String> aliases() {
        return List.of("optax", "flax");
    }

    @Override
    public String title() {
        return "Optax";
    }

    @Override
    public String describes() {
        return "a Python program that trains with Optax, a big_vision configuration, an optax.chain as JSON";
    }

    @Override
    public boolean recognises(SourceText source) {
        return BigVisionForm.recognises(source) || ProgramForm.recognises(source) || JsonForm.recognises(source);
    }

    @Override
    public boolean isImportedBy(SourceText program) {
        return ProgramForm.isImportedBy(program);
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        SourceText source = input.source();
        if (BigVisionForm.recognises(source)) {
            return BigVisionForm.read(input);
        }
        return ProgramText.isOne(source) ? ProgramText.inFile(source, ProgramForm.read(input)) : JsonForm.read(source);
    }

    @Override
    public List<String> parts(Input input) {
        return ProgramForm.recognises(input.source()) ? ProgramForm.parts(input) : List.of();
    }

    @Override
    public Set<String> styles() {
        // What is read back comes first.
        return new LinkedHashSet<>(List.of(JaxWriter.JSON, JaxWriter.PYTHON));
    }

    @Override
    public boolean hasStyle(SourceText source, String style) {
        return ProgramText.isOne(source) == style.equals(JaxWriter.PYTHON);
    }

    @Override
    public boolean readsBackProgram(String style) {
        return style.equals(JaxWriter.PYTHON);
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return JaxWriter.proposals(recipe);
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        return write(recipe).stream().findFirst().orElseThrow(() -> new IllegalStateException("nothing to copy"));
    }
}

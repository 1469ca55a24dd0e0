package samestep.dialect.jax;

import java.util.List;
import java.util.Set;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.jax.bigvision.BigVisionForm;
import samestep.dialect.jax.program.ProgramForm;
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
        return Set.of();
    }

    @Override
    public List<Proposal> write(Recipe recipe) {
        return List.of();
    }

    @Override
    public Proposal copyVerbatim(Recipe recipe) {
        throw new IllegalStateException("nothing is written for Optax");
    }
}

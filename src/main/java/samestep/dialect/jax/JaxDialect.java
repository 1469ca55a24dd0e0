package samestep.dialect.jax;

import java.util.List;
import java.util.Set;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
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
        return "an optax.chain as JSON";
    }

    @Override
    public boolean recognises(SourceText source) {
        return JsonForm.recognises(source);
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return JsonForm.read(input.source());
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

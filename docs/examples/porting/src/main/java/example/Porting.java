package example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import samestep.Comparison;
import samestep.Configuration;
import samestep.Finding;
import samestep.Framework;
import samestep.Recipe;
import samestep.Rewriting;
import samestep.Samestep;
import samestep.Translation;

/** Holds a Keras model, ported by hand, to its Caffe solver, and mends it where that is proven to be right. */
public final class Porting {
    /** What layers of the net are called in the model, where it is another name. */
    private static final Map<String, String> LAYERS = Map.of("fc2", "dense");

    private final Samestep samestep = new Samestep();

    private Porting() {}

    /** Takes the solver and the model; exits with 0 when both are the same training in the end. */
    public static void main(String[] arguments) {
        try {
            boolean same = new Porting().port(Path.of(arguments[0]), Path.of(arguments[1]));
            if (!same) {
                System.exit(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean port(Path solverFile, Path modelFile) throws IOException {
        Configuration solver = samestep.read(solverFile);
        if (solver.recipe().isEmpty()) {
            solver.findings().forEach(System.err::println);
            return false;
        }
        show(solver.recipe().get());

        // What Samestep would write itself, proven by reading it back.
        Translation translation = samestep.translate(solver, Framework.named("keras").orElseThrow());
        System.out.println("translated: " + translation.comparison().verdict());

        // What somebody wrote by hand.
        Comparison byHand = samestep.compare(solver, samestep.read(modelFile), LAYERS);
        System.out.println("by hand: " + byHand.verdict());
        System.out.println("  learning rate: " + byHand.learningRate());
        byHand.groups().forEach(group -> System.out.println("  " + group));

        // What to change in it, so that both are the same; and whether they are then.
        Rewriting rewriting = samestep.rewrite(solver, modelFile.toString(), Files.readString(modelFile), LAYERS);
        rewriting.edits().forEach(edit -> System.out.println(
                "  line " + edit.place().line() + ": " + edit.replaced() + " -> " + oneLine(edit.replacement())));
        System.out.println("with these changes: " + rewriting.comparison().verdict());
        if (!rewriting.comparison().isProven()) {
            rewriting.findings().forEach(System.err::println);
            return false;
        }
        List<Finding> refused = samestep.write(modelFile, rewriting.edits());
        refused.forEach(System.err::println);
        return refused.isEmpty();
    }

    private static void show(Recipe recipe) {
        System.out.println("learning rate: " + recipe.learningRate(0).toPlainString() + ", "
                + recipe.learningRate(10_000).toPlainString() + " from update 10000 on");
        for (Recipe.Parameter parameter : recipe.parameters()) {
            System.out.println("  " + parameter.layer() + " " + parameter.role() + ": gradient + "
                    + parameter.l2().toPlainString() + " * w");
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}

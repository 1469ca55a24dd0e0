package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.Proposal;
import samestep.docs.StageCases.Case;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;
import samestep.translate.Translation;
import samestep.translate.Translator;

/**
 * The law of writers: each thing that a recipe does is in what a target's style gets, or a finding names it. The table of
 * what came of it is a page of the documentation.
 */
class SayableTest {
    private static final ProofMemory MEMORY = new ProofMemory();
    private static final SourceText SOURCE = new SourceText("solver.prototxt", """
        type: "SGD" base_lr: 0.01 momentum: 0.9 lr_policy: "fixed" max_iter: 100
        """);
    private static final SourceText NET = new SourceText("net.prototxt", """
        layer { name: "first" type: "InnerProduct" param { lr_mult: 1 } param { lr_mult: 1 } }
        layer { name: "second" type: "InnerProduct" param { lr_mult: 1 } param { lr_mult: 1 } }
        """);

    private record Target(Dialect dialect, String style) {
        String title() {
            return dialect.name() + " " + style;
        }
    }

    private static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Dialect dialect : Dialects.all()) {
            dialect.styles().forEach(style -> targets.add(new Target(dialect, style)));
        }
        return targets;
    }

    private static Recipe base() {
        return Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(SOURCE, NET))
                .value()
                .orElseThrow();
    }

    /** A framework that reads that recipe, whatever the text. */
    private record Given(Recipe recipe) implements Dialect {
        @Override
        public String name() {
            return "given";
        }

        @Override
        public String title() {
            return "the test";
        }

        @Override
        public String describes() {
            return "a recipe";
        }

        @Override
        public boolean recognises(SourceText source) {
            return false;
        }

        @Override
        public Outcome<Recipe> read(Input input) {
            return Outcome.of(recipe, List.of());
        }

        @Override
        public Set<String> styles() {
            return Set.of();
        }

        @Override
        public List<Proposal> write(Recipe other) {
            return List.of();
        }

        @Override
        public Proposal copyVerbatim(Recipe other) {
            throw new IllegalStateException("it is not written");
        }
    }

    @Test
    void whatARecipeDoesIsWrittenOrNamed() throws IOException {
        List<String> dropped = new ArrayList<>();
        StringBuilder page = new StringBuilder(HEAD);
        page.append("## What happens to gradients and weights\n\n").append(table(StageCases.all(), dropped));
        page.append("\n## Schedules\n\nWithout momentum.\n\n").append(table(RateCases.schedules(), dropped));
        page.append("\n## Optimizers\n\nOf a model without layers, with numbers that are not the defaults.\n\n")
                .append(table(RateCases.optimizers(), dropped));
        assertEquals(List.of(), dropped);
        Page.assertIsCommitted(Path.of("docs", "what-each-target-can-say.md"), page.toString());
    }

    private static String table(List<Case> cases, List<String> dropped) {
        List<Target> targets = targets();
        StringBuilder table = new StringBuilder("| |");
        targets.forEach(t -> table.append(' ').append(t.title()).append(" |"));
        table.append("\n| --- |").append(" --- |".repeat(targets.size())).append('\n');
        for (Case each : cases) {
            table.append("| ").append(each.name()).append(" |");
            for (Target target : targets) {
                String cell = cell(each, target);
                table.append(' ').append(cell).append(" |");
                if (cell.startsWith("**")) {
                    dropped.add(each.name() + " -> " + target.title() + " " + cell);
                }
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(Case each, Target target) {
        Recipe recipe = each.change().apply(base());
        Outcome<Translation> outcome =
                new Translator(new Given(recipe), target.dialect(), MEMORY).translate(Input.of(SOURCE), target.style());
        Set<String> named = outcome.findings().stream()
                .filter(f -> names(f, each))
                .map(f -> f.code().name())
                .collect(Collectors.toCollection(TreeSet::new));
        Optional<Translation> translation = outcome.value();
        if (translation.isPresent() && same(translation.get().comparison())) {
            return "=";
        }
        if (!named.isEmpty()) {
            return named.stream()
                    .map(code -> "[" + code + "](findings/" + code + ".md)")
                    .collect(Collectors.joining(" "));
        }
        Optional<Verdict.Kind> kind =
                translation.map(t -> t.comparison().verdict().kind());
        if (each.byVerdict() && kind.equals(Optional.of(Verdict.Kind.EXACT_WHILE))) {
            return "up to";
        }
        boolean there = each.byVerdict()
                ? kind.equals(Optional.of(Verdict.Kind.NOT_REFUTED))
                : translation.filter(t -> isThere(recipe, target, t.proposal())).isPresent();
        return there ? "~" : "**dropped** " + kind;
    }

    /** Whether each parameter's stages are in what is read back, one for one, whatever their numbers. */
    private static boolean isThere(Recipe recipe, Target target, Proposal proposal) {
        String style = target.dialect().styleReadBack(target.style());
        SourceText text = new SourceText("port", proposal.texts().getOrDefault(style, ""));
        Recipe back = target.dialect()
                .read(proposal.model()
                        .map(m -> Input.of(text, new SourceText("model", m)))
                        .orElse(Input.of(text)))
                .value()
                .orElseThrow();
        return recipe.activityPenalties().size() == back.activityPenalties().size()
                && recipe.trained().stream()
                        .allMatch(p -> kinds(p).equals(Partners.byName()
                                .of(p, back)
                                .map(SayableTest::kinds)
                                .orElse(List.of())));
    }

    private static List<Object> kinds(Parameter parameter) {
        return parameter.stages().stream()
                .filter(stage -> !(stage instanceof Stage.Optimizer))
                .map(SayableTest::kind)
                .toList();
    }

    /** A threshold of 0 makes every gradient 0, whatever it is divided by. */
    private static Object kind(Stage stage) {
        if (stage instanceof Stage.Clip clip) {
            return clip.threshold().isZero() ? ClipPlan.words(clip.kind()) : clip.kind();
        }
        return stage instanceof Stage.Accumulation accumulation ? accumulation : stage.getClass();
    }

    private static boolean same(Comparison comparison) {
        return comparison.verdict().isProven();
    }

    private static boolean names(Finding finding, Case each) {
        String text = finding.message() + " " + finding.label() + " " + String.join(" ", finding.details());
        return each.codes().contains(finding.code())
                && (each.numbers().isEmpty() || each.numbers().stream().anyMatch(text::contains));
    }

    private static final String HEAD = """
        # What each target can say

        A row is one thing that a training does. A column is a style that Samestep writes. What is not listed is SGD with
        momentum 0.9 and a constant rate on two dense layers.

        - `=`: written, and proven to be the same after reading it back
        - `up to`: the same up to an update, which the verdict names
        - `~`: written and read back, and not proven
        - a code: the finding that names what is missing or different

        A build fails where a thing is neither written nor named.

        """;
}

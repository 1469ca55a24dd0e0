package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.tensorflow.CommonRate;
import samestep.dialect.write.Rewrite;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/** Makes your own experiment say a recipe. */
final class GardenRewriter {
    private final Recipe recipe;
    private final YamlSection root;
    private final GardenEdits edits;

    private GardenRewriter(Recipe recipe, YamlSection root) {
        this.recipe = recipe;
        this.root = root;
        this.edits = new GardenEdits(root.source());
    }

    /** The ways to change it that are worth trying; none when the Garden has no such optimizer. */
    static List<Rewrite> rewrites(Recipe recipe, SourceText source, YamlMapping mapping) {
        YamlSection root = YamlSection.root(source, mapping, new ArrayList<>());
        String present = root.section("trainer")
                .section("optimizer_config")
                .section("optimizer")
                .word("type");
        return GardenWriter.solutions(recipe, present).stream()
                .map(solution -> new GardenRewriter(recipe, root).rewrite(solution))
                .toList();
    }

    /** The fields without the rate, where the document has it already, in whatever words. */
    private List<GardenField> config(GardenWriter.Solution solution) {
        Optional<ScheduleForm> wanted = new CommonRate(recipe).form(false);
        Optional<ScheduleForm> present =
                GardenReader.read(root).map(Recipe::schedule).map(Schedule::form);
        boolean said = wanted.isPresent() && present.isPresent() && isSame(wanted.get(), present.get());
        return solution.config().stream()
                .filter(f -> !said || f.name().equals("optimizer"))
                .toList();
    }

    private static boolean isSame(ScheduleForm a, ScheduleForm b) {
        List<Expression> left = a.parameters();
        List<Expression> right = b.parameters();
        boolean same = a.getClass() == b.getClass() && !left.isEmpty() && left.size() == right.size();
        for (int i = 0; same && i < left.size(); i++) {
            same = Exact.value(left.get(i)).compareTo(Exact.value(right.get(i))) == 0;
        }
        return same || a.equals(b);
    }

    private Rewrite rewrite(GardenWriter.Solution solution) {
        List<Finding> findings = new ArrayList<>(solution.proposal().findings().stream()
                .filter(f -> f.code() != Code.SS903)
                .toList());
        List<GardenField> fields = new ArrayList<>();
        fields.add(GardenField.of("task", task(solution)));
        List<GardenField> trainer = new ArrayList<>();
        if (recipe.schedule().horizon().isPresent()) {
            trainer.add(GardenField.of(
                    "train_steps", Long.toString(recipe.schedule().horizon().getAsLong())));
        }
        trainer.add(GardenField.of("optimizer_config", config(solution)));
        fields.add(GardenField.of("trainer", trainer));
        edits.say(root.mapping(), fields);
        average(findings);
        return new Rewrite(
                root.source(),
                edits.edits(),
                Optional.empty(),
                solution.proposal().written(),
                findings);
    }

    /** YOLO's tasks have the penalty as {@code task.weight_decay}. */
    private List<GardenField> task(GardenWriter.Solution solution) {
        boolean yolo = root.section("task").get("weight_decay").isPresent();
        List<GardenField> task = new ArrayList<>(List.of(
                yolo
                        ? GardenField.of("weight_decay", solution.penalty())
                        : GardenField.of("losses", List.of(GardenField.of("l2_weight_decay", solution.penalty())))));
        recipe.samplesPerUpdate()
                .filter(b -> b.place().isPresent())
                .ifPresent(b -> task.add(GardenField.of(
                        "train_data",
                        List.of(GardenField.of(
                                "global_batch_size",
                                b.decimal().stripTrailingZeros().toPlainString())))));
        return task;
    }

    private void average(List<Finding> findings) {
        YamlSection ema = root.section("trainer").section("optimizer_config").section("ema");
        if (ema.given()) {
            Place place = ema.place();
            findings.add(Finding.at(
                    place, Code.SS212, "ema stays: what is exported is an average of the weights, as it was before"));
        }
    }
}

package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.LayerPartners;
import samestep.dialect.tensorflow.write.KernelPenalty;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** Makes your own pipeline say a recipe, for the program that it is for. */
final class PipelineRewriter {
    private final Recipe recipe;
    private final PipelineSection root;
    private final PipelineEdits edits;
    private final LayerPartners partners;
    private final List<Finding> findings = new ArrayList<>();

    private PipelineRewriter(Recipe recipe, PipelineSection root, Map<String, String> layers) {
        this.recipe = recipe;
        this.root = root;
        this.edits = new PipelineEdits(root.source());
        this.partners = new LayerPartners(root.source().name(), layers);
    }

    /** The ways to change it that are worth trying; none when the API has no such optimizer. */
    static List<Rewrite> rewrites(Recipe recipe, PipelineSection root, Map<String, String> layers) {
        PipelineTrainer trainer = PipelineTrainer.of(root);
        return PipelineWriter.solution(recipe, trainer).stream()
                .map(solution -> new PipelineRewriter(recipe, root, layers).rewrite(solution))
                .toList();
    }

    private Rewrite rewrite(PipelineWriter.Solution solution) {
        solution.proposal().findings().stream()
                .filter(f -> f.code() != Code.SS903)
                .forEach(findings::add);
        PipelineField train = PipelineField.of("train_config", withoutChoices(solution.train()));
        PipelineSection section = root.section("train_config");
        if (section.given()) {
            edits.say(section.message(), section.type(), train.fields());
        } else {
            edits.say(root.message(), root.type(), List.of(train));
        }
        List<PipelineModel.Block> blocks = PipelineModel.blocks(root);
        blocks.forEach(block -> block(block, solution));
        if (blocks.isEmpty()
                && recipe.trained().stream().anyMatch(p -> penalty(p).isPresent())) {
            findings.add(Finding.at(
                    root.section("model").place(),
                    Code.SS103,
                    "this model has no hyper-parameters in its pipeline, so there is no place for a penalty"));
        }
        findings.addAll(partners.findings(recipe.trained().stream()
                .filter(p -> p.name().role() == Role.KERNEL)
                .map(p -> p.name().layer())
                .toList()));
        SourceText source = root.source();
        return new Rewrite(
                source, edits.edits(), Optional.empty(), solution.proposal().written(), findings);
    }

    /** An average of the weights, and the checkpoint's version, are the user's own choices. */
    private static List<PipelineField> withoutChoices(List<PipelineField> fields) {
        return fields.stream()
                .filter(f -> !f.name().equals("use_moving_average") && !f.name().equals("fine_tune_checkpoint_version"))
                .map(f -> f.isMessage() ? PipelineField.of(f.name(), withoutChoices(f.fields())) : f)
                .toList();
    }

    private boolean isNameless() {
        return PipelineTrainer.extractor(root).isEmpty();
    }

    /** The layer's own penalty, or that of every layer. */
    private void block(PipelineModel.Block block, PipelineWriter.Solution solution) {
        Optional<Parameter> partner = kernel(partners.inRecipe(block.name()));
        Optional<Parameter> any = kernel(ParameterName.ANY_LAYER);
        boolean nameless = isNameless() && PipelineModel.blocks(root).size() == 1;
        if (partner.isEmpty() && any.isEmpty() && !nameless) {
            partners.leaveAlone(block.name());
            return;
        }
        partners.meet(block.name());
        PipelineField wanted =
                partner.map(p -> solution.regularizer(penalty(p))).orElse(solution.regularizer());
        edits.say(block.section().message(), block.section().type(), List.of(wanted));
    }

    private static Optional<Stage.Penalty> penalty(Parameter parameter) {
        return KernelPenalty.of(parameter).stream().findFirst();
    }

    private Optional<Parameter> kernel(String layer) {
        return recipe.trained().stream()
                .filter(p -> p.name().equals(new ParameterName(layer, Role.KERNEL)))
                .findFirst();
    }
}

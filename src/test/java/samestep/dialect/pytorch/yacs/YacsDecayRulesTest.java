package samestep.dialect.pytorch.yacs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Verdict;
import samestep.dialect.Input;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.dialect.write.Proposal;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** Which parameters SlowFast and pycls decay, by their own construct_optimizer. */
class YacsDecayRulesTest {
    private static final String SLOWFAST = """
        MODEL:
          MODEL_NAME: %s
        MVIT:
          ZERO_DECAY_POS_CLS: %s
        BN:
          WEIGHT_DECAY: 0.125
          NORM_TYPE: %s
        SOLVER:
          BASE_LR: 0.1
          MAX_EPOCH: 10
          OPTIMIZING_METHOD: sgd
          WEIGHT_DECAY: 0.5
          ZERO_WD_1D_PARAM: %s
        """;
    private static final String PYCLS = """
        MODEL:
          TYPE: %s
        VIT:
          STEM_TYPE: %s
        OPTIM:
          LR_POLICY: cos
          BASE_LR: 0.1
          WEIGHT_DECAY: 0.5
        BN:
          USE_CUSTOM_WEIGHT_DECAY: %s
          CUSTOM_WEIGHT_DECAY: 0.125
        LN:
          USE_CUSTOM_WEIGHT_DECAY: %s
          CUSTOM_WEIGHT_DECAY: 0.25
        """;

    private static Outcome<Recipe> outcome(String text) {
        return new PytorchDialect().read(Input.of(new SourceText("net.yaml", text)));
    }

    private static Recipe read(String text) {
        Outcome<Recipe> outcome = outcome(text);
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
    }

    private static String decay(Recipe recipe, String layer, Role role) {
        Parameter parameter = recipe.parameters().stream()
                .filter(p -> p.name().equals(new ParameterName(layer, role)))
                .findFirst()
                .orElseThrow();
        return parameter.stages(Stage.Penalty.class).stream()
                .findFirst()
                .map(p -> p.coefficient().decimal().toPlainString())
                .orElse("0");
    }

    private static String decay(Recipe recipe, Role role) {
        return decay(recipe, ParameterName.ANY_LAYER, role);
    }

    /** {@code BN.WEIGHT_DECAY} is of torch's batch normalisations only: not of SubBatchNorm3d, not of an MViT's LayerNorm. */
    @ParameterizedTest
    @CsvSource({
        "ResNet, batchnorm, false, 0.125, 0.5",
        "ResNet, batchnorm, true, 0.125, 0",
        "ResNet, sync_batchnorm, false, 0.125, 0.5",
        "ResNet, sub_batchnorm, false, 0.5, 0.5",
        "ResNet, sub_batchnorm, true, 0, 0",
        "MViT, batchnorm, false, 0.5, 0.5",
        "MaskMViT, batchnorm, true, 0, 0",
    })
    void slowFastDecaysByClass(String model, String norm, boolean vectors, String gamma, String bias) {
        Recipe recipe = read(SLOWFAST.formatted(model, "false", norm, vectors));

        assertEquals(gamma, decay(recipe, Role.GAMMA));
        assertEquals(gamma, decay(recipe, Role.BETA));
        assertEquals(bias, decay(recipe, Role.BIAS));
        assertEquals("0.5", decay(recipe, Role.KERNEL));
    }

    @Test
    void whatAnMvitListsIsNotReadWhereItHasADecayOfItsOwn() {
        Outcome<Recipe> outcome = outcome(SLOWFAST.formatted("MViT", "true", "batchnorm", "false"));

        assertEquals(Optional.empty(), outcome.value());
        assertTrue(outcome.findings().stream().anyMatch(f -> f.code() == Code.SS010));
        read(SLOWFAST.formatted("MViT", "true", "batchnorm", "true"));
    }

    /** The first word that is in the name decides. A net of which the file does not say what it is may have both. */
    @ParameterizedTest
    @CsvSource({
        "resnet, patchify, true, true, *, 0.125",
        "resnet, patchify, false, true, *, 0.5",
        "vit, patchify, true, true, *, 0.25",
        "vit, patchify, true, false, *, 0.5",
        "vit, conv, true, true, *bn*, 0.125",
        "vit, conv, true, true, *ln*, 0.25",
        "other, patchify, false, true, *bn*, 0.5",
        "other, patchify, false, true, *ln*, 0.25",
    })
    void pyclsDecaysByWordsInNames(
            String type, String stem, boolean batch, boolean layer, String layers, String expected) {
        Recipe recipe = read(PYCLS.formatted(type, stem, batch, layer));

        assertEquals(expected, decay(recipe, layers, Role.GAMMA));
        assertEquals(expected, decay(recipe, layers, Role.BETA));
        assertEquals("0.5", decay(recipe, Role.BIAS));
        assertEquals("0.5", decay(recipe, Role.KERNEL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slowfast    | isinstance(modules[path.rpartition(\".\")[0]], (torch.nn.modules.batchnorm._NormBase))",
                "slowfast    | any(part in path for part in listed)",
                "slowfast-1d | parameter.ndim <= 1 and parameter.ndim >= 1",
                "pycls-bn    | if \"bn\" in path:",
                "pycls-ln    | if \"ln\" in path:",
            })
    void theRuleIsWrittenAndReadBack(String rule, String line) {
        String text = switch (rule) {
            case "slowfast" -> SLOWFAST.formatted("ResNet", "true", "batchnorm", "false");
            case "slowfast-1d" -> SLOWFAST.formatted("ResNet", "true", "batchnorm", "true");
            case "pycls-bn" -> PYCLS.formatted("resnet", "patchify", "true", "false");
            default -> PYCLS.formatted("vit", "patchify", "false", "true");
        };
        Recipe recipe = read(text.replace("cos\n", "cos\n  MAX_EPOCH: 10\n"));
        Proposal proposal = new PytorchDialect().write(recipe, "python").get(0);

        assertTrue(
                proposal.texts().getOrDefault("python", "").contains(line),
                proposal.texts().getOrDefault("python", ""));
        assertEquals(
                Optional.of(rule),
                read(proposal.texts().getOrDefault("json", "")).rule().map(ParameterRule::name));
    }

    /** Before, layer normalisations were taken for what SlowFast's rule is about, and this was exact. */
    @Test
    void rolesAreTheSameOnlyWhileTheRuleSortsByThem() {
        Recipe here = read(SLOWFAST.formatted("ResNet", "true", "batchnorm", "false"));
        Recipe there = read(SLOWFAST.formatted("ResNet", "true", "batchnorm", "false"));
        Recipe byRole = there.withRule(Optional.empty());

        assertEquals(Verdict.EXACT, Comparer.compare(here, there).verdict());
        assertEquals(
                Verdict.Kind.EXACT_WHILE,
                Comparer.compare(here, byRole).verdict().kind());
    }
}

package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Verdict;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.ParameterRule;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** Which parameters are decayed, where a library decides it by a rule: read, written, read back, compared. */
class ParameterRuleTest {
    private static final String TRANSFORMERS = "output_dir: out\n"
            + "learning_rate: 0.001\n"
            + "weight_decay: 0.1\n"
            + "max_grad_norm: 0.0\n"
            + "lr_scheduler_type: constant\n";
    private static final String TIMM = "model: vit\nopt: adamw\nlr: 0.001\nweight_decay: 0.1\nsched: none\n"
            + "opt_betas: [0.9, 0.999]\nopt_eps: 1.0e-08\n";
    private static final String DETECTRON =
            "MODEL:\n  WEIGHTS: ''\nSOLVER:\n  BASE_LR: 0.02\n  WEIGHT_DECAY_NORM: 0.0\nVERSION: 2\n";

    private static Recipe read(String name, String text) {
        Outcome<Recipe> outcome = new PytorchDialect().read(Input.of(new SourceText(name, text)));
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
    }

    private static Proposal python(Recipe recipe) {
        return new PytorchDialect().write(recipe, "python").get(0);
    }

    private static String text(String rule) {
        return switch (rule) {
            case "transformers" -> TRANSFORMERS;
            case "timm" -> TIMM;
            default -> DETECTRON;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "transformers | re.search(r\"bias|layernorm|rmsnorm|(?:^|\\.)norm(?:$|\\.)|_norm(?:$|\\.)\","
                        + " path.lower())",
                "transformers | isinstance(modules[path[:i]], torch.nn.LayerNorm)",
                "timm | parameter.ndim <= 1",
                "timm | model.no_weight_decay() if hasattr",
                "detectron2 | torch.nn.InstanceNorm3d, torch.nn.LayerNorm)",
                "detectron2 | re.fullmatch(r\"bias\"",
            })
    void theRuleOfTheSourceIsWrittenAndReadBack(String rule, String line) {
        Proposal proposal = python(read("args.yaml", text(rule)));

        assertTrue(
                proposal.texts().getOrDefault("python", "").contains(line),
                proposal.texts().getOrDefault("python", ""));
        Optional<String> readBack = read("port.json", proposal.texts().getOrDefault("json", ""))
                .rule()
                .map(ParameterRule::name);
        assertEquals(Optional.of(rule), readBack);
    }

    @Test
    void withoutARuleParametersAreSortedByWhatTheyAreForAndOthersAreNotGuessed() {
        Proposal proposal = python(read("port.json", """
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
             "param_groups": [{"roles": ["kernel"], "weight_decay": 0.1},
                              {"roles": ["bias", "gamma", "beta"], "weight_decay": 0.0}]}
            """));

        String text = proposal.texts().getOrDefault("python", "");
        assertTrue(text.contains("\"norm\" in type(modules"), text);
        assertTrue(text.contains("(\"kernel\"") || text.contains("([\"kernel\"], {\"weight_decay\": 0.1})"), text);
        assertTrue(text.contains("raise ValueError(f\"{path} is in no group"), text);
        assertFalse(proposal.texts().getOrDefault("json", "").contains("sorted_by"));
    }

    /** Decayed by one rule and not by the other is another training, which no file shows. */
    @Test
    void twoRulesAreTheSameOnlyWhileTheySortAlike() {
        Recipe here = read("args.json", TRANSFORMERS);
        Recipe there = read("args.yaml", TIMM);

        Comparison other = Comparer.compare(here, there);
        Comparison same = Comparer.compare(here, read("args.json", TRANSFORMERS));

        assertEquals(Verdict.Kind.EXACT_WHILE, other.verdict().kind());
        assertTrue(other.verdict().condition().contains("sort the model's parameters alike"));
        assertEquals(Verdict.EXACT, same.verdict());
    }

    @Test
    void aRuleDecidesNothingWhereAllIsDecayedAlike() {
        Recipe here = read("args.json", TRANSFORMERS.replace("0.1\n", "0.0\n"));
        Recipe there = read("args.yaml", TIMM.replace("0.1\n", "0.0\n"));

        assertEquals(Verdict.EXACT, Comparer.compare(here, there).verdict());
    }

    @Test
    void aRuleThatNobodyKnowsIsRefused() {
        Outcome<Recipe> outcome = new PytorchDialect().read(Input.of(new SourceText("port.json", """
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
             "param_groups": [{"roles": ["kernel"], "weight_decay": 0.1}], "sorted_by": "fairseq"}
            """)));

        assertEquals(Optional.empty(), outcome.value());
        assertEquals(Code.SS010, outcome.findings().get(0).code());
    }

    /** A parameter with two names is updated once. */
    @Test
    void namedGroupsHoldEachParameterOnce() {
        String text = python(read("port.json", """
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
             "param_groups": [{"param_names": ["a.weight"], "weight_decay": 0.1},
                              {"param_names": ["a.bias"], "weight_decay": 0.0}]}
            """)).texts().getOrDefault("python", "");

        assertTrue(text.contains("if id(p) not in seen"), text);
        assertTrue(text.contains("([\"a.weight\"], {\"weight_decay\": 0.1})"), text);
        assertTrue(text.contains("raise ValueError(f\"{path} is in no group\")"), text);
    }
}

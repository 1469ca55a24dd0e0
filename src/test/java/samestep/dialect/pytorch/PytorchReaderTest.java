package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Input;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** What is read of a document, and what is reported for one that cannot be. */
class PytorchReaderTest {

    private static Outcome<Recipe> read(String json) {
        return new PytorchDialect().read(Input.of(new SourceText("port.json", json)));
    }

    private static Outcome<Recipe> optimizer(String classPath, String arguments) {
        return read("""
            {"optimizer": {"class_path": "%s", "init_args": {%s}}}
            """.formatted(classPath, arguments.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "torch.optim.SGDD | 'lr': 0.1 | SS010 | did you mean SGD?",
                "torch.optim.SGD | 'lr': 0.1, 'momentun': 0.9 | SS004 | did you mean momentum?",
                "torch.optim.SGD | 'lr': '0.1' | SS004 | expected a number",
                "torch.optim.Adam | 'betas': 0.9 | SS004 | expected a list of numbers",
                "timm.optim.Lion | 'lr': 0.1, 'caution': true | SS010 | with caution",
                "timm.optim.AdaBelief | 'lr': 0.1 | SS010 | with rectify",
                "timm.optim.Adafactor | 'weight_decay': 0.1 | SS010 | without lr",
                "torch.optim.SGD | 'lr': 0.1, 'nesterov': true | SS004 | refuses nesterov without a momentum",
                "torch.optim.SGD | 'lr': 0.1, 'momentum': 0, 'nesterov': true | SS004 | refuses nesterov without",
                "torch.optim.SGD | 'lr': 0.1, 'momentum': 0.9, 'dampening': 0.1, 'nesterov': true | SS004 | with a dampening",
                "timm.optim.SGDW | 'lr': 0.1, 'nesterov': true | SS004 | timm's SGDW refuses nesterov",
                "torch.optim.LBFGS | 'lr': 0.1 | SS010 | LBFGS"
            })
    void isRefused(String classPath, String arguments, Code code, String words) {
        Outcome<Recipe> outcome = optimizer(classPath, arguments);

        assertEquals(Optional.empty(), outcome.value());
        assertTrue(
                outcome.findings().stream()
                        .anyMatch(f -> f.code() == code
                                && f.message().contains(words)
                                && f.place().isPresent()),
                outcome.findings().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "m.py | optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1), clip_grad=dict(max_norm=1, max_nrm=2))",
                "m.py | optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.1),"
                        + " clip_grad=dict(type='value', clip_value=1, norm_type=2))",
                "old.py | optimizer = dict(type='SGD', lr=0.1); optimizer_config = dict(grad_clip=dict(max_norm=1, kind=2))",
                "old.py | optimizer = dict(type='SGD', lr=0.1); optimizer_config = dict(grad_clip=dict(max_norm=1, type='norm'))",
                "port.json | {'optimizer': {'class_path': 'torch.optim.SGD', 'init_args': {'lr': 0.1}}, 'grad_clip':"
                        + " {'class_path': 'torch.nn.utils.clip_grad_norm_', 'init_args': {'max_norm': 1, 'kind': 2}}}",
            })
    void anArgumentThatAClipDoesNotHaveIsRefused(String name, String text) {
        String source = name.endsWith("json") ? text.replace('\'', '"') : text.replace("; ", "\n");
        Outcome<Recipe> outcome = new PytorchDialect().read(Input.of(new SourceText(name, source)));

        assertTrue(
                outcome.findings().stream()
                        .anyMatch(f -> f.code() == Code.SS010
                                && f.message()
                                        .matches("the argument \\w+ of clip_grad_(norm|value)_ is not known here.*")
                                && f.place().isPresent()),
                outcome.findings().toString());
    }

    /** The constructor looks at its own arguments; a group, or an optimizer in use, may have others. */
    @Test
    void aGroupMayHaveNesterovWithoutAMomentum() {
        String group = """
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1, "momentum": 0.9, "nesterov": true}},
             "param_groups": [{"roles": ["bias"], "momentum": 0}]}
            """;
        String used = """
            {"samestep": "live/1", "framework": "pytorch",
             "optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1, "momentum": 0, "nesterov": true}}}
            """;

        assertTrue(read(group).value().isPresent(), read(group).findings().toString());
        assertTrue(read(used).value().isPresent(), read(used).findings().toString());
    }

    /** Keras, JAX and TensorFlow take it: the step without a momentum is the plain one, and is written as that. */
    @Test
    void nesterovWithoutAMomentumIsWrittenAsThePlainStep() {
        Recipe plain = read("""
            {"samestep": "live/1", "framework": "pytorch",
             "optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1, "momentum": 0, "nesterov": true}}}
            """).value().orElseThrow();
        String written = new PytorchDialect().write(plain).get(0).texts().getOrDefault("json", "");

        assertTrue(read(written).value().isPresent(), read(written).findings() + written);
    }

    @Test
    void anotherLibrarysOptimizerOfTheSameNameIsNoMisspelling() {
        assertEquals(
                "the optimizer torch.optim.Adafactor cannot be read yet",
                optimizer("torch.optim.Adafactor", "'lr': 0.1")
                        .findings()
                        .get(0)
                        .message());
    }

    @ParameterizedTest
    @CsvSource({"StepLR, step_size, 0", "CosineAnnealingLR, T_max, -5", "CosineAnnealingWarmRestarts, T_0, 0"})
    void aScheduleOfNoLengthIsRefused(String scheduler, String argument, String value) {
        Outcome<Recipe> outcome = read("""
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
             "scheduler": {"class_path": "torch.optim.lr_scheduler.%s", "init_args": {"%s": %s}}}
            """.formatted(scheduler, argument, value));

        assertEquals(Optional.empty(), outcome.value());
        assertEquals(Code.SS004, outcome.findings().get(0).code());
    }

    /** The groups' rates would end at one rate for all, so that no multiplier says them. */
    @Test
    void groupsUnderAScheduleWithAnEndOfItsOwnAreRefused() {
        Outcome<Recipe> outcome = read("""
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
             "param_groups": [{"param_names": ["a.weight"]}, {"param_names": ["a.bias"], "lr": 0.2}],
             "scheduler": {"class_path": "torch.optim.lr_scheduler.CosineAnnealingLR",
                           "init_args": {"T_max": 100, "eta_min": 0.01}}}
            """);

        assertEquals(Optional.empty(), outcome.value());
        assertEquals(Code.SS010, outcome.findings().get(0).code());
    }

    @Test
    void aGroupHasItsRateAndItsDecay() {
        Recipe recipe = read("""
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1, "weight_decay": 0.5}},
             "param_groups": [{"param_names": ["a.b.weight"]}, {"param_names": ["a.b.bias"], "lr": 0.2, "weight_decay": 0}]}
            """).value().orElseThrow();
        Parameter kernel = recipe.parameters().get(0);
        Parameter bias = recipe.parameters().get(1);

        assertEquals(new ParameterName("a.b", Role.KERNEL), kernel.name());
        assertEquals(new ParameterName("a.b", Role.BIAS), bias.name());
        assertTrue(kernel.rateMultiplier().isOne());
        assertEquals(2.0, bias.rateMultiplier().doubleValue());
        assertEquals(
                0.5, kernel.stages(Stage.Penalty.class).get(0).coefficient().doubleValue());
        assertEquals(List.of(), bias.stages(Stage.Penalty.class));
    }

    @Test
    void clippingComesBeforeTheDecay() {
        Recipe recipe = read("""
            {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1, "weight_decay": 0.5}},
             "grad_clip": {"class_path": "torch.nn.utils.clip_grad_norm_", "init_args": {"max_norm": 1.0}},
             "loss_penalty": "loss = loss + 0.25 * sum((p ** 2).sum() for n, p in model.named_parameters() if p.ndim > 1)"}
            """).value().orElseThrow();
        List<String> kernel = recipe.parameters().get(0).stages().stream()
                .map(stage -> stage.getClass().getSimpleName())
                .toList();
        List<String> bias = recipe.parameters().get(1).stages().stream()
                .map(stage -> stage.getClass().getSimpleName())
                .toList();

        assertEquals(List.of("Penalty", "Clip", "Penalty", "Optimizer"), kernel);
        assertEquals(List.of("Clip", "Penalty", "Optimizer"), bias);
    }

    @ParameterizedTest
    @CsvSource({
        "layer1.0.bn1.weight, GAMMA",
        "layer1.0.bn1.bias, BETA",
        "encoder.layernorm.weight, GAMMA",
        "features.0.weight, KERNEL",
        "features.0.bias, BIAS",
        "embeddings.weight, EMBEDDINGS",
        "lstm.weight_hh_l0, RECURRENT_KERNEL",
        "lstm.bias_hh_l0, BIAS",
        "normal.weight, KERNEL",
        "W1, KERNEL",
        "b1, BIAS"
    })
    void aNameSaysWhatAParameterIsFor(String name, Role role) {
        assertEquals(role, ParameterNames.of(name).role());
    }
}

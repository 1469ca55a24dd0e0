package samestep.dialect.caffe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.UnknownStage;
import samestep.text.SourceText;

/** Where {@code propagate_down} stops a gradient, the update of what is before it is not called known. */
class StoppedGradientsTest {
    private static final String TRUNK = """
        layer { name: 'data' type: 'Data' top: 'data' top: 'label' data_param { batch_size: 4 } }
        layer { name: 'c1' type: 'Convolution' bottom: 'data' top: 'c1' }
        layer { name: 'r1' type: 'ReLU' bottom: 'c1' top: 'c1' }
        """;

    private static Outcome<Recipe> read(String net) {
        return new CaffeDialect()
                .read(Input.of(
                        new SourceText(
                                "solver.prototxt",
                                "net: 'net.prototxt' base_lr: 0.1 lr_policy: 'fixed' weight_decay: 0.0005"),
                        new SourceText("net.prototxt", net)));
    }

    private static String stopped(Outcome<Recipe> read) {
        return read.value().orElseThrow().parameters().stream()
                .filter(p -> !p.stages(UnknownStage.class).isEmpty())
                .map(p -> p.name().toString())
                .collect(Collectors.joining(", "));
    }

    @Test
    void whatIsBeforeTheStopHasNoGradient() {
        Outcome<Recipe> read = read(TRUNK + """
            layer { name: 'f' type: 'InnerProduct' bottom: 'c1' top: 'f' propagate_down: false }
            layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'f' bottom: 'label' top: 'loss' }
            """);
        assertEquals("c1 kernel, c1 bias", stopped(read));
        List<String> named = read.findings().stream()
                .filter(f -> f.code() == Code.SS043)
                .map(f -> f.message())
                .toList();
        assertTrue(named.size() == 1 && named.get(0).startsWith("propagate_down: no gradient reaches c1;"), "" + named);
    }

    @Test
    void anotherWayToTheLossKeepsTheGradient() {
        assertEquals("", stopped(read(TRUNK + """
            layer { name: 'f' type: 'InnerProduct' bottom: 'c1' top: 'f' propagate_down: false }
            layer { name: 'g' type: 'InnerProduct' bottom: 'c1' top: 'g' }
            layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'f' bottom: 'label' top: 'loss' }
            layer { name: 'loss2' type: 'SoftmaxWithLoss' bottom: 'g' bottom: 'label' top: 'loss2' }
            """)));
    }

    @Test
    void aLabelNeedsNoGradient() {
        Outcome<Recipe> read = read(TRUNK + """
            layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'c1' bottom: 'label' top: 'loss'
              propagate_down: 1 propagate_down: 0 }
            """);
        assertEquals("", stopped(read));
        assertTrue(read.findings().stream().noneMatch(f -> f.code() == Code.SS043));
    }

    @Test
    void aFrozenLayerIsFrozenEitherWay() {
        assertEquals(
                "",
                stopped(read(TRUNK.replace("top: 'c1' }\n", "top: 'c1' param { lr_mult: 0 } param { lr_mult: 0 } }\n")
                        + """
                        layer { name: 'f' type: 'InnerProduct' bottom: 'c1' top: 'f' propagate_down: false }
                        layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'f' bottom: 'label' top: 'loss' }
                        """)));
    }
}

package samestep.dialect.caffe.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.schema.Schema;
import samestep.syntax.prototxt.Prototxt;
import samestep.text.SourceText;

class NetReaderTest {
    private static Net read(String text) {
        SourceText source = new SourceText("net.prototxt", text);
        return NetReader.read(
                source, Prototxt.parse(source).value().orElseThrow().root(), Optional.empty(), false);
    }

    private static List<String> describe(Net net) {
        return net.parameters().stream()
                .map(p -> p.name() + " " + p.rateMultiplier().decimal().toPlainString() + " "
                        + p.decayMultiplier().decimal().toPlainString())
                .toList();
    }

    @Test
    void missingMultipliersAreOne() {
        assertEquals(
                List.of("fc kernel 1 1", "fc bias 2 1"),
                describe(read("layer { name: 'fc' type: 'InnerProduct' param { } param { lr_mult: 2 } }")));
    }

    @Test
    void theThreeFormatsMeanTheSame() {
        List<String> expected = List.of("c kernel 1 1", "c bias 2 0");
        assertEquals(
                expected,
                describe(read("layer { name: 'c' type: 'Convolution' param { lr_mult: 1 decay_mult: 1 }"
                        + " param { lr_mult: 2 decay_mult: 0 } }")));
        assertEquals(
                expected,
                describe(read("layers { name: 'c' type: CONVOLUTION blobs_lr: 1 blobs_lr: 2 weight_decay: 1"
                        + " weight_decay: 0 }")));
        assertEquals(
                expected,
                describe(read("layers { layer { name: 'c' type: 'conv' blobs_lr: 1 blobs_lr: 2 weight_decay: 1"
                        + " weight_decay: 0 } }")));
    }

    /** The oldest nets have a layer's own fields in the layer itself. */
    @Test
    void theThreeFormatsStartWithTheSame() {
        String fillers = "weight_filler { type: 'gaussian' std: 0.01 } bias_filler { type: 'constant' value: 0.1 }";
        List<String> expected =
                List.of("c kernel normal (deviation 0.01, mean 0)", "c bias constant (value 0.1)", "d 0.3");
        assertEquals(
                expected,
                settings(read("layer { name: 'c' type: 'Convolution' convolution_param { " + fillers + " } }"
                        + " layer { name: 'd' type: 'Dropout' dropout_param { dropout_ratio: 0.3 } }")));
        assertEquals(
                expected,
                settings(read("layers { name: 'c' type: CONVOLUTION convolution_param { " + fillers + " } }"
                        + " layers { name: 'd' type: DROPOUT dropout_param { dropout_ratio: 0.3 } }")));
        assertEquals(
                expected,
                settings(read("layers { layer { name: 'c' type: 'conv' " + fillers + " } }"
                        + " layers { layer { name: 'd' type: 'dropout' dropout_ratio: 0.3 } }")));
    }

    private static List<String> settings(Net net) {
        return net.settings().stream()
                .map(s -> s.owner() + " " + s.value().words())
                .toList();
    }

    @Test
    void layersOwnWhatTheirTypeSays() {
        assertEquals(
                List.of("a kernel 1 1"),
                describe(read("layer { name: 'a' type: 'Convolution' convolution_param { bias_term: false } }")));
        assertEquals(List.of("s gamma 1 1"), describe(read("layer { name: 's' type: 'Scale' bottom: 'x' }")));
        assertEquals(
                List.of("s gamma 1 1", "s beta 1 1"),
                describe(read("layer { name: 's' type: 'Scale' bottom: 'x' scale_param { bias_term: true } }")));
        assertEquals(
                List.of("b statistics 0 0", "b statistics 0 0", "b statistics 0 0"),
                describe(read("layer { name: 'b' type: 'BatchNorm' param { lr_mult: 5 } }")));
        assertEquals(List.of("p alpha 1 1"), describe(read("layer { name: 'p' type: 'PReLU' }")));
        assertEquals(
                List.of("l kernel 1 1", "l bias 1 1", "l recurrent kernel 1 1"),
                describe(read("layer { name: 'l' type: 'LSTM' bottom: 'x' bottom: 'cont' }")));
        assertEquals(List.of(), describe(read("layer { name: 'r' type: 'ReLU' }")));
        assertEquals(
                List.of("m parameter 3 1"), describe(read("layer { name: 'm' type: 'MyLayer' param { lr_mult: 3 } }")));
    }

    @Test
    void onlyLayersOfTheTrainingPhaseCount() {
        String test = "layer { name: 't' type: 'InnerProduct' include { phase: TEST } }";
        String train = "layer { name: 'f' type: 'InnerProduct' include { phase: TRAIN } }";
        String excluded = "layer { name: 'x' type: 'InnerProduct' exclude { phase: TRAIN } }";
        assertEquals(List.of("f kernel 1 1", "f bias 1 1"), describe(read(test + train + excluded)));
    }

    @Test
    void rulesAreHeldAgainstTheStateOfNetAndSolver() {
        String net = "state { level: 2 stage: 'n' }"
                + "layer { name: 'a' type: 'PReLU' include { min_level: 2 max_level: 2 stage: 'n' } }"
                + "layer { name: 'b' type: 'PReLU' include { min_level: 3 } }"
                + "layer { name: 'c' type: 'PReLU' include { max_level: 1 } include { stage: 's' } }"
                + "layer { name: 'd' type: 'PReLU' include { not_stage: 's' } }"
                + "layers { name: 'e' type: 32 exclude { stage: 'n' stage: 's' } }"
                + "layer { name: 'f' type: 'PReLU' exclude { phase: TEST } }"
                + "layer { name: 'g' type: 'PReLU' include { phase: RUN } }";
        assertEquals(List.of("a alpha 1 1", "d alpha 1 1", "f alpha 1 1"), describe(read(net)));
        SourceText source = new SourceText("net.prototxt", net);
        SourceText state = new SourceText("state", "stage: 's'");
        Net both = NetReader.read(
                source,
                Prototxt.parse(source).value().orElseThrow().root(),
                Optional.of(Prototxt.parse(state).value().orElseThrow().root()),
                false);
        assertEquals(List.of("a alpha 1 1", "c alpha 1 1", "f alpha 1 1"), describe(both));
    }

    @Test
    void everyTypeOfTheOlderFormatsHasItsNameOfToday() {
        assertEquals("InnerProduct", LayerKind.modernType("INNER_PRODUCT"));
        assertEquals("InnerProduct", LayerKind.modernType("14"));
        assertEquals("Convolution", LayerKind.modernType("conv"));
        for (Schema.Constant type : CaffeSchema.schema()
                .enumeration("V1LayerParameter.LayerType")
                .constants()
                .values()) {
            assertEquals(type.name().equals("NONE"), type.modern().isEmpty(), type.name());
        }
    }

    @Test
    void sharedParametersAreOneAndAnySharerMaySayItsMultipliers() {
        Net net = read("layer { name: 'a' type: 'InnerProduct' param { name: 'w' } param { name: 'b' lr_mult: 2 } }"
                + "layer { name: 'c' type: 'InnerProduct' param { name: 'w' decay_mult: 3 } param { name: 'b' } }");
        assertEquals(List.of("a kernel 1 3", "a bias 2 1"), describe(net));
        assertEquals(List.of("c"), net.parameters().get(0).sharers());
        assertTrue(net.findings().isEmpty(), net.findings().toString());
    }

    @Test
    void theBatchSizeIsThatOfTheFirstTrainingLayer() {
        Net net = read("layer { name: 't' type: 'Data' include { phase: TEST } data_param { batch_size: 100 } }"
                + "layer { name: 'd' type: 'Data' data_param { batch_size: 32 } }");
        assertEquals("32", net.batchSize().orElseThrow().text());
    }
}

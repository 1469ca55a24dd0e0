package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;

/** The places of a pipeline's model that have hyper-parameters, wherever in it they are. */
final class PipelineModel {
    static final List<String> ARCHITECTURES = List.of("faster_rcnn", "ssd", "center_net");
    private static final String ENDING = "hyperparams";

    private PipelineModel() {}

    /**
     * A block of hyper-parameters.
     *
     * @param name the way to it from the architecture, without {@code _hyperparams}; for parameters this is the layer
     * @param section its fields
     * @param depthwise whether its layers have depthwise kernels
     */
    record Block(String name, PipelineSection section, boolean depthwise) {}

    /** The blocks, in the order of the file. */
    static List<Block> blocks(PipelineSection root) {
        List<Block> blocks = new ArrayList<>();
        boolean mobile = PipelineTrainer.extractor(root).contains("mobilenet");
        for (PrototxtField model : root.section("model").message().fields()) {
            if (model.value() instanceof PrototxtMessage architecture) {
                collect(root, architecture, "", mobile, blocks);
            }
        }
        return blocks;
    }

    private static void collect(
            PipelineSection root, PrototxtMessage message, String path, boolean mobile, List<Block> blocks) {
        boolean depthwise = message.last("use_depthwise")
                .map(f -> root.source().slice(f.value().span()).equals("true"))
                .orElse(false);
        for (PrototxtField field : message.fields()) {
            if (!(field.value() instanceof PrototxtMessage inner)) {
                continue;
            }
            String name = path + field.name();
            if (field.name().endsWith(ENDING)) {
                String layer = name.substring(0, name.length() - ENDING.length() - 1);
                boolean ofBase = mobile && layer.startsWith("feature_extractor");
                PipelineSection section = PipelineSection.of(root.source(), inner, "Hyperparams");
                blocks.add(new Block(layer, section, depthwise || ofBase));
            } else {
                collect(root, inner, name + ".", mobile, blocks);
            }
        }
    }
}

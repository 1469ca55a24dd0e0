package samestep.dialect.caffe;

import java.util.Locale;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;

/** What is worth knowing of a loss layer: its scale weighs the data against the decay. */
final class LossLayers {
    private LossLayers() {}

    /** A remark if the layer's loss is not the plain mean over the batch. */
    static Optional<Finding> remark(NetLayer layer) {
        if (layer.type().equals("EuclideanLoss")) {
            return Optional.of(Finding.at(
                    layer.place(),
                    Code.SS902,
                    "EuclideanLoss is half the sum of squares over the batch; Keras' mean_squared_error is their mean"
                            + " over batch and outputs: multiply it by outputs / 2"));
        }
        String weight = NetLayer.word(layer.message(), "loss_weight");
        boolean weighted = isLoss(layer.type()) && !weight.isEmpty() && !isOne(weight);
        if (weighted) {
            return Optional.of(Finding.at(
                    layer.place(),
                    Code.SS902,
                    "loss_weight " + weight
                            + " multiplies this loss and not the decay; give the loss the same weight"));
        }
        return isLoss(layer.type()) ? normalization(layer) : Optional.empty();
    }

    private static Optional<Finding> normalization(NetLayer layer) {
        Optional<PrototxtMessage> parameters = layer.message()
                .last("loss_param")
                .map(PrototxtField::value)
                .filter(PrototxtMessage.class::isInstance)
                .map(PrototxtMessage.class::cast);
        String mode = parameters.map(p -> NetLayer.word(p, "normalization")).orElse("");
        boolean unusual = mode.equals("NONE") || mode.equals("3");
        return unusual
                ? Optional.of(Finding.at(
                        layer.place(),
                        Code.SS902,
                        "normalization NONE sums the loss over the batch; use reduction=\"sum\" or scale the loss"))
                : Optional.empty();
    }

    /** {@code SoftmaxWithLoss} today, {@code SOFTMAX_LOSS} in the first nets. */
    private static boolean isLoss(String type) {
        return type.toUpperCase(Locale.ROOT).endsWith("LOSS");
    }

    private static boolean isOne(String number) {
        try {
            return Double.parseDouble(number) == 1;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

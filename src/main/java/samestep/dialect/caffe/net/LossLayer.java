package samestep.dialect.caffe.net;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.Expression;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;

/**
 * One loss of a net, against the mean over the batch: the mean over places too for a softmax, the sum over outputs for a
 * sigmoid, half the sum of squares over outputs. Source: layers/softmax_loss_layer.cpp, get_normalizer;
 * sigmoid_cross_entropy_loss_layer.cpp; euclidean_loss_layer.cpp; loss_layer.cpp, LayerSetUp.
 *
 * @param layer which one
 * @param weight what it is multiplied by
 * @param kind as a word that all frameworks share
 * @param reduction what it is averaged over, as a word
 * @param stage what its gradient is times; empty for once the mean
 */
public record LossLayer(NetLayer layer, Quantity weight, String kind, String reduction, Optional<Stage> stage) {
    private static final String SOFTMAX = "SoftmaxWithLoss";
    private static final String SIGMOID = "SigmoidCrossEntropyLoss";
    private static final String INFOGAIN = "InfogainLoss";

    /** The loss that a layer is; none where it is not one, or counts nothing. */
    public static Optional<LossLayer> of(NetLayer layer, LayerOutputs outputs) {
        boolean loss = layer.type().toUpperCase(Locale.ROOT).endsWith("LOSS");
        Optional<Quantity> written =
                layer.numbers("loss_weight").stream().findFirst().map(Quantity::withoutRounding);
        if (!loss && written.isEmpty()) {
            return Optional.empty();
        }
        Quantity weight = written.orElse(Quantity.byDefault("1", "Caffe's default of a loss layer's loss_weight"));
        return weight.isZero() ? Optional.empty() : Optional.of(of(layer, weight, outputs));
    }

    private static LossLayer of(NetLayer layer, Quantity weight, LayerOutputs outputs) {
        Optional<Stage> weighted = weight.isOne()
                ? Optional.empty()
                : Optional.of(new Stage.LossScale(Stage.LossScale.Form.WEIGHTED, weight));
        LossLayer mean = new LossLayer(layer, weight, kind(layer.type()), "batch", weighted);
        return switch (layer.type()) {
            case SOFTMAX, INFOGAIN -> mean.ofSoftmax(outputs);
            case SIGMOID -> mean.ofSigmoid(outputs);
            default -> mean;
        };
    }

    private static String kind(String type) {
        return switch (type) {
            case SOFTMAX, INFOGAIN -> "softmax cross-entropy";
            case SIGMOID -> "sigmoid cross-entropy";
            case "MultinomialLogisticLoss" -> "cross-entropy";
            case "EuclideanLoss" -> "squared error";
            case "HingeLoss" -> "hinge";
            default -> type;
        };
    }

    private LossLayer ofSoftmax(LayerOutputs outputs) {
        boolean onePlace = outputs.isOfOnePlace(layer);
        return switch (mode("VALID")) {
            case "NONE", "3" ->
                onePlace ? summed() : unknown("sum", "the sum over the batch and the places of an output");
            case "BATCH_SIZE", "2" ->
                onePlace ? this : unknown("batch, summed over places", "the sum over the places of an output");
            case "FULL", "0" ->
                ignoresALabel() ? unknown("batch, ignored labels counted", "ignored labels are counted") : this;
            default -> ignoresALabel() ? with("batch, without ignored labels", stage) : this;
        };
    }

    private LossLayer ofSigmoid(LayerOutputs outputs) {
        return switch (mode("BATCH_SIZE")) {
            case "NONE", "3" -> summed();
            case "BATCH_SIZE", "2" -> this;
            default ->
                ignoresALabel()
                        ? unknown(
                                "batch and outputs, without ignored labels",
                                "the mean over labels that are not ignored")
                        : overOutputs(outputs.perSample(layer));
        };
    }

    /** The mode by its name; the older {@code normalize} counts only where the newer field is not given. */
    private String mode(String byDefault) {
        PrototxtMessage parameters = LayerOutputs.parameters(layer, "loss_param");
        String mode = NetLayer.word(parameters, "normalization");
        boolean old = parameters.last("normalize").isPresent();
        if (!mode.isEmpty() || !old) {
            return mode.isEmpty() ? byDefault : mode;
        }
        String normalize = NetLayer.word(parameters, "normalize");
        return normalize.equals("true") || normalize.equals("1") || normalize.equals("t") ? "VALID" : "BATCH_SIZE";
    }

    private boolean ignoresALabel() {
        return LayerOutputs.parameters(layer, "loss_param").last("ignore_label").isPresent();
    }

    private LossLayer with(String otherReduction, Optional<Stage> other) {
        return new LossLayer(layer, weight, kind, otherReduction, other);
    }

    private LossLayer summed() {
        return with("sum", Optional.of(new Stage.LossScale(Stage.LossScale.Form.SUMMED, weight)));
    }

    private LossLayer overOutputs(OptionalLong perSample) {
        String words = "batch and outputs";
        if (perSample.isEmpty() || perSample.getAsLong() < 1) {
            return unknown(words, "the mean over the outputs of a sample");
        }
        Expression share = weight.value().over(Expression.literal(perSample.getAsLong()));
        return with(
                words,
                Optional.of(new Stage.LossScale(
                        Stage.LossScale.Form.WEIGHTED, weight.derived(share, "loss_weight / num_output"))));
    }

    /** How large it is depends on what the net does not say. */
    private LossLayer unknown(String otherReduction, String why) {
        return with(
                otherReduction,
                Optional.of(new UnknownStage("a loss of weight "
                        + weight.decimal().stripTrailingZeros().toPlainString() + " against its mean: " + why)));
    }

    /** Where its normalisation is written, if it is. */
    Optional<PrototxtField> normalization() {
        PrototxtMessage parameters = LayerOutputs.parameters(layer, "loss_param");
        return parameters.last("normalization").or(() -> parameters.last("normalize"));
    }
}

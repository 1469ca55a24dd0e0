package samestep.dialect.caffe.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.LossMix;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.syntax.prototxt.PrototxtField;
import samestep.text.SourceText;

/**
 * What the losses of a net are: their scale weighs the data against the decay.
 *
 * @param stage what every data gradient is times; empty where it is that of the mean over the batch
 * @param settings the kind of the loss and what it is averaged over
 * @param findings what is worth knowing of them
 */
public record NetLosses(Optional<Stage> stage, List<Setting> settings, List<Finding> findings) {
    public NetLosses {
        settings = List.copyOf(settings);
        findings = List.copyOf(findings);
    }

    /** Of the layers that train, in the order of the file. */
    static NetLosses of(SourceText source, List<NetLayer> layers) {
        LayerOutputs outputs = new LayerOutputs(layers);
        List<LossLayer> losses = layers.stream()
                .flatMap(layer -> LossLayer.of(layer, outputs).stream())
                .toList();
        List<Finding> findings = new ArrayList<>();
        losses.forEach(loss -> remark(source, loss).ifPresent(findings::add));
        return new NetLosses(stage(losses, findings), settings(source, losses), findings);
    }

    /** The factor that all losses share; where they do not share one, no parameter's gradient has one. */
    private static Optional<Stage> stage(List<LossLayer> losses, List<Finding> findings) {
        List<List<Object>> behaviours = losses.stream()
                .map(l -> l.stage().map(Stage::behaviour).orElse(List.of()))
                .distinct()
                .toList();
        if (behaviours.size() <= 1) {
            return losses.stream().findFirst().flatMap(LossLayer::stage);
        }
        boolean plain =
                losses.stream().allMatch(l -> l.stage().map(NetLosses::isWeight).orElse(true));
        String weights = LossMix.words(losses.stream().map(LossLayer::weight).toList());
        String reductions = losses.stream().map(LossLayer::reduction).collect(Collectors.joining(" / "));
        UnknownStage mix = new UnknownStage(plain ? weights : weights + " (" + reductions + ")");
        findings.add(Finding.at(
                losses.get(0).layer().place(),
                Code.SS902,
                mix.what()
                        + ": how much of each reaches a parameter, the net decides; give the other net's losses the"
                        + " same weights"));
        return Optional.of(mix);
    }

    private static boolean isWeight(Stage stage) {
        return stage instanceof Stage.LossScale scale && scale.form() == Stage.LossScale.Form.WEIGHTED;
    }

    private static List<Setting> settings(SourceText source, List<LossLayer> losses) {
        if (losses.isEmpty()) {
            return List.of();
        }
        LossLayer first = losses.get(0);
        String words = joined(losses.stream().map(LossLayer::kind).toList());
        Setting kind = Setting.ofRun(
                SettingKind.LOSS,
                new SettingValue.Word(words),
                new Setting.Spelling(words, new Origin.Written(first.layer().place()), Convention.AS_IS));
        Optional<PrototxtField> written = first.normalization();
        Origin origin = written.<Origin>map(
                        f -> new Origin.Written(new Place(source, f.value().span())))
                .orElse(new Origin.Default("Caffe's default of " + first.layer().type()));
        String mode = written.map(
                        f -> f.name() + " " + new Place(source, f.value().span()).text())
                .orElse("the default of " + first.layer().type());
        Setting reduction = Setting.ofRun(
                SettingKind.LOSS_REDUCTION,
                new SettingValue.Word(
                        joined(losses.stream().map(LossLayer::reduction).toList())),
                new Setting.Spelling(mode, origin, Convention.AS_IS));
        return smoothed(losses) ? List.of(kind, reduction, unsmoothed()) : List.of(kind, reduction);
    }

    /** Whether others have a share for the labels of such a loss. */
    private static boolean smoothed(List<LossLayer> losses) {
        return losses.stream().allMatch(loss -> loss.kind().endsWith("cross-entropy"));
    }

    /** Caffe's losses take the labels as they are. Source: layers/softmax_loss_layer.cpp, which has no such parameter. */
    private static Setting unsmoothed() {
        Quantity none = Quantity.byDefault("0", "Caffe, which does not smooth labels");
        return Setting.ofRun(
                SettingKind.LABEL_SMOOTHING,
                new SettingValue.Number(none),
                new Setting.Spelling("no smoothing", none.origin(), Convention.AS_IS));
    }

    private static String joined(List<String> words) {
        return words.stream().distinct().collect(Collectors.joining(" and "));
    }

    private static Optional<Finding> remark(SourceText source, LossLayer loss) {
        Place place = loss.layer().place();
        if (loss.stage().filter(UnknownStage.class::isInstance).isPresent()) {
            return Optional.of(Finding.at(
                    loss.normalization()
                            .map(f -> new Place(source, f.value().span()))
                            .orElse(place),
                    Code.SS902,
                    "this normalization makes "
                            + ((UnknownStage) loss.stage().get()).what()
                            + ", and how many there are the net does not say: no other configuration is proven"
                            + " the same"));
        }
        if (loss.layer().type().equals("EuclideanLoss")) {
            return Optional.of(Finding.at(
                    place,
                    Code.SS902,
                    weighted(loss.weight())
                            + "EuclideanLoss is half the sum of squares over the batch; Keras' mean_squared_error is"
                            + " their mean over batch and outputs: multiply it by outputs / 2"));
        }
        if (loss.reduction().equals("sum")) {
            return Optional.of(Finding.at(
                    place,
                    Code.SS902,
                    weighted(loss.weight())
                            + "normalization NONE sums the loss over the batch; use reduction=\"sum\" or scale"
                            + " the loss"));
        }
        return loss.weight().isOne()
                ? Optional.empty()
                : Optional.of(Finding.at(
                        place,
                        Code.SS902,
                        "loss_weight " + loss.weight().text()
                                + " multiplies this loss and not the decay; give the loss the same weight"));
    }

    private static String weighted(Quantity weight) {
        return weight.isOne() ? "" : "loss_weight " + weight.text() + " multiplies this loss; ";
    }
}

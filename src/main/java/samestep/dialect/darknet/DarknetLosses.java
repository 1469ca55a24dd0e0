package samestep.dialect.darknet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;

/**
 * What the last layers are trained for. Gradients are summed over the images and divided by their number: the mean over the batch
 * of each image's sum. The loss that Darknet prints is another number. Source: softmax_layer.c, cost_layer.c, yolo_layer.c.
 */
final class DarknetLosses {
    private final List<Loss> losses = new ArrayList<>();

    private record Loss(Cfg.Layer layer, String kind, String reduction, Optional<Quantity> factor) {}

    private DarknetLosses() {}

    static DarknetLosses of(Cfg cfg) {
        DarknetLosses found = new DarknetLosses();
        cfg.layers().forEach(found::layer);
        return found;
    }

    private void layer(Cfg.Layer layer) {
        String kind = layer.kind().map(LayerKind::name).orElse("");
        CfgSection options = layer.options();
        switch (kind) {
            case "softmax" -> {
                boolean spatial = options.count("spatial") != 0;
                add(layer, "softmax cross-entropy", spatial ? "batch, summed over places" : "batch");
            }
            case "cost" -> {
                Quantity factor = options.number("scale");
                losses.add(new Loss(layer, cost(options.word("type")), "batch", Optional.of(factor)));
            }
            case "logistic" -> add(layer, "sigmoid cross-entropy", "batch");
            case "yolo", "region", "detection", "Gaussian_yolo", "iseg", "contrastive" ->
                add(layer, "Darknet's " + kind, "batch");
            default -> {}
        }
    }

    private void add(Cfg.Layer layer, String kind, String reduction) {
        losses.add(new Loss(layer, kind, reduction, Optional.empty()));
    }

    /** An unknown type is the squared error. */
    private static String cost(String type) {
        return switch (type) {
            case "L1" -> "absolute error";
            case "smooth" -> "smooth absolute error";
            case "seg", "masked", "wgan" -> "Darknet's " + type;
            default -> "squared error";
        };
    }

    /** What every gradient is times, where it is not that of the loss itself. */
    Optional<Stage> stage(List<Finding> findings) {
        List<Quantity> factors =
                losses.stream().flatMap(l -> l.factor().stream()).toList();
        if (losses.size() == 1 && factors.size() == 1) {
            return factors.get(0).isOne()
                    ? Optional.empty()
                    : Optional.of(new Stage.LossScale(Stage.LossScale.Form.WEIGHTED, factors.get(0)));
        }
        boolean alike = losses.stream().map(Loss::kind).distinct().count() <= 1
                && factors.stream().allMatch(Quantity::isOne);
        if (alike) {
            return Optional.empty();
        }
        String words = losses.stream().map(Loss::kind).collect(Collectors.joining(" and "));
        findings.add(Finding.at(
                losses.get(losses.size() - 1).layer().options().place(),
                Code.SS902,
                "the gradients of " + words + " are added: how much of each reaches a parameter, the net decides"));
        return Optional.of(new UnknownStage("losses: " + words));
    }

    /** The kind of the loss and what it is averaged over. */
    List<Setting> settings() {
        if (losses.isEmpty()) {
            return List.of();
        }
        Origin origin = new Origin.Written(losses.get(0).layer().options().place());
        String kinds = losses.stream().map(Loss::kind).distinct().collect(Collectors.joining(" and "));
        String reductions = losses.stream().map(Loss::reduction).distinct().collect(Collectors.joining(" and "));
        return List.of(
                setting(SettingKind.LOSS, kinds, kinds, origin),
                setting(
                        SettingKind.LOSS_REDUCTION,
                        reductions,
                        "Darknet's sum over images, over their number",
                        new Origin.Default("Darknet, which divides by the images of an update")));
    }

    private static Setting setting(SettingKind kind, String value, String words, Origin origin) {
        return Setting.ofRun(kind, new SettingValue.Word(value), new Setting.Spelling(words, origin, Convention.AS_IS));
    }
}

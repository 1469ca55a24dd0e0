package samestep.dialect.pytorch.form;

import java.math.BigDecimal;
import java.util.Optional;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Fan;
import samestep.recipe.setting.InitialWeights.Scaling;
import samestep.recipe.setting.InitialWeights.Shape;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.SettingValue.Distribution;

/** How a program of PyTorch says settings: arguments of modules, and calls. Numbers are in PyTorch's convention. */
public final class TorchSettingWords {
    private static final BigDecimal TWO = new BigDecimal(2);

    private TorchSettingWords() {}

    /** The call or the argument; empty where PyTorch has no one word for it. */
    public static String of(Setting setting) {
        String value = setting.value().words();
        return switch (setting.kind()) {
            case SAMPLES_PER_UPDATE -> "DataLoader(batch_size=...) times the batches of an update, times devices";
            case UPDATES -> "so many calls of optimizer.step()";
            case DEVICES -> "torchrun --nproc_per_node=" + value;
            case EPOCHS -> "so many passes over the DataLoader";
            case LOSS -> loss(value);
            case LOSS_REDUCTION ->
                value.equals("sum") ? "reduction=\"sum\"" : value.equals("batch") ? "reduction=\"mean\"" : "";
            case LABEL_SMOOTHING -> "nn.CrossEntropyLoss(label_smoothing=" + value + ")";
            case NUMBER_FORMAT -> format(value);
            case LOSS_SCALING -> value.equals("dynamic") ? "torch.amp.GradScaler()" : "";
            case STATISTICS_KEPT -> statistics(setting.value());
            case NORMALISATION_EPSILON -> setting.value() instanceof SettingValue.Number ? "eps=" + value : "";
            case DROPOUT -> setting.part().isEmpty() ? "nn.Dropout(" + value + ")" : "";
            case WEIGHT_AVERAGE ->
                "torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(" + value + "))";
            case INITIAL_WEIGHTS ->
                setting.value() instanceof Distribution distribution
                        ? initial(distribution, setting.part().equals(Role.EMBEDDINGS.word()))
                        : "";
            default -> "";
        };
    }

    /** PyTorch's momentum is the share of the new value. */
    private static String statistics(SettingValue value) {
        return value instanceof SettingValue.Number kept
                ? "nn.BatchNorm2d(momentum=" + number(Convention.COMPLEMENT.turned(kept.quantity())) + ")"
                : value.means(SettingValue.NOT_MOVED) ? "module.eval(), in training too" : "";
    }

    private static String loss(String kind) {
        return switch (kind) {
            case "softmax cross-entropy" -> "nn.CrossEntropyLoss()";
            case "sigmoid cross-entropy" -> "nn.BCEWithLogitsLoss()";
            case "squared error" -> "nn.MSELoss()";
            default -> "";
        };
    }

    private static String format(String format) {
        return switch (format) {
            case "float16", "bfloat16" -> "torch.autocast(device, torch." + format + ")";
            case "float32", "float64" -> "torch.set_default_dtype(torch." + format + ")";
            default -> "";
        };
    }

    /**
     * @param embedding whose rows PyTorch takes for outputs, and others for inputs
     */
    private static String initial(Distribution distribution, boolean embedding) {
        Optional<Scaling> scaling = InitialWeights.scaling(distribution);
        if (scaling.isPresent()) {
            Fan fan = scaling.get().fan();
            return scaling.get().counting().isEmpty() ? scaling(scaling.get(), embedding ? fan.transposed() : fan) : "";
        }
        return switch (distribution.family()) {
            case InitialWeights.CONSTANT -> "nn.init.constant_(tensor, " + number(distribution.number("value")) + ")";
            case InitialWeights.NORMAL ->
                "nn.init.normal_(tensor, " + number(distribution.number("mean")) + ", "
                        + number(distribution.number("deviation")) + ")";
            case InitialWeights.UNIFORM ->
                "nn.init.uniform_(tensor, " + number(distribution.number("low")) + ", "
                        + number(distribution.number("high")) + ")";
            case InitialWeights.TRUNCATED_NORMAL ->
                truncated(distribution.number("mean"), distribution.number("deviation"));
            case InitialWeights.ORTHOGONAL ->
                "nn.init.orthogonal_(tensor, " + number(distribution.number("gain")) + ")";
            default -> "";
        };
    }

    /** Its ends are numbers, not deviations, and by default far away. */
    private static String truncated(Quantity mean, Quantity deviation) {
        BigDecimal middle = mean.decimal();
        BigDecimal two = deviation.decimal().multiply(TWO);
        return "nn.init.trunc_normal_(tensor, " + number(mean) + ", " + number(deviation) + ", "
                + Numbers.plain(middle.subtract(two)) + ", " + Numbers.plain(middle.add(two)) + ")";
    }

    /**
     * Source: torch/nn/init.py. kaiming: variance gain^2 / fan, where the gain of "linear" is 1 and that of "relu" the root
     * of 2; xavier: variance gain^2 / the mean of both fans.
     */
    private static String scaling(Scaling scaling, Fan fan) {
        if (scaling.shape() == Shape.TRUNCATED_NORMAL) {
            return "";
        }
        String suffix = scaling.shape() == Shape.UNIFORM ? "uniform_" : "normal_";
        BigDecimal scale = scaling.scale().decimal();
        boolean one = scale.compareTo(BigDecimal.ONE) == 0;
        if (fan == Fan.AVERAGE) {
            return "nn.init.xavier_" + suffix + "(tensor" + (one ? "" : ", gain=" + Numbers.plain(scale) + " ** 0.5")
                    + ")";
        }
        String mode = fan == Fan.IN ? "fan_in" : "fan_out";
        String gain = one ? "linear" : scale.compareTo(TWO) == 0 ? "relu" : "";
        return gain.isEmpty()
                ? ""
                : "nn.init.kaiming_" + suffix + "(tensor, mode=\"" + mode + "\", nonlinearity=\"" + gain + "\")";
    }

    private static String number(Quantity quantity) {
        return Numbers.rounded(quantity.doubleValue(), SettingValue.DIGITS);
    }
}

package samestep.dialect.darknet;

import java.util.ArrayList;
import java.util.List;
import samestep.equation.Expression;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.LedgerSettings;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Fan;
import samestep.recipe.setting.InitialWeights.Shape;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.SettingValue.Distribution;

/**
 * What a file and the program say beside the update: by the ledger, and what the source fixes. Source: batchnorm_layer.c,
 * blas_kernels.cu and convolutional_layer.c of both programs, as they train with CUDA.
 */
final class DarknetSettings {
    private final Cfg cfg;
    private final List<Setting> settings = new ArrayList<>();

    private DarknetSettings(Cfg cfg) {
        this.cfg = cfg;
    }

    static List<Setting> of(Cfg cfg, List<Parameter> parameters) {
        DarknetSettings found = new DarknetSettings(cfg);
        found.settings.addAll(LedgerSettings.of(cfg.program().ledger(), cfg.net()).stream()
                .filter(setting ->
                        setting.kind() != SettingKind.DROPOUT && !setting.part().contains("."))
                .toList());
        cfg.layers().forEach(found::layer);
        parameters.forEach(found::parameter);
        return found.settings;
    }

    /** Of the ledger's rows those of this kind of layer; of rows for any kind, what is written. */
    private void layer(Cfg.Layer layer) {
        String prefix = layer.options().path("");
        for (Setting setting : LedgerSettings.of(cfg.program().ledger(), layer.options(), layer.name())) {
            boolean ofField = setting.kind().scope() == SettingKind.Scope.FIELD;
            boolean mine = setting.part().startsWith(prefix) || setting.part().startsWith("*.") && setting.isWritten();
            if (ofField && mine) {
                String key = setting.part().substring(setting.part().indexOf('.') + 1);
                settings.add(new Setting(setting.kind(), layer.name(), key, setting.value(), setting.spelling()));
            } else if (setting.kind() == SettingKind.DROPOUT && prefix.equals("dropout.")) {
                settings.add(setting);
            }
        }
    }

    private void parameter(Parameter parameter) {
        String layer = parameter.name().layer();
        switch (parameter.name().role()) {
            case GAMMA -> {
                statistics(layer);
                initial(parameter, InitialWeights.constant(fixed("1", "scales")));
            }
            case BETA, BIAS -> initial(parameter, InitialWeights.constant(fixed("0", "biases")));
            case KERNEL, RECURRENT_KERNEL -> initial(parameter, kernel(layer));
            default -> {}
        }
    }

    /** Variance 2 / fan in; the fork and connected layers draw from a uniform distribution of a third of it. */
    private Distribution kernel(String layer) {
        if (layer.startsWith("deconvolutional_")) {
            return InitialWeights.normal(fixed("0", "weights"), fixed(".02", "weights"));
        }
        boolean normal = cfg.program() == Program.ORIGINAL && layer.startsWith("convolutional_");
        return normal
                ? InitialWeights.varianceScaling(Shape.NORMAL, Fan.IN, fixed("2", "weights"))
                : InitialWeights.varianceScaling(
                        Shape.UNIFORM,
                        Fan.IN,
                        fixed("2", "weights").derived(Expression.literal(2).over(Expression.literal(3)), "2 / 3"));
    }

    private void statistics(String layer) {
        add(SettingKind.STATISTICS_KEPT, layer, fixed(".99", "running statistics"));
        add(SettingKind.NORMALISATION_EPSILON, layer, fixed(".00001", "normalisation"));
    }

    private static Quantity fixed(String number, String what) {
        return Quantity.byDefault(number, "Darknet's " + what + ", which no field says");
    }

    private void add(SettingKind kind, String layer, Quantity number) {
        settings.add(Setting.ofLayer(
                kind, layer, new SettingValue.Number(number), spelling(number.origin(), "in Darknet's source")));
    }

    private void initial(Parameter parameter, Distribution value) {
        settings.add(new Setting(
                SettingKind.INITIAL_WEIGHTS,
                parameter.name().layer(),
                parameter.name().role().word(),
                value,
                spelling(new Origin.Default("Darknet's initial weights"), "in Darknet's source")));
    }

    private static Setting.Spelling spelling(Origin origin, String words) {
        return new Setting.Spelling(words, origin, Convention.AS_IS);
    }
}

package samestep.dialect.caffe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.caffe.solver.CaffePolicy;
import samestep.dialect.write.WrittenNumbers;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Scaling;
import samestep.recipe.setting.InitialWeights.Shape;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.SettingValue.Distribution;

/** Writes the settings of layers as the fields of a net: layers with running statistics or dropout, and fillers. */
final class CaffeLayerSettings {
    private final Recipe recipe;
    private final WrittenNumbers numbers;

    CaffeLayerSettings(Recipe recipe, WrittenNumbers numbers) {
        this.recipe = recipe;
        this.numbers = numbers;
    }

    /** Layers without parameters that gradients move; one for every layer has no place in a net. */
    List<String> layers() {
        Map<String, String> statistics = new LinkedHashMap<>();
        List<String> layers = new ArrayList<>();
        for (Setting setting : recipe.allSettings().all()) {
            String name = setting.layer();
            if (name.isEmpty()
                    || name.equals(ParameterName.ANY_LAYER)
                    || !setting.part().isEmpty()) {
                continue;
            }
            field(setting).ifPresent(field -> statistics.merge(name, field, (a, b) -> a + " " + b));
            dropout(setting).ifPresent(layers::add);
        }
        // An epsilon alone may be that of a normalisation without running statistics, which Caffe does not have.
        statistics.values().removeIf(fields -> fields.startsWith("eps:"));
        statistics.forEach((name, fields) -> layers.add("layer { name: " + CaffeSkeleton.quoted(name)
                + " type: \"BatchNorm\" batch_norm_param { " + fields + " } }"));
        return layers;
    }

    private Optional<String> field(Setting setting) {
        boolean notMoved = setting.value().means(SettingValue.NOT_MOVED);
        return switch (setting.kind()) {
            case STATISTICS_KEPT ->
                notMoved
                        ? Optional.of("use_global_stats: true")
                        : number(setting).map(kept -> "moving_average_fraction: " + kept);
            case NORMALISATION_EPSILON -> number(setting).map(epsilon -> "eps: " + epsilon);
            default -> Optional.empty();
        };
    }

    /** A layer with parameters has its dropout inside, which Caffe's have not. */
    private Optional<String> dropout(Setting setting) {
        boolean inside = recipe.parameters().stream()
                .map(p -> p.name().layer())
                .anyMatch(layer -> layer.equals(setting.layer()) || layer.startsWith(setting.layer() + "/"));
        boolean dropout = setting.kind() == SettingKind.DROPOUT && !inside;
        return dropout
                ? number(setting)
                        .map(share -> "layer { name: " + CaffeSkeleton.quoted(setting.layer())
                                + " type: \"Dropout\" dropout_param { dropout_ratio: " + share + " } }")
                : Optional.empty();
    }

    private Optional<String> number(Setting setting) {
        return setting.value() instanceof SettingValue.Number number
                ? Optional.of(plain(number.quantity()))
                : Optional.empty();
    }

    private String plain(Quantity quantity) {
        return CaffePolicy.plain(numbers.number(quantity));
    }

    /**
     * The layer's type with the fillers of its blobs.
     *
     * @param type the fields that make a layer of the type, as {@link CaffeSkeleton} has them
     */
    String withFillers(String type, String layer, List<Role> roles) {
        boolean scale = type.contains("\"Scale\"");
        String message = type.contains("\"InnerProduct\"")
                ? "inner_product_param"
                : type.contains("\"DepthwiseConvolution\"")
                        ? "convolution_param"
                        : scale
                                ? "scale_param"
                                : type.contains("\"Embed\"")
                                        ? "embed_param"
                                        : type.contains("PReLU") ? "prelu_param" : "";
        String fillers = message.isEmpty() ? "" : fillers(layer, roles);
        if (fillers.isEmpty()) {
            return type;
        }
        String open = message + " { ";
        return type.contains(open) ? type.replace(open, open + fillers) : type + " " + open + fillers + "}";
    }

    /** The fillers of a layer's blobs, as in its own message; each followed by a blank. */
    String fillers(String layer, List<Role> roles) {
        StringBuilder fillers = new StringBuilder();
        for (Role role : roles) {
            boolean bias = role == Role.BIAS || role == Role.BETA;
            boolean plain = role == Role.GAMMA || role == Role.ALPHA;
            String field = bias ? "bias_filler" : plain ? "filler" : "weight_filler";
            filler(layer, role)
                    .ifPresent(text ->
                            fillers.append(field).append(" { ").append(text).append(" } "));
        }
        return fillers.toString();
    }

    private Optional<String> filler(String layer, Role role) {
        return recipe.allSettings().all().stream()
                .filter(s -> s.layer().equals(layer) && s.part().equals(role.word()))
                .filter(s -> s.value() instanceof Distribution)
                .findFirst()
                .flatMap(s -> filler((Distribution) s.value(), role));
    }

    /** Source: include/caffe/filler.hpp: xavier is uniform with variance 1 / n, msra normal with 2 / n. */
    private Optional<String> filler(Distribution distribution, Role role) {
        Optional<Scaling> scaling = InitialWeights.scaling(distribution);
        if (scaling.isPresent()) {
            return scaling(scaling.get(), role);
        }
        return switch (distribution.family()) {
            case InitialWeights.CONSTANT ->
                Optional.of("type: \"constant\" value: " + plain(distribution.number("value")));
            case InitialWeights.NORMAL ->
                Optional.of("type: \"gaussian\" mean: " + plain(distribution.number("mean")) + " std: "
                        + plain(distribution.number("deviation")));
            case InitialWeights.UNIFORM ->
                Optional.of("type: \"uniform\" min: " + plain(distribution.number("low")) + " max: "
                        + plain(distribution.number("high")));
            default -> Optional.empty();
        };
    }

    private static Optional<String> scaling(Scaling scaling, Role role) {
        double scale = scaling.scale().doubleValue();
        boolean xavier = scaling.shape() == Shape.UNIFORM && scale == 1;
        boolean msra = scaling.shape() == Shape.NORMAL && scale == 2;
        if (!(xavier || msra) || !scaling.counting().isEmpty()) {
            return Optional.empty();
        }
        String norm = switch (role == Role.EMBEDDINGS ? scaling.fan().transposed() : scaling.fan()) {
            case IN -> "FAN_IN";
            case OUT -> "FAN_OUT";
            case AVERAGE -> "AVERAGE";
        };
        return Optional.of("type: \"" + (xavier ? "xavier" : "msra") + "\" variance_norm: " + norm);
    }
}

package samestep.dialect.pytorch.object;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/**
 * The names that PyTorch gives parameters, {@code layer1.0.conv2.weight}: a layer and, after the last point, what it
 * calls the parameter. The name says what a weight is for only as far as people give their layers similar names.
 */
public final class ParameterNames {
    private static final Pattern NORMALISATION = Pattern.compile(
            "(^|[._])(bn|ln|gn|norm|layernorm|layer_norm|batchnorm|batch_norm|rmsnorm|groupnorm|group_norm)\\d*([._]|$)"
                    + "|norm\\d*$");
    private static final Pattern EMBEDDING =
            Pattern.compile("(^|[._])(embed|embedding|embeddings|wte|wpe)([._]|$)|embeddings?$");
    private static final Pattern BARE_WEIGHT = Pattern.compile("[wW]\\d*");
    private static final Pattern BARE_BIAS = Pattern.compile("[bB]\\d*");

    /** What stands for every layer of a model that is not known. */
    public static final List<Role> USUAL_ROLES = List.of(Role.KERNEL, Role.BIAS, Role.GAMMA, Role.BETA);

    private ParameterNames() {}

    /** Those that are named, and what stands for every layer where some are not. */
    public static Set<ParameterName> all(PytorchConfiguration configuration) {
        Set<ParameterName> names = new LinkedHashSet<>();
        boolean others = configuration.groups().isEmpty();
        for (ParameterGroup group : configuration.groups()) {
            if (group.members() instanceof Members.Named named) {
                names.addAll(named.names());
            } else {
                others = true;
            }
        }
        names.addAll(configuration.frozen());
        if (others) {
            USUAL_ROLES.forEach(role -> names.add(new ParameterName(ParameterName.ANY_LAYER, role)));
        }
        return names;
    }

    /** The parameter that has this name. */
    public static ParameterName of(String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return bare(name);
        }
        String layer = name.substring(0, dot);
        return new ParameterName(layer, role(layer, name.substring(dot + 1)));
    }

    /** A parameter of no layer, as W1 and b1 of a model that is written by hand. */
    private static ParameterName bare(String name) {
        if (BARE_WEIGHT.matcher(name).matches()) {
            return new ParameterName(layerOf(name), Role.KERNEL);
        }
        return BARE_BIAS.matcher(name).matches()
                ? new ParameterName(layerOf(name), Role.BIAS)
                : new ParameterName(name, role("", name));
    }

    private static String layerOf(String name) {
        return name.length() == 1 ? "0" : name.substring(1);
    }

    private static Role role(String layer, String name) {
        boolean normalisation =
                NORMALISATION.matcher(layer.toLowerCase(Locale.ROOT)).find();
        if (name.startsWith("weight_hh")) {
            return Role.RECURRENT_KERNEL;
        }
        if (name.equals("weight") || name.startsWith("weight_ih")) {
            boolean embedding =
                    EMBEDDING.matcher(layer.toLowerCase(Locale.ROOT)).find();
            return normalisation ? Role.GAMMA : embedding ? Role.EMBEDDINGS : Role.KERNEL;
        }
        if (name.equals("bias") || name.startsWith("bias_")) {
            return normalisation ? Role.BETA : Role.BIAS;
        }
        return Role.OTHER;
    }

    /** The role that has this word in messages. */
    public static Optional<Role> role(String word) {
        return Arrays.stream(Role.values()).filter(r -> r.word().equals(word)).findFirst();
    }

    /** The name of a parameter, as PyTorch would call it. */
    public static String of(ParameterName name) {
        return name.layer() + "."
                + switch (name.role()) {
                    case BIAS, BETA -> "bias";
                    case RECURRENT_KERNEL -> "weight_hh_l0";
                    case OTHER -> "parameter";
                    case STATISTICS -> "running_mean";
                    default -> "weight";
                };
    }

    /** Every parameter that a configuration names. */
    public static List<ParameterName> of(PytorchConfiguration configuration) {
        Stream<ParameterName> grouped = configuration.groups().stream()
                .flatMap(g -> g.members() instanceof Members.Named named ? named.names().stream() : Stream.empty());
        Stream<ParameterName> before = configuration.beforeStep().stream()
                .flatMap(b -> b.to() instanceof Members.Named named ? named.names().stream() : Stream.empty());
        return Stream.of(grouped, configuration.frozen().stream(), before)
                .flatMap(s -> s)
                .distinct()
                .toList();
    }
}

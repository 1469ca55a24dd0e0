package samestep.dialect.pytorch.object;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/**
 * What PyTorch calls the parameters of layers of several kernels: a recurrent layer's {@code weight_ih_l0} and
 * {@code weight_hh_l0}, each with a bias, and {@code nn.MultiheadAttention}'s {@code in_proj_weight}, which is query, key and
 * value in one.
 *
 * @param recurrent layers with a kernel from their own output
 * @param attention layers with query, key and value
 * @param twice recurrent layers with a second bias
 * @param taken parameters whose usual name another one of their layer has: Darknet's convolution has a kernel and a gamma
 */
public record TorchNames(Set<String> recurrent, Set<String> attention, Set<String> twice, Set<ParameterName> taken) {
    private static final Pattern RECURRENT =
            Pattern.compile("(.*)\\.(weight_ih|weight_hh|bias_ih|bias_hh)_(l\\d{1,4}(?:_reverse)?)");
    private static final Pattern PART = Pattern.compile("(.*)/(l\\d{1,4}(?:_reverse)?)");
    private static final String SECOND = "/hh";

    private static final List<String> PROJECTED = List.of("query", "key", "value");
    private static final String OUTPUT = "/attention_output";

    public TorchNames {
        recurrent = Set.copyOf(recurrent);
        attention = Set.copyOf(attention);
        twice = Set.copyOf(twice);
        taken = Set.copyOf(taken);
    }

    /** The names of these parameters. */
    public static TorchNames of(Collection<ParameterName> parameters) {
        Set<String> recurrent = new HashSet<>();
        Set<String> layers = new HashSet<>();
        for (ParameterName name : parameters) {
            layers.add(name.layer());
            if (name.role() == Role.RECURRENT_KERNEL) {
                recurrent.add(name.layer());
            }
        }
        Set<String> attention = new HashSet<>();
        layers.stream()
                .filter(layer -> layer.endsWith("/query"))
                .map(layer -> layer.substring(0, layer.length() - "/query".length()))
                .filter(layer -> PROJECTED.stream().allMatch(p -> layers.contains(layer + "/" + p)))
                .forEach(attention::add);
        Set<String> twice = new HashSet<>(recurrent);
        twice.removeIf(layer -> !layers.contains(layer + SECOND));
        return new TorchNames(recurrent, attention, twice, taken(parameters));
    }

    private static Set<ParameterName> taken(Collection<ParameterName> parameters) {
        Map<String, ParameterName> first = new HashMap<>();
        Set<ParameterName> taken = new HashSet<>();
        for (ParameterName name : parameters) {
            boolean isSecond = !first.computeIfAbsent(ParameterNames.of(name), usual -> name)
                    .equals(name);
            if (isSecond && !name.layer().equals(ParameterName.ANY_LAYER)) {
                taken.add(name);
            }
        }
        return taken;
    }

    /** One parameter's usual name; where that is taken, a name by what the parameter is for, such as {@code conv.gamma}. */
    private String single(ParameterName name) {
        return taken.contains(name)
                ? name.layer() + "." + name.role().word().replace(' ', '_')
                : ParameterNames.of(name);
    }

    /** One parameter's, which may be several in PyTorch. */
    public List<String> of(ParameterName name) {
        String layer = name.layer();
        boolean second = layer.endsWith(SECOND) && name.role() == Role.BIAS;
        String whole = second ? layer.substring(0, layer.length() - SECOND.length()) : layer;
        if (recurrent.contains(whole)) {
            Matcher part = PART.matcher(whole);
            boolean first = !part.matches();
            String base = first ? whole : part.group(1);
            String end = first ? "l0" : part.group(2);
            return switch (name.role()) {
                case KERNEL -> List.of(base + ".weight_ih_" + end);
                case RECURRENT_KERNEL -> List.of(base + ".weight_hh_" + end);
                case BIAS ->
                    second
                            ? List.of(base + ".bias_hh_" + end)
                            : twice.contains(whole)
                                    ? List.of(base + ".bias_ih_" + end)
                                    : List.of(base + ".bias_ih_" + end, base + ".bias_hh_" + end);
                default -> List.of(single(name));
            };
        }
        int slash = layer.lastIndexOf('/');
        if (slash > 0 && attention.contains(layer.substring(0, slash))) {
            String last = name.role() == Role.BIAS ? "bias" : "weight";
            String around = layer.substring(0, slash);
            return List.of(around + (layer.endsWith(OUTPUT) ? ".out_proj." : ".in_proj_") + last);
        }
        return List.of(single(name));
    }

    /** Whether recurrent layers may read the other way too, and no parameter says so. */
    public boolean mayReverse() {
        return !recurrent.isEmpty() && recurrent.stream().noneMatch(layer -> layer.endsWith("_reverse"));
    }

    /** Whether a layer has one bias here and two in PyTorch. */
    public boolean isDoubled(ParameterName bias) {
        return bias.role() == Role.BIAS && recurrent.contains(bias.layer()) && !twice.contains(bias.layer());
    }

    /** Those of several, each once. */
    public List<String> all(List<ParameterName> names) {
        return names.stream().flatMap(name -> of(name).stream()).distinct().toList();
    }

    /**
     * The parameters of which PyTorch makes one of this name.
     *
     * @param document the text that names it, and others
     */
    public static Optional<List<ParameterName>> several(String name, String document) {
        Matcher recurrent = RECURRENT.matcher(name);
        if (recurrent.matches()) {
            String end = recurrent.group(3).equals("l0") ? "" : "/" + recurrent.group(3);
            String kind = recurrent.group(2);
            Role role = kind.startsWith("bias")
                    ? Role.BIAS
                    : kind.equals("weight_hh") ? Role.RECURRENT_KERNEL : Role.KERNEL;
            String layer = recurrent.group(1) + end + (kind.equals("bias_hh") ? SECOND : "");
            return Optional.of(List.of(new ParameterName(layer, role)));
        }
        for (String last : List.of("weight", "bias")) {
            Role role = last.equals("bias") ? Role.BIAS : Role.KERNEL;
            if (name.endsWith(".in_proj_" + last)) {
                String layer = name.substring(0, name.length() - ".in_proj_".length() - last.length());
                return Optional.of(PROJECTED.stream()
                        .map(p -> new ParameterName(layer + "/" + p, role))
                        .toList());
            }
            if (name.endsWith(".out_proj." + last)) {
                String layer = name.substring(0, name.length() - ".out_proj.".length() - last.length());
                boolean projected = document.contains('"' + layer + ".in_proj_weight\"");
                return projected ? Optional.of(List.of(new ParameterName(layer + OUTPUT, role))) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}

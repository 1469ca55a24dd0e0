package samestep.dialect.caffe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.ParameterList;
import samestep.dialect.caffe.CaffeMultipliers.Entry;
import samestep.dialect.caffe.CaffeMultipliers.Written;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/**
 * What a net has to say of its parameters, as far as a recipe knows it: a layer for each of its layers, with nothing but
 * the multipliers. It is written beside the solver as a comment, and the solver is read back with it.
 *
 * @param net a net of such layers; empty where the layers are not known
 * @param comment the same for people, each line a comment; empty where Caffe's defaults say it
 */
record CaffeSkeleton(Optional<String> net, String comment) {
    /** The layer types that have blobs of these roles, in this order. */
    private static final Map<List<Role>, String> TYPES = Map.of(
            List.of(Role.KERNEL), "type: \"InnerProduct\" inner_product_param { bias_term: false }",
            List.of(Role.KERNEL, Role.BIAS), "type: \"InnerProduct\"",
            List.of(Role.DEPTHWISE_KERNEL), "type: \"DepthwiseConvolution\" convolution_param { bias_term: false }",
            List.of(Role.DEPTHWISE_KERNEL, Role.BIAS), "type: \"DepthwiseConvolution\"",
            List.of(Role.GAMMA), "type: \"Scale\"",
            List.of(Role.GAMMA, Role.BETA), "type: \"Scale\" scale_param { bias_term: true }",
            List.of(Role.BETA), "type: \"Scale\" bottom: \"data\" bottom: \"scale\" scale_param { bias_term: true }",
            List.of(Role.ALPHA), "type: \"PReLU\"",
            List.of(Role.EMBEDDINGS), "type: \"Embed\" embed_param { bias_term: false }",
            List.of(Role.KERNEL, Role.BIAS, Role.RECURRENT_KERNEL), "type: \"LSTM\"");

    static CaffeSkeleton of(Written written, CaffeLayerSettings settings, List<Finding> findings) {
        Map<String, List<Entry>> layers = new LinkedHashMap<>();
        written.entries()
                .values()
                .forEach(
                        entry -> layers.computeIfAbsent(entry.parameter().name().layer(), l -> new ArrayList<>())
                                .add(entry));
        if (layers.keySet().equals(java.util.Set.of(ParameterName.ANY_LAYER))) {
            everywhere(written, findings);
            return new CaffeSkeleton(Optional.empty(), "");
        }
        StringBuilder net = new StringBuilder();
        StringBuilder comment = new StringBuilder();
        List<Parameter> homeless = new ArrayList<>();
        layers.forEach((layer, entries) -> {
            List<Entry> ordered = ordered(entries);
            List<Role> roles =
                    ordered.stream().map(e -> e.parameter().name().role()).toList();
            String plain = TYPES.get(roles);
            if (plain == null) {
                ordered.forEach(e -> homeless.add(e.parameter()));
                return;
            }
            String type = settings.withFillers(plain, layer, roles);
            String params = String.join(
                    " ",
                    ordered.stream()
                            .map(e -> "param { lr_mult: " + e.rate() + " decay_mult: " + e.decay() + " }")
                            .toList());
            net.append("layer { name: ")
                    .append(quoted(layer))
                    .append(' ')
                    .append(type)
                    .append(' ')
                    .append(params)
                    .append(" }\n");
            boolean filled = !type.equals(plain);
            if (filled || !ordered.stream().allMatch(Entry::isPlain)) {
                comment.append("#   ")
                        .append(quoted(layer))
                        .append(": ")
                        .append(filled ? settings.fillers(layer, roles) : "")
                        .append(params)
                        .append('\n');
            }
        });
        for (String own : settings.layers()) {
            net.append(own).append('\n');
            comment.append("#   ").append(own).append('\n');
        }
        if (!homeless.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS103,
                    "Caffe has no layer with " + ParameterList.count(homeless)
                            + " like these; their multipliers are not written"));
        }
        String head =
                comment.isEmpty() ? "" : "# In the net, where Caffe's defaults (1 and 1) are not what is meant:\n";
        // Caffe reads no net without layers; without one, what is written holds for every parameter.
        return new CaffeSkeleton(Optional.of(net.toString()).filter(text -> !text.isEmpty()), head + comment);
    }

    /** Without layers, only what holds for every parameter can be said. */
    private static void everywhere(Written written, List<Finding> findings) {
        List<Parameter> other = written.entries().values().stream()
                .filter(e -> !e.isPlain())
                .map(Entry::parameter)
                .toList();
        if (!other.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS103,
                            ParameterList.count(other) + " differ from the others, which only a net can say")
                    .detail("Give the model with its layers, so that each one's param can be written."));
        }
    }

    private static List<Entry> ordered(List<Entry> entries) {
        List<Role> order = List.of(
                Role.KERNEL,
                Role.DEPTHWISE_KERNEL,
                Role.EMBEDDINGS,
                Role.GAMMA,
                Role.ALPHA,
                Role.BIAS,
                Role.BETA,
                Role.RECURRENT_KERNEL,
                Role.OTHER,
                Role.STATISTICS);
        return entries.stream()
                .sorted(java.util.Comparator.comparingInt(
                        e -> order.indexOf(e.parameter().name().role())))
                .toList();
    }

    /** A string of the text format. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c < ' ') {
                out.append(String.format("\\%03o", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }
}

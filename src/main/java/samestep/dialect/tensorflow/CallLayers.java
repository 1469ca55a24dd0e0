package samestep.dialect.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Code;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/**
 * The variables that layers make, with the penalties that they declare. A regularizer of the {@code variable_scope} reaches
 * every variable in it that has none of its own, biases too.
 */
final class CallLayers {
    private static final Set<String> WITH_KERNEL = Set.of("dense", "conv1d", "conv2d", "conv3d", "fully_connected");
    private static final List<String> KERNELS = List.of("kernel_regularizer", "weights_regularizer");
    private static final List<String> BIASES = List.of("bias_regularizer", "biases_regularizer");

    private final Map<ParameterName, List<Stage.Penalty>> declared = new LinkedHashMap<>();
    private List<Stage.Penalty> ofScope = List.of();

    /** What these calls make, in order. */
    static Map<ParameterName, List<Stage.Penalty>> of(List<Call> calls) {
        CallLayers layers = new CallLayers();
        calls.forEach(layers::add);
        return layers.declared;
    }

    private void add(Call call) {
        if (call.name().equals("variable_scope")) {
            ofScope = call.call("regularizer").map(CallRegularizer::penalties).orElse(List.of());
        } else if (call.name().equals("get_variable")) {
            variable(call);
        } else if (WITH_KERNEL.contains(call.name())) {
            String layer = call.text("name").or(() -> call.text("scope")).orElse("layer" + declared.size());
            declared.put(new ParameterName(layer, Role.KERNEL), penalties(call, KERNELS));
            declared.put(new ParameterName(layer, Role.BIAS), penalties(call, BIASES));
        } else {
            call.report(Code.SS010, "the layer " + call.name() + " cannot be read yet");
        }
    }

    private void variable(Call call) {
        String name = call.text("name").orElse("variable" + declared.size());
        declared.put(TensorflowVariable.name(name), penalties(call, List.of("regularizer")));
    }

    private List<Stage.Penalty> penalties(Call call, List<String> arguments) {
        List<Call> own = new ArrayList<>();
        for (String argument : arguments) {
            Optional<Call> regularizer = call.call(argument);
            regularizer.ifPresent(own::add);
        }
        return own.isEmpty() ? ofScope : CallRegularizer.penalties(own.get(0));
    }
}

package samestep.dialect.tensorflow.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.TensorflowVariable;
import samestep.finding.Code;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/**
 * The variables that layers make, with the penalties that they declare. A regularizer of the {@code variable_scope} reaches
 * every variable in it, biases too; only {@code get_variable}'s own takes its place.
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
            declared.put(new ParameterName(layer, Role.KERNEL), besideScope(call, KERNELS));
            declared.put(new ParameterName(layer, Role.BIAS), besideScope(call, BIASES));
        } else {
            call.report(Code.SS010, "the layer " + call.name() + " cannot be read yet");
        }
    }

    private void variable(Call call) {
        String name = call.text("name").orElse("variable" + declared.size());
        declared.put(
                TensorflowVariable.name(name), own(call, List.of("regularizer")).orElse(ofScope));
    }

    /** A layer's own regularizer acts beside that of the scope, which get_variable gives to its variables. */
    private List<Stage.Penalty> besideScope(Call call, List<String> arguments) {
        List<Stage.Penalty> both = new ArrayList<>(ofScope);
        both.addAll(own(call, arguments).orElse(List.of()));
        return both;
    }

    private static Optional<List<Stage.Penalty>> own(Call call, List<String> arguments) {
        return arguments.stream()
                .flatMap(argument -> call.call(argument).stream())
                .findFirst()
                .map(CallRegularizer::penalties);
    }
}

package samestep.dialect.tensorflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.write.ProgramClips;
import samestep.recipe.ParameterName;

/**
 * A TensorFlow 1 program to be written. Numbers are texts, as they will be written.
 *
 * @param regularizers coefficients {@code l1} and {@code l2} of each parameter's regularizer, in the convention of the API;
 *     every parameter has an entry
 * @param optimizer the class and its arguments but the rate
 * @param rate a number, or the function of the step that gives it
 * @param clips what is done to the gradients of the whole loss, in order
 * @param added what is added to gradients after the clip, as coefficients of the weight and its sign
 * @param decays what the weights shrink by themselves, times the rate
 * @param rates what the rate is multiplied by
 * @param frozen what is not trained
 * @param inGradients whether the gradients are multiplied by the rate, and the optimizer's own is 1
 */
public record Program(
        Map<ParameterName, Map<String, String>> regularizers,
        Invocation optimizer,
        Rate rate,
        List<Clip> clips,
        Map<ParameterName, Map<String, String>> added,
        Map<ParameterName, String> decays,
        Map<ParameterName, String> rates,
        List<ParameterName> frozen,
        boolean inGradients) {
    public Program {
        regularizers = new LinkedHashMap<>(regularizers);
        added = new LinkedHashMap<>(added);
        decays = new LinkedHashMap<>(decays);
        rates = new LinkedHashMap<>(rates);
        clips = List.copyOf(clips);
        frozen = List.copyOf(frozen);
    }

    /** A call of a class or function of {@code tf.compat.v1.train}; lists are texts too. */
    public record Invocation(String name, Map<String, String> arguments) {
        public Invocation {
            arguments = new LinkedHashMap<>(arguments);
        }
    }

    /** A learning rate: a number where there is no schedule. */
    public record Rate(String number, Optional<Invocation> schedule) {}

    /** A clip with its threshold. */
    public record Clip(ProgramClips.By by, String threshold) {}

    /** Whether the optimizer's own minimize says it all. */
    public boolean isPlain() {
        return !inGradients
                && clips.isEmpty()
                && added.isEmpty()
                && decays.isEmpty()
                && rates.isEmpty()
                && frozen.isEmpty();
    }
}

package samestep.dialect.tensorflow.program.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/**
 * Short names of TensorFlow's functions, whichever of its modules they are taken from: {@code tf.get_variable},
 * {@code slim.conv2d}, {@code contrib.opt.AdamWOptimizer}. What {@code tf.contrib.layers} and {@code tf.contrib.framework}
 * have, slim has too.
 */
public final class Names {
    private static final Pattern PRIVATE = Pattern.compile("tensorflow\\.python\\..*\\.([A-Za-z]\\w*)");
    private static final List<Rule> RULES = List.of(
            rule("tensorflow\\.compat\\.v1\\.", "tensorflow."),
            rule("tf_slim\\.", "slim."),
            rule("tensorflow\\.contrib\\.slim\\.", "slim."),
            rule("tensorflow\\.contrib\\.losses\\.(python\\.losses\\.)?(loss_ops\\.)?", "slim.losses."),
            rule("tensorflow\\.contrib\\.training\\.", "slim.learning."),
            rule("tensorflow\\.contrib\\.(layers|framework)\\.(python\\.(layers|ops)\\.\\w+\\.)?", "slim."),
            rule("tensorflow\\.contrib\\.opt\\.", "contrib.opt."),
            rule("slim\\.(layers|ops|regularizers)\\.(\\w+\\.)?", "slim."),
            rule("tensorflow\\.math\\.", "tensorflow."),
            rule("tensorflow\\.", "tf."));
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("slim.convolution2d", "slim.conv2d"),
            Map.entry("slim.convolution1d", "slim.conv1d"),
            Map.entry("slim.convolution3d", "slim.conv3d"),
            Map.entry("slim.convolution2d_transpose", "slim.conv2d_transpose"),
            Map.entry("slim.convolution3d_transpose", "slim.conv3d_transpose"),
            Map.entry("slim.convolution2d_in_plane", "slim.conv2d_in_plane"),
            Map.entry("slim.separable_convolution2d", "slim.separable_conv2d"),
            Map.entry("slim.linear", "slim.fully_connected"),
            Map.entry("slim.relu", "slim.fully_connected"),
            Map.entry("slim.relu6", "slim.fully_connected"),
            Map.entry("slim.get_trainable_variables", "tf.trainable_variables"),
            Map.entry("tf.mul", "tf.multiply"),
            Map.entry("tf.div", "tf.divide"),
            Map.entry("tf.truediv", "tf.divide"),
            Map.entry("tf.train.piecewise_constant_decay", "tf.train.piecewise_constant"));

    private Names() {}

    /** A start that is replaced; one that is plain text is looked at before, since names are asked for often. */
    private record Rule(String plain, Pattern start, String replacement) {
        String apply(String name) {
            return name.startsWith(plain) ? start.matcher(name).replaceFirst(replacement) : name;
        }
    }

    private static Rule rule(String start, String replacement) {
        int group = start.indexOf('(');
        String plain = (group < 0 ? start : start.substring(0, group)).replace("\\", "");
        return new Rule(plain, Pattern.compile("^" + start), replacement);
    }

    /** The short name of what is called; empty if it is not TensorFlow's. */
    public static Optional<String> of(RecordedCall call) {
        return of(call.callee());
    }

    /** The short name of something of TensorFlow. */
    public static Optional<String> of(Value value) {
        if (!(value instanceof Value.Library library)) {
            return Optional.empty();
        }
        return shortened(library.name())
                .or(() -> library.others().stream()
                        .flatMap(name -> shortened(name).stream())
                        .findFirst());
    }

    /** Whether something is TensorFlow's function of a short name. */
    public static boolean is(Value value, String name) {
        return of(value).equals(Optional.of(name));
    }

    private static Optional<String> shortened(String path) {
        if (!path.startsWith("tensorflow.") && !path.startsWith("tf_slim.")) {
            return Optional.empty();
        }
        String name = path;
        if (path.startsWith("tensorflow.python.")) {
            Matcher inside = PRIVATE.matcher(path);
            name = inside.matches() ? "tf." + inside.group(1) : path;
        }
        for (Rule rule : RULES) {
            name = rule.apply(name);
        }
        return Optional.of(SAME.getOrDefault(name, name));
    }

    /** The last part of a name. */
    public static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}

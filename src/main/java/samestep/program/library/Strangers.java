package samestep.program.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * Functions that are neither in the repository nor of a library that is known to leave its arguments alone: they may change a dict or
 * a list that they are given. One whose result the program does not use is called for what it changes: it may set the options of a
 * namespace, a configuration or a plain object too. One whose result is used, such as {@code build_model(args)}, is taken to read them.
 * A class is taken to keep what it is given, and a function whose name says that it stores or shows to leave it.
 */
public final class Strangers {
    private static final Set<String> KNOWN = Set.of(
            "torch torchvision torchaudio torchmetrics numpy scipy sklearn pandas tensorflow keras tf_keras jax flax optax timm"
                    .split(" "));
    private static final Set<String> OTHERS =
            Set.of(("transformers accelerate apex wandb mlflow logging json yaml pickle os"
                            + " sys pathlib random copy math itertools functools collections pprint tqdm matplotlib PIL cv2 argparse"
                            + " omegaconf hydra ml_collections absl pytorch_lightning lightning tensorboardX tensorboard comet_ml neptune"
                            + " datasets tokenizers evaluate hashlib inspect typing warnings time datetime re subprocess shutil"
                            + " multiprocessing io gc string platform socket threading glob csv zipfile mxnet caffe caffe2 tensorpack"
                            + " tensorflow_addons tensorflow_datasets tfds tfp haiku einops six mmcv mmengine detectron2 fvcore yacs"
                            + " samestep open exec execfile")
                    .split(" "));
    private static final Pattern HARMLESS = Pattern.compile(
            "print|log|save|write|dump|show|plot|summar|count|report|seed|record|display|check|assert|valid|len|str|repr|iter");
    private static final Pattern CALLED = Pattern.compile("^(\\w{1,80})\\s{0,3}\\(");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z\\d]*_[A-Z\\d_]+|[A-Z]{3,}");
    private static final int DEEPEST = 4;

    private Strangers() {}

    /** Whether a call of it may change the containers that it is given. */
    public static boolean mayChange(Value callee) {
        return callee instanceof Value.Library function && mayChange(function.name());
    }

    /** The same of a call of what is not known, such as a function of a module that is not in the repository. */
    public static boolean mayChange(RecordedCall call) {
        Matcher called = CALLED.matcher(
                call.callee() instanceof Value.Unknown ? call.place().text() : "");
        return mayChange(call.callee()) || called.find() && mayChange("?." + called.group(1));
    }

    /**
     * Whether a name of a library is a module, a class or a function, as far as it tells: {@code config.USE_AMP} and {@code config.fast} of
     * a module that is not in the repository may be any value.
     */
    static boolean isObject(String name) {
        String root = root(name);
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean isConstant = CONSTANT.matcher(last).matches();
        boolean isModuleOrClass = root.equals(name) || !last.isEmpty() && Character.isUpperCase(last.charAt(0));
        return !isConstant && (isModuleOrClass || KNOWN.contains(root) || OTHERS.contains(root));
    }

    private static String root(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private static boolean mayChange(String name) {
        String root = root(name);
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean isError = !name.contains(".");
        return !isError
                && !KNOWN.contains(root)
                && !OTHERS.contains(root)
                && !last.isEmpty()
                && !Character.isUpperCase(last.charAt(0))
                && !HARMLESS.matcher(last.toLowerCase(Locale.ROOT)).find();
    }

    /** What is in a dict or a list, and in those inside of it, is not known from here on. */
    static void change(Value value, String name, Host host, Place place, int depth) {
        Value unknown = host.unknown("an element that " + name + " may have changed", place);
        if (value instanceof Mapping mapping && !mapping.hasAttributes() && depth < DEEPEST) {
            host.touch(mapping);
            mapping.entries().forEach(entry -> change(entry.value(), name, host, place, depth + 1));
            mapping.override(unknown);
        } else if (value instanceof Sequence list && list.kind() != Sequence.Kind.TUPLE && depth < DEEPEST) {
            host.touch(list);
            list.elements().forEach(element -> change(element, name, host, place, depth + 1));
            list.open(unknown);
        }
    }

    /**
     * What a call of a function that is not known leaves of what it is given.
     *
     * @param isForEffect whether the program does not use the result
     */
    public static void change(RecordedCall call, Arguments arguments, boolean isForEffect, Host host) {
        List<RecordedCall.Argument> given = new ArrayList<>(arguments.positional());
        given.addAll(arguments.keywords().values());
        String name = call.callee() instanceof Value.Library ? call.lastName() : firstWord(call);
        for (RecordedCall.Argument argument : given) {
            change(argument.value(), name, host, call.place(), 0);
            if (isForEffect) {
                set(argument.value(), name, host, call.place(), 0);
            }
        }
    }

    private static String firstWord(RecordedCall call) {
        Matcher called = CALLED.matcher(call.place().text());
        return called.find() ? called.group(1) : call.lastName();
    }

    /** The options of an object are not known from here on. */
    private static void set(Value value, String name, Host host, Place place, int depth) {
        Value unknown = host.unknown("an option that " + name + " may have changed", place);
        if (value instanceof Mapping mapping && mapping.hasAttributes()) {
            host.touch(mapping);
            mapping.entries().forEach(entry -> inner(entry.value(), name, host, place, depth));
            mapping.override(unknown);
        } else if (value instanceof Instance instance && instance.type().isOwn()) {
            host.touch(instance);
            instance.attributes().values().forEach(attribute -> inner(attribute, name, host, place, depth));
            instance.attributes().keySet().stream()
                    .filter(instance.constants()::contains)
                    .toList()
                    .forEach(attribute -> instance.set(attribute, unknown));
        }
    }

    private static void inner(Value value, String name, Host host, Place place, int depth) {
        if (depth < DEEPEST) {
            change(value, name, host, place, depth + 1);
            set(value, name, host, place, depth + 1);
        }
    }
}

package samestep.dialect;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the name of a function says of it, where the function itself is in no file that is read. A name proves nothing:
 * a name that may change an update is never called harmless, and a name that says nothing is treated as one that may.
 */
public final class CalledNames {
    /** What these words are in reads or stores, or moves, and computes no update. */
    private static final Pattern HARMLESS = Pattern.compile(
            "save|load|restore|resume|checkpoint|ckpt|log|print|summar|"
                    + "record|state|writ|get_lr|get_learning|current_lr|zero_grad|to_device|to_cuda|eval|valid|test|metric|"
                    + "wandb|tensorboard|meter|broadcast|ema|plot|count|size|watch|profil|tqdm|progress|display|visuali|earlystop|early_stop|timer");

    private static final Pattern RATE = Pattern.compile("sched|warm|lr|rate|anneal|decay|adjust");
    private static final Pattern GRADIENT = Pattern.compile("clip|(?<!up|de)grad(?!ual)");

    private CalledNames() {}

    /** Whether it only reads, stores or moves. */
    public static boolean isHarmless(String name) {
        return HARMLESS.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /** Whether it may set a learning rate. */
    public static boolean maySetRate(String name) {
        return RATE.matcher(name.toLowerCase(Locale.ROOT)).find() && !mayChangeGradients(name);
    }

    /** Whether it is about gradients. */
    public static boolean mayChangeGradients(String name) {
        return GRADIENT.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /** Whether it makes a schedule. */
    public static boolean isScheduler(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("sched") || lower.contains("warm");
    }
}

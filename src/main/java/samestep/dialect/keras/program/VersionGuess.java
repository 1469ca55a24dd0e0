package samestep.dialect.keras.program;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.dialect.keras.write.KerasPythonClasses;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;

/**
 * Which version of Keras a program is written for, by what only some versions have.
 *
 * @param version the version
 * @param sign what shows it; empty where nothing does, and it is assumed
 */
record VersionGuess(Version version, Optional<String> sign) {
    private static final Set<String> OF_KERAS_1 = Set.of(
            "W_regularizer",
            "b_regularizer",
            "nb_epoch",
            "border_mode",
            "subsample",
            "nb_filter",
            "samples_per_epoch",
            "init",
            "dim_ordering",
            "nb_row");

    private static final Set<String> OF_OLD_OPTIMIZERS = Set.of("lr", "decay", "schedule_decay");
    private static final Set<String> OF_NEW_OPTIMIZERS =
            Set.of("weight_decay", "use_ema", "ema_momentum", "jit_compile");
    private static final Set<String> NEW_CLASSES = Set.of("AdamW", "Lion", "Lamb", "Muon", "Adafactor");

    /** Modules that Keras 2 had and Keras 3 does not have. */
    private static final Pattern OLD_MODULE = Pattern.compile(
            "layers\\.(core|convolutional|normalization|pooling|merge|recurrent|embeddings|advanced_activations|noise|wrappers)"
                    + "\\..*|engine\\..*|objectives\\..*|backend\\.tensorflow_backend.*|layers\\.CuDNN.*");

    private static final Set<String> OLD_METHODS =
            Set.of("fit_generator", "evaluate_generator", "predict_generator", "train_on_batch_generator");

    /** The guess for a program. */
    static VersionGuess of(Trace trace) {
        boolean isOfTensorflow = trace.calls().stream()
                .anyMatch(call -> call.name().startsWith("tensorflow.")
                        && Names.ofKeras(call.callee()).isPresent());
        boolean isAlone = trace.calls().stream().anyMatch(call -> call.name().startsWith("keras."));
        Version old = isOfTensorflow && !isAlone ? Version.TF_KERAS : Version.KERAS_2;
        for (RecordedCall call : trace.calls()) {
            boolean isLayer =
                    Names.layerClass(call.callee()).isPresent() || call.name().endsWith(".fit");
            Optional<String> first = isLayer ? argument(call, OF_KERAS_1) : Optional.empty();
            if (first.isPresent()) {
                return new VersionGuess(Version.KERAS_1, Optional.of(first.get() + "="));
            }
        }
        if (ArgumentTable.of(trace).filter(ArgumentTable::isOfKeras1).isPresent()) {
            return new VersionGuess(Version.KERAS_1, Optional.of("W_regularizer="));
        }
        for (RecordedCall call : trace.calls()) {
            Optional<VersionGuess> sign = sign(call, old);
            if (sign.isPresent()) {
                return sign.get();
            }
        }
        return new VersionGuess(Version.KERAS_3, Optional.empty());
    }

    private static Optional<VersionGuess> sign(RecordedCall call, Version old) {
        Optional<String> name = Names.ofKeras(call.callee());
        if (call.name().startsWith("tensorflow_addons.")) {
            return found(Version.TF_KERAS, call.name());
        }
        if (Names.optimizerClass(call.callee()).isPresent()) {
            return optimizer(call, name.orElse(""), old);
        }
        String method = Names.last(call.name());
        if (OLD_METHODS.contains(method)) {
            return found(old, method);
        }
        boolean isOldModule = name.map(n -> OLD_MODULE.matcher(n).matches()).orElse(false);
        return isOldModule ? found(old, call.name()) : Optional.empty();
    }

    private static Optional<VersionGuess> optimizer(RecordedCall call, String name, Version old) {
        if (call.name().startsWith(KerasPythonClasses.OURS)) {
            return found(Version.KERAS_3, Names.last(name));
        }
        if (call.keyword("is_legacy_optimizer").isPresent()) {
            return found(Version.KERAS_2_15, "is_legacy_optimizer=");
        }
        if (name.contains("legacy.")) {
            return found(Version.TF_KERAS, name);
        }
        if (name.contains("experimental.")) {
            return found(Version.KERAS_2_15, name);
        }
        Optional<String> older = argument(call, OF_OLD_OPTIMIZERS);
        if (older.isPresent()) {
            return found(old, older.get() + "=");
        }
        Optional<String> newer = argument(call, OF_NEW_OPTIMIZERS);
        return newer.map(n -> n + "=")
                .or(() -> Optional.of(Names.last(name)).filter(NEW_CLASSES::contains))
                .flatMap(sign -> found(Version.KERAS_3, sign));
    }

    private static Optional<String> argument(RecordedCall call, Set<String> names) {
        return call.keywords().keySet().stream().filter(names::contains).findFirst();
    }

    private static Optional<VersionGuess> found(Version version, String sign) {
        return Optional.of(new VersionGuess(version, Optional.of(sign)));
    }
}

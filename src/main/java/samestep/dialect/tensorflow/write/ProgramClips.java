package samestep.dialect.tensorflow.write;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/** Calls of {@code tf.clip_by_...} between the gradients and the optimizer: any number, in any order, with no guard. */
public record ProgramClips() implements ClipMeans {
    /** The functions. */
    public enum By {
        /** {@code tf.clip_by_value}. */
        VALUE("value", Kind.VALUE),
        /** {@code tf.clip_by_norm}, of each gradient. */
        NORM("norm", Kind.TENSOR_NORM),
        /** {@code tf.clip_by_global_norm}. */
        GLOBAL_NORM("global_norm", Kind.GLOBAL_NORM);

        private final String word;
        private final Kind kind;

        By(String word, Kind kind) {
            this.word = word;
            this.kind = kind;
        }

        /** What a program's document calls it. */
        String word() {
            return word;
        }

        public Kind kind() {
            return kind;
        }

        /** The function for a kind; its guard is left out. */
        static By of(Kind kind) {
            return switch (kind) {
                case VALUE -> VALUE;
                case TENSOR_NORM, GUARDED_TENSOR_NORM -> NORM;
                case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> GLOBAL_NORM;
            };
        }

        /** The function that a document names; empty where there is none. */
        public static Optional<By> named(String word) {
            return Arrays.stream(values()).filter(by -> by.word.equals(word)).findFirst();
        }

        public static String words() {
            return Arrays.stream(values()).map(By::word).collect(Collectors.joining(", "));
        }
    }

    @Override
    public String target() {
        return "TensorFlow";
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        return Optional.of(By.of(kind).kind());
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        return true;
    }

    /** Run with TensorFlow 2: the norms divide by themselves, and 0 by 0 is not a number. */
    @Override
    public Zero zero(Kind kind) {
        return switch (kind) {
            case VALUE -> Zero.ZEROES;
            case TENSOR_NORM, GLOBAL_NORM, GUARDED_TENSOR_NORM, GUARDED_GLOBAL_NORM -> Zero.NOT_A_NUMBER;
        };
    }
}

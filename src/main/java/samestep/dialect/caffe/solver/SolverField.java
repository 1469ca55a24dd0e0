package samestep.dialect.caffe.solver;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.schema.Schema;

/** The fields of SolverParameter, for code to name; {@code proto/caffe.proto} defines them. */
public enum SolverField {
    NET,
    NET_PARAM,
    TRAIN_NET,
    TRAIN_NET_PARAM,
    TRAIN_STATE,
    TYPE,
    SOLVER_TYPE,
    BASE_LR,
    LR_POLICY,
    GAMMA,
    POWER,
    STEPSIZE,
    STEPVALUE,
    MAX_ITER,
    ITER_SIZE,
    MOMENTUM,
    MOMENTUM2,
    RMS_DECAY,
    DELTA,
    WEIGHT_DECAY,
    REGULARIZATION_TYPE,
    CLIP_GRADIENTS,
    TEST_NET,
    TEST_NET_PARAM,
    TEST_STATE,
    TEST_ITER,
    TEST_INTERVAL,
    TEST_COMPUTE_LOSS,
    TEST_INITIALIZATION,
    DISPLAY,
    AVERAGE_LOSS,
    SNAPSHOT,
    SNAPSHOT_PREFIX,
    SNAPSHOT_DIFF,
    SNAPSHOT_FORMAT,
    SNAPSHOT_AFTER_TRAIN,
    SOLVER_MODE,
    DEVICE_ID,
    RANDOM_SEED,
    DEBUG_INFO,
    LAYER_WISE_REDUCE,
    WEIGHTS;

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Schema.Field field =
            CaffeSchema.schema().message("SolverParameter").field(word).orElseThrow();

    /** The field of that name. */
    public static Optional<SolverField> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** What the schema says of it. */
    public Schema.Field schema() {
        return field;
    }

    public Schema.Use use() {
        return field.use();
    }

    /** What Caffe takes when it is not given: protobuf's zero where the schema has no default; empty for messages. */
    String byDefault() {
        return switch (field.type()) {
            case FLOAT, DOUBLE, INT32, INT64, UINT32 -> field.byDefault().isEmpty() ? "0" : field.byDefault();
            default -> field.byDefault();
        };
    }

    boolean repeated() {
        return field.repeated();
    }
}

package samestep.dialect.caffe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of SolverParameter: their types, defaults and what they are for. Source: src/caffe/proto/caffe.proto of
 * BVLC Caffe 9b89154. The enum's constants are written as the fields are.
 */
enum SolverField {
    NET("net", Type.STRING, Use.NET),
    NET_PARAM("net_param", Type.MESSAGE, Use.NET),
    TRAIN_NET("train_net", Type.STRING, Use.NET),
    TRAIN_NET_PARAM("train_net_param", Type.MESSAGE, Use.NET),
    TRAIN_STATE("train_state", Type.MESSAGE, Use.NET),
    TYPE("type", Type.STRING, Use.TRAINING, "SGD"),
    SOLVER_TYPE("solver_type", Type.ENUM, Use.TRAINING),
    BASE_LR("base_lr", Type.FLOAT, Use.TRAINING, "0"),
    LR_POLICY("lr_policy", Type.STRING, Use.TRAINING),
    GAMMA("gamma", Type.FLOAT, Use.TRAINING, "0"),
    POWER("power", Type.FLOAT, Use.TRAINING, "0"),
    STEPSIZE("stepsize", Type.INT, Use.TRAINING, "0"),
    STEPVALUE("stepvalue", Type.INT, Use.TRAINING),
    MAX_ITER("max_iter", Type.INT, Use.TRAINING, "0"),
    ITER_SIZE("iter_size", Type.INT, Use.TRAINING, "1"),
    MOMENTUM("momentum", Type.FLOAT, Use.TRAINING, "0"),
    MOMENTUM2("momentum2", Type.FLOAT, Use.TRAINING, "0.999"),
    RMS_DECAY("rms_decay", Type.FLOAT, Use.TRAINING, "0.99"),
    DELTA("delta", Type.FLOAT, Use.TRAINING, "1e-8"),
    WEIGHT_DECAY("weight_decay", Type.FLOAT, Use.TRAINING, "0"),
    REGULARIZATION_TYPE("regularization_type", Type.STRING, Use.TRAINING, "L2"),
    CLIP_GRADIENTS("clip_gradients", Type.FLOAT, Use.TRAINING, "-1"),
    TEST_NET("test_net", Type.STRING, Use.BESIDE),
    TEST_NET_PARAM("test_net_param", Type.MESSAGE, Use.BESIDE),
    TEST_STATE("test_state", Type.MESSAGE, Use.BESIDE),
    TEST_ITER("test_iter", Type.INT, Use.BESIDE),
    TEST_INTERVAL("test_interval", Type.INT, Use.BESIDE),
    TEST_COMPUTE_LOSS("test_compute_loss", Type.BOOL, Use.BESIDE),
    TEST_INITIALIZATION("test_initialization", Type.BOOL, Use.BESIDE),
    DISPLAY("display", Type.INT, Use.BESIDE),
    AVERAGE_LOSS("average_loss", Type.INT, Use.BESIDE),
    SNAPSHOT("snapshot", Type.INT, Use.BESIDE),
    SNAPSHOT_PREFIX("snapshot_prefix", Type.STRING, Use.BESIDE),
    SNAPSHOT_DIFF("snapshot_diff", Type.BOOL, Use.BESIDE),
    SNAPSHOT_FORMAT("snapshot_format", Type.ENUM, Use.BESIDE),
    SNAPSHOT_AFTER_TRAIN("snapshot_after_train", Type.BOOL, Use.BESIDE),
    SOLVER_MODE("solver_mode", Type.ENUM, Use.BESIDE),
    DEVICE_ID("device_id", Type.INT, Use.BESIDE),
    RANDOM_SEED("random_seed", Type.INT, Use.BESIDE),
    DEBUG_INFO("debug_info", Type.BOOL, Use.BESIDE),
    LAYER_WISE_REDUCE("layer_wise_reduce", Type.BOOL, Use.BESIDE),
    WEIGHTS("weights", Type.STRING, Use.BESIDE);

    /** What may stand as its value. */
    enum Type {
        FLOAT,
        INT,
        STRING,
        ENUM,
        BOOL,
        MESSAGE
    }

    /** What it is for. */
    enum Use {
        /** Decides the steps that the weights take. */
        TRAINING,
        /** Says which net is trained. */
        NET,
        /** Display, testing, snapshots, the device: no weight depends on it. */
        BESIDE
    }

    private static final Map<String, SolverField> BY_WORD = new HashMap<>();

    static {
        for (SolverField field : values()) {
            BY_WORD.put(field.word, field);
        }
    }

    private final String word;
    private final Type type;
    private final Use use;
    private final String byDefault;

    SolverField(String word, Type type, Use use) {
        this(word, type, use, "");
    }

    SolverField(String word, Type type, Use use, String byDefault) {
        this.word = word;
        this.type = type;
        this.use = use;
        this.byDefault = byDefault;
    }

    /** The field of that name. */
    static Optional<SolverField> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** As it is written. */
    String word() {
        return word;
    }

    Type type() {
        return type;
    }

    Use use() {
        return use;
    }

    /** What Caffe takes when it is not given; empty when there is no default. */
    String byDefault() {
        return byDefault;
    }

    /** Whether it may stand several times. */
    boolean repeated() {
        return switch (this) {
            case STEPVALUE, TEST_NET, TEST_NET_PARAM, TEST_STATE, TEST_ITER, WEIGHTS -> true;
            default -> false;
        };
    }
}

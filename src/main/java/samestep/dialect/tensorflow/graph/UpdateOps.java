package samestep.dialect.tensorflow.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations that update variables, and what their inputs are. Source: tensorflow/core/ops/training_ops.cc. Those with
 * handles ({@code Resource...}) take the same.
 */
public final class UpdateOps {
    /** The learning rate among the inputs. */
    public static final String RATE = "eta";
    /** The gradient among the inputs. */
    public static final String GRADIENT = "g";

    /**
     * An operation.
     *
     * @param equations the equations that its kernel executes
     * @param inputs what they are: {@code w}, {@code eta}, {@code g}, a state with a leading dot, a hyper-parameter, or
     *     {@code -} for what follows from the others
     */
    public record Kind(String equations, List<String> inputs) {}

    private static final String TABLE = """
        ApplyGradientDescent GradientDescent w eta g
        ApplyMomentum Momentum w .a eta g momentum
        SparseApplyMomentum Momentum w .a eta g - momentum
        ApplyAdam Adam w .m .v - - eta beta1 beta2 epsilon g
        ApplyRMSProp RMSProp w .v .b eta rho momentum epsilon g
        SparseApplyRMSProp RMSProp w .v .b eta rho momentum epsilon g -
        ApplyCenteredRMSProp RMSProp w .average .v .b eta rho momentum epsilon g
        SparseApplyCenteredRMSProp RMSProp w .average .v .b eta rho momentum epsilon g -
        ApplyAdagrad Adagrad w .a eta g
        SparseApplyAdagrad Adagrad w .a eta g -
        ApplyAdadelta Adadelta w .a .u eta rho epsilon g
        SparseApplyAdadelta Adadelta w .a .u eta rho epsilon g -
        ApplyFtrl Ftrl w .n .z g eta l1 l2 power
        SparseApplyFtrl Ftrl w .n .z g - eta l1 l2 power
        ApplyFtrlV2 Ftrl w .n .z g eta l1 l2 shrinkage power
        SparseApplyFtrlV2 Ftrl w .n .z g - eta l1 l2 shrinkage power
        ApplyProximalGradientDescent ProximalGradientDescent w eta l1 l2 g
        SparseApplyProximalGradientDescent ProximalGradientDescent w eta l1 l2 g -
        ApplyProximalAdagrad ProximalAdagrad w .a eta l1 l2 g
        SparseApplyProximalAdagrad ProximalAdagrad w .a eta l1 l2 g -
        ApplyAdagradDA AdagradDA w .total .squares g eta l1 l2 -
        SparseApplyAdagradDA AdagradDA w .total .squares g - eta l1 l2 -
        """;

    private static final Map<String, Kind> KINDS = parse();

    private UpdateOps() {}

    private static Map<String, Kind> parse() {
        Map<String, Kind> kinds = new HashMap<>();
        TABLE.lines().map(line -> List.of(line.split(" "))).forEach(words -> {
            kinds.put(words.get(0), new Kind(words.get(1), words.subList(2, words.size())));
        });
        return kinds;
    }

    /** The operation of that name, if it is one whose equations are known. */
    public static Optional<Kind> of(String op) {
        return Optional.ofNullable(KINDS.get(plain(op)));
    }

    /** Whether an operation updates a variable by a gradient, known or not. */
    public static boolean isUpdate(String op) {
        String plain = plain(op);
        return plain.startsWith("Apply") || plain.startsWith("SparseApply");
    }

    /** Whether it touches only the rows that a batch has looked up. */
    public static boolean isSparse(String op) {
        return plain(op).startsWith("Sparse");
    }

    private static String plain(String op) {
        return op.startsWith("Resource") ? op.substring("Resource".length()) : op;
    }
}

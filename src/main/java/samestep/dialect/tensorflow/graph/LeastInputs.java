package samestep.dialect.tensorflow.graph;

import java.util.HashMap;
import java.util.Map;

/** How many inputs operations have at least, of those that are followed. Source: tensorflow/core/ops/*.cc. */
public final class LeastInputs {
    private static final String OF_ONE =
            "Cast Prod Size StridedSlice L2Loss Neg Exp Log Sqrt Rsqrt Square Floor Ceil Cos Abs Sign Reciprocal Inv"
                    + " LogicalNot IsFinite Identity RefIdentity StopGradient PreventGradient CheckNumerics Snapshot"
                    + " EnsureShape Tile BroadcastTo ExpandDims Squeeze ReadVariableOp Shape OnesLike ZerosLike Gather"
                    + " GatherV2 AddN Merge";
    private static final String OF_TWO =
            "Fill Sum Mean Mul Sub Add AddV2 RealDiv Div DivNoNan FloorDiv FloorMod Pow Minimum Maximum Less LessEqual"
                    + " Greater GreaterEqual Equal NotEqual LogicalAnd LogicalOr Switch RefSwitch Reshape"
                    + " BroadcastGradientArgs Assign AssignVariableOp AssignAdd AssignAddVariableOp AssignSub"
                    + " AssignSubVariableOp";
    private static final String OF_THREE = "Select SelectV2 ClipByValue";

    private static final Map<String, Integer> LEAST = table();

    private LeastInputs() {}

    private static Map<String, Integer> table() {
        Map<String, Integer> least = new HashMap<>();
        for (String op : OF_ONE.split(" ")) {
            least.put(op, 1);
        }
        for (String op : OF_TWO.split(" ")) {
            least.put(op, 2);
        }
        for (String op : OF_THREE.split(" ")) {
            least.put(op, 3);
        }
        return least;
    }

    /** The number for an operation; 0 where it does not matter. */
    public static int of(String op) {
        return UpdateOps.of(op).map(kind -> kind.inputs().size()).orElse(LEAST.getOrDefault(op, 0));
    }
}

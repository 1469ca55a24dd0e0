package samestep.dialect.pytorch.program.table;

import java.util.Set;

/** Methods that change the tensor that they belong to, by their names: {@code mul_}, and {@code __imul__} of {@code g *= 2}. */
public final class InPlace {
    /** What ends in an underscore, and changes nothing of an update. */
    private static final Set<String> HARMLESS = Set.of("requires_grad_", "zero_", "detach_", "record_stream");

    private static final Set<String> OPERATORS = Set.of(
            "__iadd__",
            "__isub__",
            "__imul__",
            "__itruediv__",
            "__ifloordiv__",
            "__imod__",
            "__ipow__",
            "__imatmul__",
            "__iand__",
            "__ior__",
            "__ixor__",
            "__ilshift__",
            "__irshift__");

    private InPlace() {}

    /** Whether the method changes its tensor; not one that only sets gradients to zero, or says whether there are any. */
    public static boolean is(String method) {
        boolean isUnderscored = method.endsWith("_") && !method.endsWith("__");
        return isUnderscored && !HARMLESS.contains(method) || OPERATORS.contains(method);
    }
}

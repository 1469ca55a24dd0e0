package samestep.dialect.tensorflow.graph;

import java.util.List;

/** Names of tensors' types. Source: tensorflow/core/framework/types.proto. */
public final class DataType {
    /** Single precision. */
    static final String FLOAT = "DT_FLOAT";
    /** Double precision. */
    static final String DOUBLE = "DT_DOUBLE";

    private static final int REFERENCE = 100;
    private static final List<String> NAMES = List.of(
            "INVALID",
            "FLOAT",
            "DOUBLE",
            "INT32",
            "UINT8",
            "INT16",
            "INT8",
            "STRING",
            "COMPLEX64",
            "INT64",
            "BOOL",
            "QINT8",
            "QUINT8",
            "QINT32",
            "BFLOAT16",
            "QINT16",
            "QUINT16",
            "UINT16",
            "COMPLEX128",
            "HALF",
            "RESOURCE",
            "VARIANT",
            "UINT32",
            "UINT64");

    private DataType() {}

    /** The name of a type's number; types of variables' references are 100 more. */
    static String name(int number) {
        int plain = number > REFERENCE ? number - REFERENCE : number;
        return plain >= 0 && plain < NAMES.size()
                ? "DT_" + NAMES.get(plain) + (number > REFERENCE ? "_REF" : "")
                : Integer.toString(number);
    }

    /** Whether a type has whole numbers. */
    public static boolean isWhole(String type) {
        return type.startsWith("DT_INT") || type.startsWith("DT_UINT");
    }
}

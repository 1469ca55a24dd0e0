package samestep.build;

import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;

/** What a lambda's arguments and result go through between the interface's types and those of its body. */
final class Conversion {
    private static final Map<Type, Type> BOXED = Map.of(
            Type.getType(Boolean.class), Type.BOOLEAN_TYPE,
            Type.getType(Character.class), Type.CHAR_TYPE,
            Type.getType(Byte.class), Type.BYTE_TYPE,
            Type.getType(Short.class), Type.SHORT_TYPE,
            Type.getType(Integer.class), Type.INT_TYPE,
            Type.getType(Long.class), Type.LONG_TYPE,
            Type.getType(Float.class), Type.FLOAT_TYPE,
            Type.getType(Double.class), Type.DOUBLE_TYPE);

    private Conversion() {}

    /**
     * Converts the value on the stack.
     *
     * @param given as the interface is compiled
     * @param used as this use of the interface has it
     * @param taken as the body has it
     */
    static void argument(GeneratorAdapter code, Type given, Type used, Type taken) {
        if (isPrimitive(given) == isPrimitive(taken)) {
            same(code, given, taken);
        } else if (isPrimitive(given)) {
            code.valueOf(given);
        } else {
            Type inside = BOXED.getOrDefault(used, taken);
            code.unbox(inside);
            code.cast(inside, taken);
        }
    }

    /** Converts what the body gives to what the interface's method returns. */
    static void result(GeneratorAdapter code, Type given, Type returned) {
        if (returned.getSort() == Type.VOID) {
            if (given.getSize() > 0) {
                code.visitInsn(given.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
        } else {
            argument(code, given, given, returned);
        }
    }

    private static void same(GeneratorAdapter code, Type given, Type taken) {
        if (isPrimitive(given)) {
            code.cast(given, taken);
        } else if (!given.equals(taken)) {
            code.checkCast(taken);
        }
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }
}

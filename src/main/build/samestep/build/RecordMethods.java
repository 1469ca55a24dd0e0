package samestep.build;

import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Equality and hash codes of a record, component by component, as {@link java.lang.runtime.ObjectMethods} makes them. */
final class RecordMethods {
    private static final int PRIME = 31;
    private static final Type OBJECTS = Type.getType(Objects.class);
    private static final Type OBJECT = Type.getType(Object.class);
    private static final String EQUALS = "equals";
    private static final String HASH_CODE = "hashCode";

    private final Type self;
    private final List<Handle> components;
    private final GeneratorAdapter code;

    private RecordMethods(ClassNode owner, MethodNode method, InvokeDynamicInsnNode dynamic) {
        self = Type.getObjectType(owner.name);
        // The record's class and the components' names come first.
        components = List.of(dynamic.bsmArgs).subList(2, dynamic.bsmArgs.length).stream()
                .map(Handle.class::cast)
                .toList();
        code = new GeneratorAdapter(method, method.access, method.name, method.desc);
    }

    static boolean isOne(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getOwner().equals("java/lang/runtime/ObjectMethods") && !dynamic.name.equals("toString");
    }

    /** Replaces the method, which has nothing but the dynamic call. */
    static void write(ClassNode owner, MethodNode method, InvokeDynamicInsnNode dynamic) {
        method.instructions.clear();
        method.tryCatchBlocks.clear();
        method.localVariables = null;
        RecordMethods made = new RecordMethods(owner, method, dynamic);
        if (dynamic.name.equals(EQUALS)) {
            made.equality();
        } else {
            made.hash();
        }
        made.code.endMethod();
    }

    private void equality() {
        Label differs = code.newLabel();
        Label other = code.newLabel();
        code.loadThis();
        code.loadArg(0);
        code.ifCmp(OBJECT, GeneratorAdapter.NE, other);
        code.push(true);
        code.returnValue();
        mark(other);
        code.loadArg(0);
        code.instanceOf(self);
        code.ifZCmp(GeneratorAdapter.EQ, differs);
        for (Handle component : components) {
            compare(component, differs);
        }
        code.push(true);
        code.returnValue();
        mark(differs);
        code.push(false);
        code.returnValue();
    }

    private void compare(Handle component, Label differs) {
        Type type = Type.getType(component.getDesc());
        load(component);
        code.loadArg(0);
        code.checkCast(self);
        code.getField(self, component.getName(), type);
        switch (type.getSort()) {
            case Type.FLOAT, Type.DOUBLE -> {
                code.invokeStatic(boxed(type), new Method("compare", Type.INT_TYPE, new Type[] {type, type}));
                code.ifZCmp(GeneratorAdapter.NE, differs);
            }
            case Type.OBJECT, Type.ARRAY -> {
                code.invokeStatic(OBJECTS, new Method(EQUALS, Type.BOOLEAN_TYPE, new Type[] {OBJECT, OBJECT}));
                code.ifZCmp(GeneratorAdapter.EQ, differs);
            }
            default -> code.ifCmp(type, GeneratorAdapter.NE, differs);
        }
    }

    private void hash() {
        code.push(0);
        for (Handle component : components) {
            Type type = Type.getType(component.getDesc());
            code.push(PRIME);
            code.math(GeneratorAdapter.MUL, Type.INT_TYPE);
            load(component);
            boolean isObject = type.getSort() >= Type.ARRAY;
            code.invokeStatic(
                    isObject ? OBJECTS : boxed(type),
                    new Method(HASH_CODE, Type.INT_TYPE, new Type[] {isObject ? OBJECT : type}));
            code.math(GeneratorAdapter.ADD, Type.INT_TYPE);
        }
        code.returnValue();
    }

    private void load(Handle component) {
        code.loadThis();
        code.getField(self, component.getName(), Type.getType(component.getDesc()));
    }

    /** A place that is jumped to; the stack is empty and the variables are the arguments. */
    private void mark(Label label) {
        code.mark(label);
        Object[] locals = {self.getInternalName(), OBJECT.getInternalName()};
        code.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
    }

    /** The class that has the comparison and the hash code of a primitive type. */
    private static Type boxed(Type primitive) {
        Class<?> type = switch (primitive.getSort()) {
            case Type.BOOLEAN -> Boolean.class;
            case Type.CHAR -> Character.class;
            case Type.BYTE -> Byte.class;
            case Type.SHORT -> Short.class;
            case Type.INT -> Integer.class;
            case Type.LONG -> Long.class;
            case Type.FLOAT -> Float.class;
            default -> Double.class;
        };
        return Type.getType(type);
    }
}

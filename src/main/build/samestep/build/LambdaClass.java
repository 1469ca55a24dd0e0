package samestep.build;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The class of one lambda or method reference, as {@link java.lang.invoke.LambdaMetafactory} would make it. */
final class LambdaClass {
    private static final Type OBJECT = Type.getType(Object.class);
    private static final String CONSTRUCTOR = "<init>";
    private static final String INSTANCE = "INSTANCE";

    private final ClassNode node = new ClassNode();
    private final Type self;
    /** What the lambda takes from where it is written. */
    private final Type[] captured;
    /** The functional interface. */
    private final Type face;
    /** What is called. */
    private final Handle body;

    LambdaClass(ClassNode owner, int number, InvokeDynamicInsnNode dynamic) {
        captured = Type.getArgumentTypes(dynamic.desc);
        face = Type.getReturnType(dynamic.desc);
        body = (Handle) dynamic.bsmArgs[1];
        self = Type.getObjectType(owner.name + "$Lambda" + number);
        node.version = owner.version;
        node.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        node.name = self.getInternalName();
        node.superName = OBJECT.getInternalName();
        node.interfaces.add(face.getInternalName());
        constructor();
        if (captured.length == 0) {
            instance();
        } else {
            capture();
        }
        Type erased = (Type) dynamic.bsmArgs[0];
        Type used = (Type) dynamic.bsmArgs[2];
        call(new Method(dynamic.name, erased.getDescriptor()), used.getArgumentTypes());
    }

    /** Whether it is an ordinary lambda. Those that are serializable or have several interfaces stay as they are. */
    static boolean isMadeOf(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                && dynamic.bsm.getName().equals("metafactory");
    }

    ClassNode node() {
        return node;
    }

    /** What takes the place of the dynamic call: one instance for all where nothing is captured, else a new one. */
    AbstractInsnNode evaluation() {
        if (captured.length == 0) {
            return new FieldInsnNode(Opcodes.GETSTATIC, node.name, INSTANCE, face.getDescriptor());
        }
        Method make = maker();
        return new MethodInsnNode(Opcodes.INVOKESTATIC, node.name, make.getName(), make.getDescriptor(), false);
    }

    private Method maker() {
        return new Method("of", face, captured);
    }

    private Method constructorMethod() {
        return new Method(CONSTRUCTOR, Type.VOID_TYPE, captured);
    }

    private void constructor() {
        GeneratorAdapter code = method(Opcodes.ACC_PRIVATE, constructorMethod());
        code.loadThis();
        code.invokeConstructor(OBJECT, new Method(CONSTRUCTOR, "()V"));
        for (int i = 0; i < captured.length; i++) {
            node.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), captured[i].getDescriptor(), null, null);
            code.loadThis();
            code.loadArg(i);
            code.putField(self, field(i), captured[i]);
        }
        end(code);
    }

    private void instance() {
        node.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, INSTANCE, face.getDescriptor(), null, null);
        GeneratorAdapter code = method(Opcodes.ACC_STATIC, new Method("<clinit>", "()V"));
        code.newInstance(self);
        code.dup();
        code.invokeConstructor(self, constructorMethod());
        code.putStatic(self, INSTANCE, face);
        end(code);
    }

    private void capture() {
        GeneratorAdapter code = method(Opcodes.ACC_STATIC, maker());
        code.newInstance(self);
        code.dup();
        code.loadArgs();
        code.invokeConstructor(self, constructorMethod());
        end(code);
    }

    /** The interface's method: what was captured, then what is given, to the body. */
    private void call(Method erased, Type[] used) {
        GeneratorAdapter code = method(Opcodes.ACC_PUBLIC, erased);
        Type owner = Type.getObjectType(body.getOwner());
        boolean makes = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        if (makes) {
            code.newInstance(owner);
            code.dup();
        }
        for (int i = 0; i < captured.length; i++) {
            code.loadThis();
            code.getField(self, field(i), captured[i]);
        }
        Type[] given = erased.getArgumentTypes();
        Type[] taken = taken();
        for (int i = 0; i < given.length; i++) {
            code.loadArg(i);
            Conversion.argument(code, given[i], used[i], taken[captured.length + i]);
        }
        code.visitMethodInsn(opcode(), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
        Conversion.result(code, makes ? owner : Type.getReturnType(body.getDesc()), erased.getReturnType());
        end(code);
    }

    /** What the body takes, with the object that it is called on. */
    private Type[] taken() {
        Type[] arguments = Type.getArgumentTypes(body.getDesc());
        if (body.getTag() == Opcodes.H_INVOKESTATIC || body.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            return arguments;
        }
        Type[] all = new Type[arguments.length + 1];
        all[0] = Type.getObjectType(body.getOwner());
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    private int opcode() {
        return switch (body.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            // A private method, too, is called as any other by a member of its nest.
            default -> body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        };
    }

    private static String field(int i) {
        return "captured" + i;
    }

    private GeneratorAdapter method(int access, Method method) {
        return new GeneratorAdapter(
                node.visitMethod(access, method.getName(), method.getDescriptor(), null, null),
                access,
                method.getName(),
                method.getDescriptor());
    }

    private static void end(GeneratorAdapter code) {
        code.returnValue();
        code.endMethod();
    }
}

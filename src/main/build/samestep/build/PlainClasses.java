package samestep.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Gives compiled classes what the JVM otherwise makes at each start: a class for each lambda, and the equality of records. A
 * start of some 600 lambdas spends a third of its time in linking them, even from an archive of class data. What the
 * classes do is the same; the build calls this for the program's jar, and not for the library's.
 */
final class PlainClasses {
    private final Map<String, ClassNode> read = new TreeMap<>();
    private final Map<String, ClassNode> written = new TreeMap<>();

    /** The folders of compiled classes, and last the folder for those that are new or changed. */
    public static void main(String[] folders) throws IOException {
        PlainClasses classes = new PlainClasses();
        int last = folders.length - 1;
        for (String folder : List.of(folders).subList(0, last)) {
            classes.read(Path.of(folder));
        }
        classes.read.values().forEach(classes::change);
        classes.write(Path.of(folders[last]));
    }

    private void read(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                ClassNode node = new ClassNode();
                new ClassReader(Files.readAllBytes(file)).accept(node, 0);
                read.put(node.name, node);
            }
        }
    }

    private void change(ClassNode owner) {
        int lambdas = 0;
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (!(instruction instanceof InvokeDynamicInsnNode dynamic)) {
                    continue;
                }
                if (LambdaClass.isMadeOf(dynamic)) {
                    LambdaClass made = new LambdaClass(owner, ++lambdas, dynamic);
                    method.instructions.set(dynamic, made.evaluation());
                    addToNest(owner, made.node());
                } else if (RecordMethods.isOne(dynamic)) {
                    RecordMethods.write(owner, method, dynamic);
                } else {
                    continue;
                }
                written.put(owner.name, owner);
            }
        }
    }

    /** Members of a nest may use each other's private methods, and what a lambda does is such a method. */
    private void addToNest(ClassNode owner, ClassNode made) {
        ClassNode host = owner.nestHostClass == null ? owner : read.get(owner.nestHostClass);
        if (host == null) {
            throw new IllegalStateException("the nest of " + owner.name + " has no host");
        }
        if (host.nestMembers == null) {
            host.nestMembers = new ArrayList<>();
        }
        host.nestMembers.add(made.name);
        made.nestHostClass = host.name;
        written.put(host.name, host);
        written.put(made.name, made);
    }

    private void write(Path folder) throws IOException {
        for (ClassNode node : written.values()) {
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            node.accept(writer);
            Path file = folder.resolve(node.name + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, writer.toByteArray());
        }
    }
}

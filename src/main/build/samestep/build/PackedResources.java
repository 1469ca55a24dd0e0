package samestep.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Writes {@code samestep.dialect.PackedResources} with the texts beside it as its constants. */
final class PackedResources {
    private static final String FOLDER = "samestep/dialect";
    private static final String NAME = FOLDER + "/PackedResources";
    private static final Type STRING = Type.getType(String.class);
    private static final String SCHEMA = ".desc";
    /** Most bytes of one constant of a class file. */
    private static final int MOST = 65_535;

    private PackedResources() {}

    /** The folder of compiled classes, and the folder for those that are new or changed. */
    public static void main(String[] folders) throws IOException {
        Path file = Path.of(folders[1]).resolve(NAME + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, written(texts(Path.of(folders[0]).resolve(FOLDER))));
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(PackedResources::isPacked).toList()) {
                // A schema is bytes, each of which becomes a character.
                boolean bytes = file.toString().endsWith(SCHEMA);
                String text = Files.readString(file, bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
                if (size(text) <= MOST) {
                    texts.put(folder.relativize(file).toString().replace('\\', '/'), text);
                }
            }
        }
        return texts;
    }

    private static boolean isPacked(Path file) {
        String name = file.toString();
        return name.endsWith(".txt") || name.endsWith(".eq") || name.endsWith(SCHEMA);
    }

    /** Bytes of a text in a class file. */
    private static int size(String text) {
        return text.chars().map(c -> c > 0 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3).sum();
    }

    private static byte[] written(Map<String, String> texts) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        Method find = new Method("find", STRING, new Type[] {STRING});
        GeneratorAdapter code = new GeneratorAdapter(Opcodes.ACC_STATIC, find, null, null, writer);
        texts.forEach((name, text) -> {
            Label next = code.newLabel();
            code.push(name);
            code.loadArg(0);
            code.invokeVirtual(STRING, Method.getMethod("boolean equals(Object)"));
            code.ifZCmp(GeneratorAdapter.EQ, next);
            code.push(text);
            code.returnValue();
            code.mark(next);
        });
        code.push((String) null);
        code.returnValue();
        code.endMethod();
        return writer.toByteArray();
    }
}

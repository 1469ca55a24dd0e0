package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.Samestep;

/**
 * The public API changes only when the change is accepted in docs/api.txt: what callers compile and link against,
 * without parameters' names. And all of it is documented, as the compiler's doclint defines it.
 */
class PublicApiTest {
    private static final Path SOURCES = Path.of("src/main/java/samestep");
    private static final String HEAD = """
            # The public API, as PublicApiTest finds it: docs/library.md explains it, docs/releasing.md what may change.

            """;

    @Test
    void signaturesAreThoseThatWereAccepted() throws IOException, ReflectiveOperationException, URISyntaxException {
        StringBuilder api = new StringBuilder(HEAD);
        for (Class<?> type : publicTypes()) {
            describe(type, api);
        }
        Page.assertIsCommitted(Path.of("docs/api.txt"), api.toString());
    }

    private static List<Class<?>> publicTypes() throws IOException, ReflectiveOperationException, URISyntaxException {
        Path classes = Path.of(Samestep.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> types = new ArrayList<>();
        for (String room : List.of("samestep", "samestep.spi")) {
            try (Stream<Path> files = Files.list(classes.resolve(room.replace('.', '/')))) {
                for (Path file : files.sorted().toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (name.endsWith(".class") && !name.equals("package-info.class")) {
                        Class<?> type = Class.forName(room + "." + name.replace(".class", ""));
                        if (isVisible(type)) {
                            types.add(type);
                        }
                    }
                }
            }
        }
        assertFalse(types.isEmpty(), "no types in " + classes);
        return types;
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return isVisible(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void describe(Class<?> type, StringBuilder api) {
        String kind = type.isEnum() ? "enum" : type.isRecord() ? "record" : type.isInterface() ? "interface" : "class";
        boolean open = !type.isEnum() && !type.isRecord() && !Modifier.isFinal(type.getModifiers());
        api.append(open ? "open " : "").append(kind).append(' ').append(type.getName());
        if (type.isRecord()) {
            api.append(Arrays.stream(type.getRecordComponents())
                    .map(PublicApiTest::component)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        Arrays.stream(type.getGenericInterfaces())
                .map(Type::getTypeName)
                .sorted()
                .forEach(i -> api.append(" is ").append(i));
        api.append('\n');
        // Constants in their order, for compareTo is part of what they promise; all else in the order of the alphabet.
        Stream<String> constants =
                type.isEnum() ? Arrays.stream(type.getEnumConstants()).map(Object::toString) : Stream.of();
        Stream<String> members = Stream.of(
                        type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
                .flatMap(Arrays::<Member>stream)
                .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !isImplied(type, member))
                .map(PublicApiTest::signature)
                .sorted();
        Stream.concat(constants, members)
                .forEach(line -> api.append("    ").append(line).append('\n'));
        api.append('\n');
    }

    /** What every record of these components has, and every enum of these constants. */
    private static boolean isImplied(Class<?> type, Member member) {
        if (type.isEnum()) {
            return Set.of("values", "valueOf").contains(member.getName())
                    || member instanceof Field field && field.isEnumConstant();
        }
        if (!type.isRecord()) {
            return false;
        }
        List<RecordComponent> components = List.of(type.getRecordComponents());
        boolean accessor = components.stream().map(RecordComponent::getAccessor).anyMatch(member::equals);
        boolean canonical = member instanceof Constructor<?> constructor
                && List.of(constructor.getGenericParameterTypes())
                        .equals(components.stream()
                                .map(RecordComponent::getGenericType)
                                .toList());
        return accessor || canonical || Set.of("equals", "hashCode", "toString").contains(member.getName());
    }

    private static String component(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    private static String signature(Member member) {
        String modifiers = Modifier.isStatic(member.getModifiers()) ? "static " : "";
        if (member instanceof Field field) {
            return modifiers + field.getGenericType().getTypeName() + " " + field.getName();
        }
        Executable unit = (Executable) member;
        String returned =
                unit instanceof Method method ? method.getGenericReturnType().getTypeName() + " " : "";
        String name = unit instanceof Constructor<?> ? "new" : unit.getName();
        String parameters = types(unit.getGenericParameterTypes());
        Type[] thrown = unit.getGenericExceptionTypes();
        return modifiers + returned + name + "(" + parameters + ")"
                + (thrown.length == 0 ? "" : " throws " + types(thrown));
    }

    private static String types(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    /** A comment on everything, with its parameters, what it returns, and links that lead somewhere. */
    @Test
    void everythingIsDocumented(@TempDir Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter printed = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Stream.concat(Files.list(SOURCES), Files.list(SOURCES.resolve("spi")))) {
            List<Path> sources =
                    files.filter(f -> f.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-Xdoclint:all/protected",
                    "-Werror",
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            boolean well = compiler.getTask(
                            printed, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertEquals("", printed.toString());
            assertEquals(true, well);
        }
    }
}

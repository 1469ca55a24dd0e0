package samestep.build;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Loads every class of the program, so that the JVM verifies what {@link PlainClasses} wrote. */
final class LoadedClasses {
    private static final String OURS = "samestep/";
    private static final String CLASS = ".class";

    private LoadedClasses() {}

    /** The jar, which is on the class path, too. An error of the JVM is the end of the build. */
    public static void main(String[] jars) throws IOException, ClassNotFoundException {
        for (String name : names(jars[0])) {
            Class.forName(name);
        }
    }

    private static List<String> names(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(OURS) && name.endsWith(CLASS))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .toList();
        }
    }
}

package samestep.fuzz;

import java.util.function.Consumer;

/**
 * A law of {@link FileLaws} as Jazzer's own driver and OSS-Fuzz run it, without JUnit. The target's first argument is the
 * law's name.
 */
public final class FuzzTarget {
    private static Consumer<byte[]> law = bytes -> {
        throw new IllegalStateException("no law was chosen");
    };

    private FuzzTarget() {}

    /**
     * Called once, before anything else.
     *
     * @param arguments the law's name
     * @throws IllegalArgumentException if there is no such law
     */
    public static void fuzzerInitialize(String[] arguments) {
        String name = arguments.length == 1 ? arguments[0] : "";
        if (!FileLaws.ALL.containsKey(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not one of " + FileLaws.ALL.keySet());
        }
        law = FileLaws.ALL.get(name);
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        law.accept(bytes);
    }
}

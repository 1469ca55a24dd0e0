package samestep.dialect;

import org.jspecify.annotations.Nullable;

/**
 * The texts of {@link Resources} as constants of a class. Here there are none: the build fills them in for the program's jar,
 * which a start then need not open ({@code docs/decisions/0026-plain-classes.md}).
 */
final class PackedResources {
    private PackedResources() {}

    /** The text of that name, or the bytes as one character each; null where it is not packed. */
    static @Nullable String find(String name) {
        return null;
    }
}

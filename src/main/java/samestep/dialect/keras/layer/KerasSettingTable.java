package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import samestep.dialect.Resources;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.Role;
import samestep.recipe.setting.SettingKind;

/** What layers of a known class say beside their variables: the table in {@code settings.txt}. */
public final class KerasSettingTable {
    /** A layer whose class is not given. */
    public static final String ANY_CLASS = "*";
    /** Of a variable whose first value no argument says. */
    private static final String NO_ARGUMENT = "-";

    private static final Map<String, Section> TABLE = read();

    private KerasSettingTable() {}

    /**
     * An argument of a class.
     *
     * @param byDefault its default; empty where it has none
     */
    public record Argument(SettingKind kind, String name, String byDefault) {}

    /** What a variable starts with: the argument that says it, and the class of the default. */
    public record Initializer(String argument, String byDefault) {}

    private record Section(Map<String, List<Argument>> classes, Map<Role, Initializer> initializers) {}

    /** The arguments of a class; none where it is not known to have any. */
    public static List<Argument> of(KerasGeneration generation, String className) {
        return section(generation).classes().getOrDefault(className, List.of());
    }

    /** The classes that are known to have arguments, in the order of their names. */
    static Map<String, List<Argument>> classes(KerasGeneration generation) {
        Map<String, List<Argument>> classes = new TreeMap<>(section(generation).classes());
        classes.remove(ANY_CLASS);
        return classes;
    }

    /** The arguments that say what a variable starts with, in the order of their names. */
    static Set<String> initializers(KerasGeneration generation) {
        Set<String> arguments = new TreeSet<>();
        section(generation).initializers().values().forEach(initializer -> arguments.add(initializer.argument()));
        arguments.remove(NO_ARGUMENT);
        return arguments;
    }

    /** What a variable of a role starts with; empty where that is not known. */
    static Optional<Initializer> initializer(KerasGeneration generation, Role role) {
        return Optional.ofNullable(section(generation).initializers().get(role));
    }

    /** What a variable starts with, by its role. */
    public static Map<Role, Initializer> initializersByRole(KerasGeneration generation) {
        return section(generation).initializers();
    }

    private static Section section(KerasGeneration generation) {
        return Objects.requireNonNull(TABLE.get(generation == KerasGeneration.KERAS_1 ? "1" : "all"));
    }

    private static Map<String, Section> read() {
        Map<String, Section> table = new HashMap<>();
        Section section = new Section(new HashMap<>(), new EnumMap<>(Role.class));
        for (String line :
                Resources.text("keras/settings.txt").lines().map(String::strip).toList()) {
            int colon = line.indexOf(" : ");
            int equals = line.indexOf(" = ");
            if (line.startsWith("[")) {
                section = new Section(new HashMap<>(), new EnumMap<>(Role.class));
                table.put(line.substring(1, line.indexOf(']')), section);
            } else if (!line.startsWith("#") && colon > 0) {
                List<Argument> arguments = arguments(line.substring(colon + 3));
                for (String className : line.substring(0, colon).split(" ")) {
                    section.classes().put(className, arguments);
                }
            } else if (!line.startsWith("#") && equals > 0) {
                String[] words = line.substring(equals + 3).split(" ");
                section.initializers()
                        .put(Role.valueOf(words[0]), new Initializer(line.substring(0, equals), words[1]));
            }
        }
        return table;
    }

    private static List<Argument> arguments(String text) {
        List<Argument> arguments = new ArrayList<>();
        Arrays.stream(text.split(", "))
                .map(argument -> argument.split(" "))
                .forEach(words -> arguments.add(
                        new Argument(SettingKind.valueOf(words[0]), words[1], words[2].equals("-") ? "" : words[2])));
        return List.copyOf(arguments);
    }
}

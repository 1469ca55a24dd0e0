package samestep;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the directions of imports among the rooms, and the size of files. A room without classes breaks no rule. */
class ArchitectureTest {
    private static final String ROOT = "samestep";

    /** From the left to the right: a room may use the rooms to its left. Rooms of one line do not use each other. */
    private static final List<List<String>> ROOMS = List.of(
            List.of("text", "spi"),
            List.of("finding"),
            List.of("syntax", "equation"),
            List.of("program"),
            List.of("recipe"),
            List.of("trainer"),
            List.of("compare"),
            List.of("dialect"),
            List.of("translate"),
            List.of("check", "explain"),
            List.of("report"),
            List.of("serve"),
            List.of("cli"));

    /** What frameworks have in common; every other folder of {@code dialect} is one framework. */
    private static final String[] COMMON = {
        ROOT + ".dialect.write..", ROOT + ".dialect.schema..", ROOT + ".dialect.curve.."
    };

    private static final int MOST_LINES = 500;

    private static final int MOST_FILES = 25;

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(ROOT);
        assertFalse(classes.isEmpty(), "no classes of " + ROOT + " were found: the rules would hold for nothing");
    }

    @Test
    void everyPackageBelongsToARoom() {
        Set<String> known = ROOMS.stream().flatMap(List::stream).collect(Collectors.toSet());
        Set<String> unknown = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
                .filter(room -> !known.contains(room))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown, "give each new room its place in the row");
    }

    @TestFactory
    Stream<DynamicTest> roomsUseOnlyTheRoomsToTheirLeft() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < ROOMS.size(); i++) {
            for (String room : ROOMS.get(i)) {
                String[] forbidden = ROOMS.subList(i, ROOMS.size()).stream()
                        .flatMap(List::stream)
                        .filter(other -> !other.equals(room))
                        .map(ArchitectureTest::packages)
                        .toArray(String[]::new);
                ArchRule rule = noClasses()
                        .that()
                        .resideInAPackage(packages(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden)
                        .because("imports go from the right to the left");
                tests.add(DynamicTest.dynamicTest(room, () -> check(rule)));
            }
        }
        return tests.stream();
    }

    @Test
    void thePublicApiStandsBesideTheCommandLine() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("cli")));
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .because("the public API is for callers, and what is inside does not call it"));
    }

    @Test
    void nothingFromInsideStandsInThePublicApi() {
        List<String> leaks = classes.stream()
                .filter(c -> c.getPackageName().equals(ROOT))
                .flatMap(c -> c.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED))
                .filter(unit -> unit.getAllInvolvedRawTypes().stream()
                        .anyMatch(type -> type.getPackageName().startsWith(ROOT + ".")))
                .map(JavaCodeUnit::getFullName)
                .toList();
        assertEquals(List.of(), leaks, "what is inside may change, so no caller may need it");
    }

    @Test
    void frameworksDoNotKnowEachOther() {
        check(slices().matching(ROOT + ".dialect.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAnyPackage(COMMON)));
    }

    @Test
    void onlyTheRegistryKnowsTheFrameworks() {
        DescribedPredicate<JavaClass> registry =
                nameMatching("samestep\\.dialect\\.Dialects(\\$.*)?").forSubtype();
        check(noClasses()
                .that(DescribedPredicate.not(registry)
                        .and(DescribedPredicate.not(resideInAPackage(ROOT + ".dialect.*.."))))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + ".dialect.*..").and(DescribedPredicate.not(resideInAnyPackage(COMMON))))
                .because("a framework is one folder and one line of the registry"));
    }

    @Test
    void onlyTheCommandLineKnowsItsLibrary() {
        check(outsideOfTheCommandLine().dependOnClassesThat().resideInAPackage("picocli.."));
    }

    @Test
    void onlyTheServersKnowTheirProtocols() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(packages("serve"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.eclipse.lsp4j..", "io.modelcontextprotocol..", "reactor..", "tools.jackson.."));
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        check(outsideOfTheCommandLine().callMethod(System.class, "exit", int.class));
        check(outsideOfTheCommandLine().callMethod(Runtime.class, "exit", int.class));
        check(outsideOfTheCommandLine().callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void filesStayReadableInOneSitting() throws IOException {
        Path repository = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        List<String> tooLong = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/test/java")) {
            for (Path file : javaFiles(repository.resolve(folder))) {
                int lines = Files.readAllLines(file, StandardCharsets.UTF_8).size();
                if (lines > MOST_LINES) {
                    tooLong.add(repository.relativize(file) + ": " + lines + " lines");
                }
            }
        }
        assertEquals(List.of(), tooLong, "at most " + MOST_LINES + " lines in a file");
    }

    @Test
    void foldersStaySmall() throws IOException {
        Path sources =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("src/main/java");
        Map<String, Long> sizes = javaFiles(sources).stream()
                .map(file -> sources.relativize(file.getParent()).toString().replace('\\', '/'))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        sizes.entrySet().removeIf(e -> e.getValue() <= MOST_FILES + 1);
        assertEquals(Map.of(), sizes, "at most " + MOST_FILES + " files in a folder, and what it is");
    }

    private static ClassesShould outsideOfTheCommandLine() {
        return noClasses().that().resideOutsideOfPackage(packages("cli")).should();
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static String packages(String room) {
        return ROOT + "." + room + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }
}

package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The version is the same everywhere; src/main/release/version writes it everywhere. */
class VersionsTest {
    @Test
    void allFilesHaveTheSame() throws IOException {
        String maven = found("pom.xml", "<artifactId>samestep</artifactId>\\s*<version>([^<]+)</version>");
        // What Maven calls a snapshot, Python calls a development release: pip prefers neither to a released one.
        String python = maven.replace("-SNAPSHOT", ".dev0");

        assertEquals(python, found("src/main/python/pyproject.toml", "(?m)^version = \"([^\"]+)\"$"));
        assertEquals(python, found("pyproject.toml", "(?m)^version = \"([^\"]+)\"$"));
        assertEquals(python, found("pyproject.toml", "\"samestep==([^\"]+)\""), "the wheel that the hooks install");
        String dependency = "<artifactId>samestep</artifactId>\\s*<version>([^<]+)</version>";
        assertEquals(maven, found("docs/examples/porting/pom.xml", dependency));
        assertEquals(maven, found("docs/library.md", dependency));
        assertEquals(maven.replace("-SNAPSHOT", ""), found("editors/vscode/package.json", "\"version\": \"([^\"]+)\""));
    }

    /** What is depended on, and at which version, is in the decisions, with its reason. */
    @Test
    void theDecisionsHaveTheVersionsOfTheLibraries() throws IOException {
        String pages = Files.readString(Path.of("docs/decisions/0001-build.md"))
                + Files.readString(Path.of("docs/decisions/0002-dependencies.md"));
        Matcher property =
                Pattern.compile("<([a-z.-]+)\\.version>([^<]+)</").matcher(Files.readString(Path.of("pom.xml")));
        int count = 0;
        while (property.find()) {
            count++;
            assertTrue(pages.contains(property.group(2)), property.group(1) + " " + property.group(2));
        }
        assertTrue(count > 10, "only " + count + " versions were found");
    }

    /** Training is worth the second compiler, however the program is started: launcher and wheel name the same options. */
    @Test
    void launcherAndWheelKnowTheSameLongRuns() throws IOException {
        String launcher = found("translate", "case \\$argument in (--[^)]*)\\) trains=yes");
        String wheel = found("src/main/python/samestep/java.py", "long = \\(([^)]*)\\)");

        assertEquals(launcher.replace("*", ""), wheel.replace("\"", "").replace(",", " |"));
    }

    private static String found(String file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        assertTrue(matcher.find(), file + ": no version");
        return matcher.group(1);
    }
}

package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule about files that mean harm names tests that there are. */
class SecurityPageTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)?(?:#(\\w+))?`");

    @Test
    void everyRowNamesATestThatExists() throws IOException {
        Map<String, Path> tests;
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            tests = all.filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> String.valueOf(file.getFileName()).replace(".java", ""), Function.identity()));
        }
        List<String> missing = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(Path.of("docs/security.md"))) {
            if (!line.startsWith("| ") || line.startsWith("| ---") || line.startsWith("| what ")) {
                continue;
            }
            rows++;
            String held = line.substring(line.lastIndexOf('|', line.length() - 2));
            Matcher named = NAMED.matcher(held);
            String test = "";
            int count = 0;
            while (named.find()) {
                count++;
                test = named.group(1) == null ? test : named.group(1);
                boolean there = tests.containsKey(test)
                        && (named.group(2) == null
                                || Files.readString(tests.get(test)).contains(" " + named.group(2) + "("));
                if (!there) {
                    missing.add(test + " " + named.group(2));
                }
            }
            assertTrue(count > 0, "no test in: " + line);
        }
        assertEquals(List.of(), missing);
        assertTrue(rows > 15, rows + " rows were seen");
    }
}

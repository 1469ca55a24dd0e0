package samestep.text.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a {@code .gitignore} means: held to a table of answers that git gave, and to git itself where it is installed. The
 * table has for each line of a {@code .gitignore} (C escapes) the names that git 2.39.5 ignores.
 */
class IgnorePatternsTest {
    private static final Path TABLE = Path.of("src/test/resources/ignore/answers.txt");
    private static final String ALPHABET = "**??[]!^-\\/abxAB1. +{},:#\u00e9";
    /** A name that ends in a slash is a folder. */
    private static final List<String> NAMES = List.of(
            "a.x",
            "b.x",
            "ab.x",
            "A.x",
            "a/",
            "a/a.x",
            "a/b/",
            "a/b/c.x",
            "a/b/c/",
            "a/b/c/d.x",
            "b/",
            "b/a/",
            "b/a/c.x",
            "build/",
            "build/x.prototxt",
            "sub/",
            "sub/build/",
            "sub/build/y.x",
            "Icon\r",
            "c++.x",
            "cc.x",
            "c.x",
            "d++/",
            "d++/q.x",
            "x{1}.x",
            "x1.x",
            "p^.x",
            "[.x",
            "a[",
            "]",
            "a-b",
            "-",
            "#hash",
            "!bang",
            " lead",
            "trail ",
            "back\\slash",
            "\u00e9.x",
            "\u00e9/",
            "\u00e9/z.x",
            "a,b",
            "1",
            "11",
            "net.prototxt",
            "sub/net.prototxt",
            "a b",
            "*",
            "?",
            "+++",
            "a+",
            "ab",
            "abb",
            "axb",
            "a:b");

    @TempDir
    Path folder;

    private static Set<String> ignored(byte[] file) {
        IgnorePatterns patterns = IgnorePatterns.read(file).orElseThrow();
        Set<String> ignored = new TreeSet<>();
        for (String name : NAMES) {
            boolean directory = name.endsWith("/");
            String path = directory ? name.substring(0, name.length() - 1) : name;
            int slash = path.lastIndexOf('/');
            boolean above = slash > 0 && ignored.contains(path.substring(0, slash + 1));
            if (above || patterns.ignores(path, directory).orElse(false)) {
                ignored.add(name);
            }
            assertEquals(directory || ignored.contains(name), directory || patterns.cover(path), name);
        }
        return ignored;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c == '\\' ? "\r\n\t\\".charAt("rnt\\".indexOf(text.charAt(++i))) : c);
        }
        return out.toString();
    }

    /** The lines and the names that are ignored with each, as the table has them. */
    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> answers = new LinkedHashMap<>();
        String pattern = "";
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("pattern |")) {
                pattern = unescaped(line.substring("pattern |".length(), line.length() - 1));
                answers.put(pattern, new TreeSet<>());
            } else if (line.startsWith("  |")) {
                Objects.requireNonNull(answers.get(pattern)).add(unescaped(line.substring(3, line.length() - 1)));
            }
        }
        return answers;
    }

    @Test
    void theAnswersAreThoseOfTheTable() throws IOException {
        Map<String, Set<String>> answers = table();
        assertTrue(answers.size() > 100, "patterns in " + TABLE);
        Map<String, Set<String>> own = new LinkedHashMap<>();
        answers.keySet().forEach(pattern -> own.put(pattern, ignored(bytes(pattern + "\n"))));
        assertEquals(answers, own);
    }

    /** Also writes the table that git gives to {@code target}, to be committed where patterns are added. */
    @Test
    void gitAnswersAsTheTable() throws IOException, InterruptedException {
        Git git = new Git(folder);
        StringBuilder made = new StringBuilder("# What git ignores; made by IgnorePatternsTest.\n");
        for (String pattern : table().keySet()) {
            made.append("pattern |").append(escaped(pattern)).append("|\n");
            git.ignored(bytes(pattern + "\n"))
                    .forEach(name -> made.append("  |").append(escaped(name)).append("|\n"));
        }
        Path target = Path.of("target/ignore-answers.txt");
        Files.writeString(target, made);
        assertEquals(made.toString(), Files.readString(TABLE), "cp " + target + " " + TABLE);
    }

    @Test
    void randomFilesMeanWhatGitTakesThemFor() throws IOException, InterruptedException {
        Git git = new Git(folder);
        Random random = new Random(20261128);
        for (int i = 0; i < 250; i++) {
            StringBuilder file = new StringBuilder();
            for (int line = 1 + random.nextInt(4); line > 0; line--) {
                for (int length = 1 + random.nextInt(7); length > 0; length--) {
                    file.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                }
                file.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
            }
            assertEquals(
                    git.ignored(bytes(file.toString())), ignored(bytes(file.toString())), escaped(file.toString()));
        }
    }

    /** Bytes that are not UTF-8, a mark at the beginning, a NUL: git reads bytes. */
    @Test
    void bytesAreReadAsGitReadsThem() throws IOException, InterruptedException {
        Git git = new Git(folder);
        for (byte[] file : List.of(
                new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', '.', 'x'},
                new byte[] {(byte) 0xe9, '.', 'x', '\n', '*', '.', 'x'},
                new byte[] {'a', 'b', 0, 'c', '\n'},
                bytes("??.x\n"),
                bytes("?.x"),
                bytes("[\u00e9][\u00e9].x"))) {
            assertEquals(git.ignored(file), ignored(file), new String(file, StandardCharsets.UTF_8));
        }
    }

    @Test
    void timeIsBoundedByTheSizes() {
        String stars = "*a".repeat(2_000) + "b";
        String folders = "**/".repeat(2_000) + "b";
        IgnorePatterns patterns = IgnorePatterns.read(bytes(stars + "\n" + folders + "\n" + "/" + stars + "\n"))
                .orElseThrow();
        assertFalse(patterns.cover("a".repeat(250) + "/" + "a".repeat(250)));
        assertTrue(IgnorePatterns.read(bytes("*".repeat(200_000))).orElseThrow().cover("x"), "one star");
        assertTrue(IgnorePatterns.read(bytes("?*".repeat(60_000))).isEmpty(), "more steps than anybody writes");
        assertTrue(IgnorePatterns.read(new byte[IgnorePatterns.MOST_BYTES + 1]).isEmpty());
    }

    /** A repository with all names in it. */
    private static final class Git {
        private final Path folder;

        Git(Path folder) throws IOException, InterruptedException {
            this.folder = folder;
            assumeTrue(run("git", "init", "-q").code() == 0, "git is not installed");
            for (String name : NAMES) {
                Path file = folder.resolve(name);
                if (name.endsWith("/")) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.writeString(file, "");
                }
            }
        }

        private record Result(int code, String out) {}

        private Result run(String... command) throws IOException, InterruptedException {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment()
                    .put("GIT_CONFIG_GLOBAL", folder.resolve("none").toString());
            builder.environment().put("GIT_CONFIG_COUNT", "0");
            Path names = Files.writeString(
                    folder.resolveSibling(folder.getFileName() + ".names"),
                    NAMES.stream()
                            .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                            .collect(Collectors.joining("\0", "", "\0")));
            builder.redirectInput(names.toFile());
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                return new Result(127, "");
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            return new Result(process.exitValue(), out);
        }

        Set<String> ignored(byte[] file) throws IOException, InterruptedException {
            Files.write(folder.resolve(".gitignore"), file);
            Result result = run("git", "-c", "core.ignorecase=false", "check-ignore", "--no-index", "-z", "--stdin");
            assertTrue(result.code() <= 1, result.out());
            Set<String> names = new TreeSet<>(List.of(result.out().split("\0", -1)));
            // Without the slash at its end a folder is asked for: with it git looks at an empty name in it.
            return NAMES.stream()
                    .filter(name -> names.contains(name.endsWith("/") ? name.substring(0, name.length() - 1) : name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

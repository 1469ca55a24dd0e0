package samestep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher in a copy of a checkout, with a Maven and a Java that only tell what they were asked.
 *
 * <p>The search path holds nothing else but the tools that the script may count on anywhere.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("cat", "cksum", "find", "ls", "mkdir", "mv", "readlink", "rm", "sed", "sh", "sleep", "sort", "tr");

    /** Prints the jar and its arguments, and exits with the code that the first argument after the jar may name. */
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.15" 2025-04-15' >&2; exit; fi
            for argument; do
                case $argument in
                    -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}"; exit 2 ;;
                    *.jar) echo "jar: $(cat "$argument")" ;;
                esac
            done
            for argument; do echo "argument: $argument"; done
            while [ "$1" != samestep.cli.Main ]; do shift; done
            case $2 in
                exit) exit "$3" ;;
                read) cat ;;
            esac
            """;

    private static final String JAVAC = """
            #!/bin/sh
            echo 'javac 17.0.15'
            """;

    /** Counts its builds, reads its standard input, and packs the one source file as it is, also when it then fails. */
    private static final String MAVEN = """
            #!/bin/sh
            if [ "$1" = -version ]; then printf '\\033[1mApache Maven 3.9.9 (8e85)\\033[m\\nJava version: 17\\n'; exit; fi
            echo "build in $(pwd -P), Java $JAVA_HOME" >>"$BUILDS"
            cat >/dev/null
            echo '[INFO] a word from Maven'
            sleep "${BUILD_SECONDS:-0}"
            for argument; do
                case $argument in -Doutput.directory=*) folder=${argument#*=} ;; esac
            done
            mkdir -p "$folder"
            cat src/main/Source >"$folder/samestep-1-all.jar"
            if [ -f src/main/broken ]; then echo '[ERROR] cannot find symbol'; exit 1; fi
            """;

    @TempDir
    private Path temporary;

    private Path checkout;
    private Path bin;
    private Path home;
    private Path builds;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        // On macOS the path of temporary files contains a symbolic link.
        temporary = temporary.toRealPath();
        bin = Files.createDirectory(temporary.resolve("bin"));
        home = Files.createDirectory(temporary.resolve("home"));
        builds = temporary.resolve("builds.log");
        checkout = newCheckout("checkout");
        for (String tool : TOOLS) {
            // Not a link, of which JUnit would warn whenever it deletes the folder.
            program(tool, "#!/bin/sh\nexec '" + onSearchPath(tool) + "' \"$@\"\n");
        }
        program("java", JAVA);
        program("javac", JAVAC);
        program("mvn", MAVEN);
    }

    @Test
    void firstRunBuildsAndTheNextDoesNot() throws Exception {
        Run first = launch("--version");
        Run second = launch("--version");
        assertEquals(0, first.code(), first.toString());
        assertTrue(first.out().startsWith("jar: one\n"), first.toString());
        assertEquals("", second.err());
        assertTrue(second.out().startsWith("jar: one\n"), second.toString());
        assertEquals(1, builds());
    }

    @Test
    void argumentsReachTheProgramUnchanged() throws Exception {
        Run run = launch("a b", "", "*", "c\"d");
        assertTrue(run.out().endsWith("argument: a b\nargument: \nargument: *\nargument: c\"d\n"), run.toString());
    }

    @Test
    void exitCodeIsTheProgramsOwn() throws Exception {
        assertEquals(1, launch("exit", "1").code());
        assertEquals(70, launch("exit", "70").code());
    }

    @Test
    void standardInputIsTheProgramsAlsoWhenMavenRunsFirst() throws Exception {
        Run run = start(Map.of(), checkout.resolve("translate"), "read").finish("solver text\n");
        assertTrue(run.out().endsWith("argument: read\nsolver text\n"), run.toString());
    }

    @Test
    void buildSpeaksOnStandardErrorOnly() throws Exception {
        Run run = launch("--version");
        assertTrue(run.err().contains("[INFO] a word from Maven"), run.toString());
        assertFalse(run.out().contains("Maven"), run.toString());
    }

    @Test
    void runIsTunedForShortCommandsButNotForTraining() throws Exception {
        launch("--version");
        Run check = launch("check", "train");
        Run train = launch("train", "solver.prototxt");
        String jit = "argument: -XX:TieredStopAtLevel=1\n";
        assertTrue(check.out().contains(jit), check.toString());
        assertFalse(train.out().contains(jit), train.toString());
        for (Run run : List.of(check, train)) {
            assertTrue(run.out().contains("argument: -XX:+UseSerialGC\n"), run.toString());
            assertTrue(run.out().contains("argument: -Xlog:disable\n"), run.toString());
            assertTrue(run.out().contains("argument: -XX:SharedArchiveFile=" + checkout), run.toString());
        }
    }

    @Test
    void aFolderThatNoBuildCanWorkInIsRefused() throws Exception {
        checkout = newCheckout("a:b");
        Run run = launch("--version");
        assertEquals(2, run.code(), run.toString());
        assertTrue(run.err().contains("move it elsewhere"), run.toString());
    }

    @Test
    void changedAddedAndDeletedSourcesAreBuilt() throws Exception {
        launch();
        Path source = checkout.resolve("src/main/Source");
        FileTime before = Files.getLastModifiedTime(source);
        Files.writeString(source, "two");
        // As an unpacked archive or `git stash pop` may leave it: other contents, older than the jar.
        Files.setLastModifiedTime(source, before);
        assertTrue(launch().out().startsWith("jar: two\n"));
        assertEquals(2, builds());

        Path proto = Files.createDirectory(checkout.resolve("proto")).resolve("caffe.proto");
        Files.writeString(proto, "message");
        launch();
        assertEquals(3, builds());
        Files.delete(checkout.resolve("src/main/Other"));
        launch();
        assertEquals(4, builds());
        Files.writeString(checkout.resolve("pom.xml"), "<project />");
        launch();
        assertEquals(5, builds());
    }

    /** From the second run on it is looked at what changed since, and not at the contents. */
    @Test
    void changesAreSeenAlsoWhereNothingHadChangedBefore() throws Exception {
        Files.createDirectories(checkout.resolve("docs/findings"));
        Files.createDirectories(checkout.resolve("proto"));
        launch();
        launch();
        assertEquals(1, files(checkout.resolve("target/launcher"), ".current").size());
        Path source = checkout.resolve("src/main/Source");
        FileTime before = Files.getLastModifiedTime(source);
        Files.writeString(source, "two");
        Files.setLastModifiedTime(source, before);
        assertTrue(launch().out().startsWith("jar: two\n"));
        launch();
        Files.delete(checkout.resolve("src/main/Other"));
        launch();
        assertEquals(3, builds());
    }

    @Test
    void touchedSourcesAreNotBuiltAgain() throws Exception {
        launch();
        Files.setLastModifiedTime(checkout.resolve("src/main/Source"), FileTime.from(Instant.now()));
        launch();
        assertEquals(1, builds());
    }

    @Test
    void threeNewestJarsAreKept() throws Exception {
        for (int i = 0; i < 5; i++) {
            Files.writeString(checkout.resolve("src/main/Source"), "source " + i);
            assertTrue(launch().out().startsWith("jar: source " + i + "\n"));
        }
        assertEquals(3, files(checkout.resolve("target/launcher"), ".jar").size());
        assertEquals(3, files(checkout.resolve("target/launcher"), ".jsa").size());
    }

    @Test
    void builtJarNeedsNeitherMavenNorCompiler() throws Exception {
        launch();
        Files.delete(bin.resolve("mvn"));
        Files.delete(bin.resolve("javac"));
        Run run = launch();
        assertEquals(0, run.code(), run.toString());
    }

    @Test
    void missingJavaIsOneLine() throws Exception {
        Files.delete(bin.resolve("java"));
        assertRefused("there is none: install a JDK 17 or later");
    }

    @Test
    void oldJavaIsOneLine() throws Exception {
        program("java", JAVA.replace("17.0.15", "1.8.0_292"));
        assertRefused("java is 1.8.0_292: install a JDK 17 or later");
        program("java", JAVA.replace("17.0.15", "25-ea"));
        assertEquals(0, launch().code());
    }

    @Test
    void brokenJavaIsOneLine() throws Exception {
        program("java", "#!/bin/sh\necho 'no Java here, see our store' >&2\nexit 1\n");
        assertRefused("java does not run: install a JDK 17 or later");
    }

    @Test
    void runtimeWithoutCompilerIsOneLine() throws Exception {
        Files.delete(bin.resolve("javac"));
        assertRefused("only a runtime (no javac): install a JDK 17 or later");
    }

    @Test
    void oldCompilerIsOneLine() throws Exception {
        program("javac", JAVAC.replace("17.0.15", "11.0.2"));
        assertRefused("javac is 11.0.2: install a JDK 17 or later");
    }

    @Test
    void missingMavenIsOneLine() throws Exception {
        Files.delete(bin.resolve("mvn"));
        assertRefused("there is no Maven (mvn): install Maven 3.8.7 or later");
    }

    @Test
    void oldMavenIsOneLine() throws Exception {
        program("mvn", MAVEN.replace("3.9.9", "3.6.3"));
        assertRefused("Maven (mvn) is 3.6.3: install Maven 3.8.7 or later");
        program("mvn", MAVEN.replace("3.9.9", "4.0.0"));
        assertEquals(0, launch().code());
    }

    @Test
    void javaHomeComesBeforeTheSearchPath() throws Exception {
        Path jdk = newJdk("my jdk", "21.0.1");
        Files.delete(bin.resolve("java"));
        Run run = start(Map.of("JAVA_HOME", jdk.toString()), checkout.resolve("translate"))
                .finish("");
        assertEquals(0, run.code(), run.toString());
        assertTrue(Files.readString(builds).contains("Java " + jdk), Files.readString(builds));
    }

    @Test
    void javaHomeThatIsTooOldOrARuntimeIsNamed() throws Exception {
        Map<String, String> old = Map.of("JAVA_HOME", newJdk("old", "11.0.2").toString());
        assertRefused(old, "/old) is 11.0.2: install a JDK 17 or later");
        Path runtime = newJdk("runtime", "17.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        assertRefused(Map.of("JAVA_HOME", runtime.toString()), "/runtime) is only a runtime");
    }

    @Test
    void javaHomeThatLeadsNowhereIsPassedOver() throws Exception {
        Run run = start(Map.of("JAVA_HOME", temporary + "/gone"), checkout.resolve("translate"))
                .finish("");
        assertEquals(0, run.code(), run.toString());
        assertFalse(Files.readString(builds).contains("gone"), Files.readString(builds));
    }

    @Test
    void searchPathMayLeadToTheJdkByLinks() throws Exception {
        Path jdk = newJdk("jdk", "17.0.9");
        Files.delete(bin.resolve("java"));
        Files.delete(bin.resolve("javac"));
        Path alternatives = Files.createDirectory(temporary.resolve("alternatives"));
        Files.createSymbolicLink(alternatives.resolve("java"), jdk.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("../alternatives/java"));
        Run run = launch();
        assertEquals(0, run.code(), run.toString());
        assertTrue(Files.readString(builds).contains("Java " + jdk), Files.readString(builds));
    }

    @Test
    void failedBuildShowsMavensWordsAndLeavesNothing() throws Exception {
        Files.writeString(checkout.resolve("src/main/broken"), "");
        Run run = launch("--version");
        assertEquals(70, run.code(), run.toString());
        assertEquals("", run.out());
        assertTrue(run.err().contains("[ERROR] cannot find symbol"), run.toString());
        assertTrue(run.err().contains("translate: the build failed"), run.toString());
        try (Stream<Path> left = Files.list(checkout.resolve("target/launcher"))) {
            assertEquals(List.of(), left.toList());
        }
        Files.delete(checkout.resolve("src/main/broken"));
        assertEquals(0, launch().code());
    }

    @Test
    void runsThroughLinksFromAnywhereAndWithSpaces() throws Exception {
        checkout = newCheckout("a check out");
        Path link = Files.createSymbolicLink(home.resolve("translate"), Path.of("../link to it"));
        Files.createSymbolicLink(temporary.resolve("link to it"), checkout.resolve("translate"));
        Run run = start(Map.of(), link, "one two").finish("");
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().endsWith("argument: one two\n"), run.toString());
        assertTrue(Files.readString(builds).contains("build in " + checkout + ","), Files.readString(builds));
        assertEquals(1, files(checkout.resolve("target/launcher"), ".jar").size());
    }

    @Test
    void checkoutThatCannotBeWrittenToIsBuiltInTheCache() throws Exception {
        // A file where the folder would be stops everyone; permissions would not stop the superuser.
        Files.writeString(checkout.resolve("target"), "");
        Run run = launch();
        assertEquals(0, run.code(), run.toString());
        assertEquals(1, files(home.resolve(".cache/samestep"), ".jar").size());

        Path cache = temporary.resolve("other cache");
        run = start(Map.of("XDG_CACHE_HOME", cache.toString()), checkout.resolve("translate"))
                .finish("");
        assertEquals(0, run.code(), run.toString());
        assertEquals(1, files(cache.resolve("samestep"), ".jar").size());
        launch();
        assertEquals(2, builds());
    }

    @Test
    void nowhereToBuildIsOneLine() throws Exception {
        Files.writeString(checkout.resolve("target"), "");
        Files.writeString(home.resolve(".cache"), "");
        assertRefused("neither " + checkout + "/target nor the cache folder");
    }

    @Test
    void parallelRunsShareOneBuild() throws Exception {
        Map<String, String> slow = Map.of("BUILD_SECONDS", "1");
        List<Started> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(start(slow, checkout.resolve("translate")));
        }
        for (Started started : runs) {
            Run run = started.finish("");
            assertEquals(0, run.code(), run.toString());
            assertTrue(run.out().startsWith("jar: one\n"), run.toString());
        }
        assertEquals(1, builds());
    }

    @Test
    void lockOfAKilledBuildIsTakenOver() throws Exception {
        Path lock = Files.createDirectories(checkout.resolve("target/launcher/lock"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("holder"), dead.pid() + "\n");
        Run run = launch();
        assertEquals(0, run.code(), run.toString());
        assertFalse(Files.exists(lock));
    }

    // ---- the stage ----

    private Path newCheckout(String name) throws IOException {
        Path made = Files.createDirectories(temporary.resolve(name));
        Files.copy(repository().resolve("translate"), made.resolve("translate"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(made.resolve("pom.xml"), "<project/>");
        Path sources = Files.createDirectories(made.resolve("src/main"));
        Files.writeString(sources.resolve("Source"), "one");
        Files.writeString(sources.resolve("Other"), "other");
        return made;
    }

    private Path newJdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(temporary.resolve(name));
        Files.createDirectory(jdk.resolve("bin"));
        executable(jdk.resolve("bin/java"), JAVA);
        executable(jdk.resolve("bin/javac"), JAVAC);
        Files.writeString(
                jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Y\"\n");
        return jdk;
    }

    private void program(String name, String script) throws IOException {
        executable(bin.resolve(name), script);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The folder of the sources: Surefire says where, an editor starts in it. */
    private static Path repository() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    private static Path onSearchPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + tool + " on the search path"));
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private long builds() throws IOException {
        return Files.readAllLines(builds).size();
    }

    // ---- running ----

    private void assertRefused(String message) throws Exception {
        assertRefused(Map.of(), message);
    }

    private void assertRefused(Map<String, String> environment, String message) throws Exception {
        Run run = start(environment, checkout.resolve("translate"), "--version").finish("");
        assertEquals(2, run.code(), run.toString());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("translate: ") && run.err().contains(message), run.err());
        assertFalse(Files.exists(builds));
    }

    private Run launch(String... arguments) throws Exception {
        return start(Map.of(), checkout.resolve("translate"), arguments).finish("");
    }

    private Started start(Map<String, String> environment, Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(temporary, "out", "");
        Path err = Files.createTempFile(temporary, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> own = new TreeMap<>(
                Map.of("PATH", bin.toString(), "HOME", home.toString(), "BUILDS", builds.toString(), "LC_ALL", "C"));
        own.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(own);
        return new Started(builder.start(), out, err);
    }

    private record Started(Process process, Path out, Path err) {
        Run finish(String input) throws IOException, InterruptedException {
            try (var stream = process.getOutputStream()) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            }
            Duration patience = Duration.ofSeconds(60);
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the launcher hangs; it said: " + Files.readString(err));
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    private record Run(int code, String out, String err) {}
}

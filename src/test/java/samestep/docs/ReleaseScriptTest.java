package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the release script refuses, in a scratch repository with the files that have versions. What it makes is looked at by
 * .ci/optional/release.
 */
class ReleaseScriptTest {
    private static final List<String> FILES = List.of(
            "pom.xml",
            "pyproject.toml",
            "src/main/python/pyproject.toml",
            "editors/vscode/package.json",
            "docs/examples/porting/pom.xml",
            "docs/library.md",
            "src/main/release/build",
            "src/main/release/version");

    @TempDir
    private Path folder;

    private Path repository;

    @BeforeEach
    void aRepositoryWithATag() throws IOException, InterruptedException {
        Assumptions.assumeTrue(new File("/bin/sh").canExecute(), "there is no shell");
        repository = Files.createDirectories(folder.resolve("repository"));
        for (String file : FILES) {
            Path copy = repository.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(file), copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        // In place of Maven: a run that gets this far was not refused.
        Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho Maven was asked >&2\nexit 9\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        Assumptions.assumeTrue(runsGit(), "git is not installed");
        well("git init -q . && git add . && git commit -qm first");
        well("src/main/release/version 3.2.1");
        commitAs("v3.2.1");
    }

    private static boolean runsGit() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void commitAs(String tag) throws IOException, InterruptedException {
        well("git commit -qam change && git tag -f " + tag);
    }

    @Test
    void aTagOfWhichAllIsWellIsBuilt() throws IOException, InterruptedException {
        assertTrue(run("src/main/release/build v3.2.1", 9).contains("Maven was asked"));
        well("src/main/release/version 3.2.2-SNAPSHOT");
        commitAs("v3.2.2-SNAPSHOT");
        assertTrue(run("src/main/release/build v3.2.2-SNAPSHOT", 9).contains("Maven was asked"));
        assertTrue(run("src/main/release/build v3.2.1", 9).contains("Maven was asked"), "the tag counts, not the tree");
    }

    @Test
    void aTreeWithChangesIsRefused() throws IOException, InterruptedException {
        Path untracked = Files.writeString(repository.resolve("new.txt"), "new\n");
        assertRefused("v3.2.1", "changes that are not committed");
        Files.delete(untracked);
        Files.writeString(repository.resolve("docs/library.md"), "changed\n");
        assertRefused("v3.2.1", "changes that are not committed");
    }

    @Test
    void aTagThatIsNotThereIsRefused() throws IOException, InterruptedException {
        assertRefused("v3.2.2", "there is no tag v3.2.2");
        assertRefused("", "one tag");
        well("git branch v3.2.3");
        assertRefused("v3.2.3", "there is no tag v3.2.3");
    }

    @Test
    void versionsThatDoNotAgreeAreRefused() throws IOException, InterruptedException {
        well("git tag v9");
        assertRefused("v9", "its tag would be v3.2.1");
        for (String file : List.of(
                "pyproject.toml",
                "src/main/python/pyproject.toml",
                "editors/vscode/package.json",
                "docs/examples/porting/pom.xml")) {
            Path changed = repository.resolve(file);
            String before = Files.readString(changed);
            Files.writeString(changed, before.replace("3.2.1", "3.2.0"));
            commitAs("v3.2.1");
            assertRefused("v3.2.1", file + " of v3.2.1 has version 3.2.0, not 3.2.1");
            Files.writeString(changed, before);
        }
        Path hooks = repository.resolve("pyproject.toml");
        Files.writeString(hooks, Files.readString(hooks).replace("samestep==3.2.1", "samestep==3.2.0"));
        commitAs("v3.2.1");
        assertRefused("v3.2.1", "the wheel in pyproject.toml of v3.2.1 has version 3.2.0");
    }

    private void assertRefused(String tag, String why) throws IOException, InterruptedException {
        String printed = run("src/main/release/build " + tag, 2);
        assertTrue(printed.startsWith("release: ") && printed.contains(why), printed);
        assertTrue(Files.notExists(repository.resolve("target")), "something was made");
    }

    private void well(String command) throws IOException, InterruptedException {
        run(command, 0);
    }

    private String run(String command, int code) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment()
                .merge("PATH", folder.resolve("bin").toString(), (old, own) -> own + File.pathSeparator + old);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        for (String who : List.of("GIT_AUTHOR", "GIT_COMMITTER")) {
            builder.environment().put(who + "_NAME", "Nobody");
            builder.environment().put(who + "_EMAIL", "nobody@example.com");
        }
        Process process = builder.start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), command);
        String text = Files.readString(printed);
        assertEquals(code, process.exitValue(), command + "\n" + text);
        return text;
    }
}

package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateCommandTest {
    private static final String SOLVER = "fixtures/comparisons/lenet-keras-halved/source.prototxt";
    private static final String NET = "fixtures/comparisons/lenet-keras-halved/net.prototxt";

    @TempDir
    Path folder;

    private CommandRunner.Result compare(String target, Path certificate) {
        return CommandRunner.run("compare", SOLVER, target, "--net", NET, "--certificate", certificate.toString());
    }

    @Test
    void whatIsExactHasACertificateThatHolds() throws IOException {
        Path certificate = folder.resolve("c.json");
        CommandRunner.Result made = compare("fixtures/comparisons/lenet-keras-halved/target.json", certificate);
        assertTrue(Files.exists(certificate), made.err());

        CommandRunner.Result checked = CommandRunner.run("verify-certificate", certificate.toString());
        assertEquals(0, checked.code(), checked.err());
        assertTrue(checked.out().startsWith("proven: trainings with these equations and numbers "), checked.out());
        assertTrue(checked.out().contains("Not checked: that " + SOLVER), checked.out());
    }

    @Test
    void whatDiffersHasNone() {
        Path certificate = folder.resolve("c.json");
        CommandRunner.Result made = compare("fixtures/comparisons/lenet-keras-verbatim/target.json", certificate);

        assertEquals(1, made.code());
        assertTrue(made.err().contains("no certificate: "), made.err());
        assertFalse(Files.exists(certificate));
    }

    @Test
    void aTranslationHasACertificateThatHolds() throws IOException {
        Path certificate = folder.resolve("c.json");
        String solver = "fixtures/lenet/solver.prototxt";
        Path output = folder.resolve("port.json");
        CommandRunner.Result made = CommandRunner.run(
                solver, "--to", "keras", "-o", output.toString(), "--certificate", certificate.toString());
        assertEquals(0, made.code(), made.err());
        assertTrue(Files.readString(certificate).contains(output.toString()), "it names the file that was written");

        CommandRunner.Result checked = CommandRunner.run("verify-certificate", certificate.toString());
        assertEquals(0, checked.code(), checked.err());
        assertTrue(checked.out().contains("Not checked: that " + solver), checked.out());
    }

    @Test
    void aTranslationThatIsNotExactHasNone() {
        Path certificate = folder.resolve("c.json");
        CommandRunner.Result made = CommandRunner.run(
                "fixtures/alexnet/solver.prototxt", "--to", "keras", "--certificate", certificate.toString());
        assertEquals(1, made.code());
        assertTrue(made.err().contains("no certificate: conv1 bias is not expressible"), made.err());
        assertFalse(Files.exists(certificate));
    }

    @Test
    void aChangedFileIsComparedFirst() {
        CommandRunner.Result made = CommandRunner.run(
                "fixtures/lenet/solver.prototxt",
                "--onto",
                "fixtures/porting/model.json",
                "--certificate",
                folder.resolve("c.json").toString());
        assertEquals(2, made.code());
        assertTrue(made.err().contains("translate compare SOURCE FILE --certificate CERTIFICATE"), made.err());
    }

    @Test
    void whatIsNoCertificateIsRefused() throws IOException {
        Path file = folder.resolve("c.json");
        Files.writeString(file, "{\"samestep\": \"certificate/2\"}");
        CommandRunner.Result checked = CommandRunner.run("verify-certificate", file.toString());

        assertEquals(1, checked.code());
        assertTrue(checked.err().startsWith("refused: "), checked.err());
    }

    @Test
    void aFileThatIsMissingIsWrongUsage() {
        assertEquals(2, CommandRunner.run("verify-certificate", "missing.json").code());
        assertEquals(2, CommandRunner.run("verify-certificate").code());
    }

    @Test
    void aFolderThatIsMissingIsSaidBeforeTheWork() {
        Path nowhere = folder.resolve("none/c.json");
        CommandRunner.Result made = compare("fixtures/comparisons/lenet-keras-halved/target.json", nowhere);

        assertEquals(2, made.code());
        assertTrue(made.err().contains("no such folder"), made.err());
    }
}

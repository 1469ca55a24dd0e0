package samestep.dialect.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.Configuration;
import samestep.Samestep;
import samestep.dialect.Dialects;
import samestep.text.UnreadableSourceException;

/** Archives and HDF5 files, whole and broken: what is read, and one clear sentence for what cannot be. */
class KerasFilesTest {
    private static final Path FIXTURES = Path.of("fixtures/keras");
    private static final String MODEL = """
            {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {
              "name": "ip", "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.00025}}}}]},
             "compile_config": {"optimizer": {"module": "keras.optimizers", "class_name": "SGD",
              "config": {"learning_rate": 0.01, "momentum": 0.9, "gradient_accumulation_steps": null}}}}
            """;

    @TempDir
    private Path folder;

    private Path archive(String entry, byte[] content) throws IOException {
        Path file = folder.resolve("model.keras");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
        }
        return file;
    }

    private static String refusal(Path file) {
        return assertThrows(UnreadableSourceException.class, () -> Dialects.text(file))
                .reason();
    }

    @Test
    void anArchiveIsReadLikeItsConfiguration() throws IOException {
        Path file = archive("config.json", MODEL.getBytes(StandardCharsets.UTF_8));
        assertEquals(MODEL, Dialects.text(file).text());
        Configuration archived = new Samestep().read(file);
        Configuration bare = new Samestep().read("model.json", MODEL);
        assertTrue(
                new Samestep().compare(bare, archived).isProven(),
                archived.findings().toString());
    }

    @Test
    void anHdfFileIsReadFromItsAttributes() {
        Configuration saved = new Samestep().read(FIXTURES.resolve("digits.h5"));
        Configuration written = new Samestep().read(FIXTURES.resolve("digits.json"));
        assertTrue(saved.findings().isEmpty(), saved.findings().toString());
        assertTrue(new Samestep().compare(saved, written).isProven());
    }

    /** What to_json() of a model that was not compiled leaves out, in a file of its own. */
    @Test
    void theOptimizerMayStandApart() throws IOException {
        Path model = Files.writeString(folder.resolve("model.json"), MODEL.replace("compile_config", "nothing"));
        Path optimizer = Files.writeString(
                folder.resolve("optimizer.json"),
                "{\"name\": \"SGD\", \"learning_rate\": 0.01, \"momentum\": 0.9, \"gradient_accumulation_steps\": null}");
        Configuration whole = new Samestep().read("model.json", MODEL);
        assertTrue(new Samestep()
                .compare(whole, new Samestep().read(optimizer, model))
                .isProven());
    }

    @Test
    void weightsAloneAreNamedAsSuch() {
        assertEquals(
                "is an HDF5 file without the attribute model_config: weights only; save the whole model, or give"
                        + " model.to_json()",
                refusal(FIXTURES.resolve("digits.weights.h5")));
    }

    @Test
    void anotherZipIsNotAModel() throws IOException {
        assertEquals(
                "is a zip archive without config.json, so it is not a .keras file",
                refusal(archive("readme.txt", new byte[0])));
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        Path file = archive("config.json", MODEL.getBytes(StandardCharsets.UTF_8));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 8; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(file, part);
            assertTrue(refusal(file).startsWith("is a damaged or truncated .keras archive"), "at " + length);
            assertArrayEquals(part, Files.readAllBytes(file), "the input is untouched");
        }
    }

    /** A gigabyte of blanks in a megabyte. */
    @Test
    void aZipBombIsUnpackedNoFurtherThanTheLimit() throws IOException {
        Path file = folder.resolve("bomb.keras");
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("config.json"));
            for (int i = 0; i < 1024; i++) {
                zip.write(blanks);
            }
        }
        assertTrue(Files.size(file) < 2 << 20, Files.size(file) + " bytes");
        assertEquals("is larger than 32 MiB; is it a training configuration?", refusal(file));
    }

    @Test
    void aTruncatedHdfFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve("digits.h5"));
        Path file = folder.resolve("cut.h5");
        for (int length = 8; length < whole.length; length += whole.length / 40) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertTrue(refusal(file).matches("is a (damaged or )?truncated HDF5 file.*"), "at " + length);
        }
    }

    /** Any bytes of the header may lie: there is a text or a refusal, soon, and never another error. */
    @Test
    void anHdfHeaderThatLiesIsRefusedOrReadAsItIs() throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve("digits.h5"));
        Path file = folder.resolve("lie.h5");
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] lying = whole.clone();
            int at = 8 + random.nextInt(i % 2 == 0 ? 100 : whole.length - 8);
            lying[at] = (byte) (i % 3 == 0 ? 0xff : random.nextInt());
            Files.write(file, lying);
            refused += Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> isRefused(file), "at " + at)
                    ? 1
                    : 0;
        }
        assertTrue(refused > 50, refused + " of 400");
    }

    private static boolean isRefused(Path file) {
        try {
            Dialects.text(file);
            return false;
        } catch (UnreadableSourceException e) {
            return true;
        }
    }
}

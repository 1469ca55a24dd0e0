package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.Configuration;
import samestep.Edit;
import samestep.Framework;
import samestep.Rewriting;
import samestep.Samestep;
import samestep.Translation;

/** A document of TensorFlow has no accumulation and one batch over all devices: the batch is all samples of an update. */
class WrittenBatchTest {
    private static final Path DEEPSPEED = Path.of("fixtures/ledgers/deepspeed/warmup.json");
    private final Samestep samestep = new Samestep();

    @ParameterizedTest
    @CsvSource({"pipeline, batch_size: 64", "garden, global_batch_size: 64"})
    void holdsTheBatchesOfAnUpdateTogether(String style, String written) throws IOException {
        Configuration source = samestep.read(DEEPSPEED);
        Translation translation =
                samestep.translate(source, Framework.named("tensorflow").orElseThrow(), style);
        String text = translation.text(style).orElseThrow();
        assertTrue(text.contains(written), text);
        assertTrue(
                translation.findings().stream()
                        .noneMatch(finding -> finding.message().contains("samples per update")),
                translation.findings().toString());
    }

    @ParameterizedTest
    @CsvSource({"garden/adamw.yaml", "pipeline/rmsprop.config"})
    void isWrittenOnceIntoAFile(String target) throws IOException {
        Configuration source = samestep.read(DEEPSPEED);
        String text = Files.readString(Path.of("fixtures/ledgers", target));
        Rewriting once = samestep.rewrite(source, target, text, Map.of());
        String written = Edit.apply(text, once.edits());
        assertTrue(written.contains("batch_size: 64"), written);
        assertEquals(
                0, samestep.rewrite(source, target, written, Map.of()).edits().size());
    }

    @Test
    void isThatOfAllDevices() throws IOException {
        Configuration source = samestep.read(Path.of("fixtures/ledgers/classifier/adam.yaml"));
        String text = samestep.translate(source, Framework.named("tensorflow").orElseThrow(), "pipeline")
                .text("pipeline")
                .orElseThrow();
        assertTrue(text.contains("batch_size: 64"), text);
    }
}

package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Outcome;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Absurd numbers: each ends as a translation or as findings, and never as an exception. */
class TensorflowHostileTest {
    private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[ ] )-?[0-9.][0-9.e-]*(?=[ ,\\n;}])");

    @ParameterizedTest
    @CsvSource({
        "pipeline.config, 0", "pipeline.config, -1", "pipeline.config, 1e300", "pipeline.config, nan",
        "pipeline.config, 99999999999999999999", "pipeline.config, word", "experiment.yaml, 0", "experiment.yaml, -1",
        "experiment.yaml, 1e300", "experiment.yaml, .nan", "experiment.yaml, 99999999999999999999",
                "experiment.yaml, word",
        "experiment.yaml, null", "experiment.yaml, []"
    })
    void everyNumberMayBeAnything(String file, String value) throws IOException {
        String text =
                SourceReader.read(Path.of("fixtures/tensorflow").resolve(file)).text();
        Translator translator = new Translator(
                Dialects.named("tensorflow").orElseThrow(),
                Dialects.named("keras").orElseThrow());
        List<String> changed = new ArrayList<>();
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            changed.add(text.substring(0, number.start()) + value + text.substring(number.end()));
        }
        assertTrue(changed.size() > 5, "numbers: " + changed.size());
        for (String other : changed) {
            Outcome<Translation> outcome = translator.translate(Input.of(new SourceText(file, other)));
            assertFalse(outcome.value().isEmpty() && outcome.findings().isEmpty(), other);
        }
    }
}

package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.translate.Recording;

/**
 * The recordings of timm and Hugging Face hold what their libraries made of a few arguments, and replay. The same arguments
 * in the files of these libraries mean the same.
 */
class PytorchFormsRecordingTest {
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();

    @Test
    void filesMeanWhatTheirLibrariesMadeOfThem() throws IOException {
        ProofMemory memory = new ProofMemory();
        List<String> compared = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Path file : recordings()) {
            SourceText text = SourceReader.read(file);
            Optional<String> form =
                    form(JsonParser.parseString(text.text()).getAsJsonObject().getAsJsonObject("native"));
            if (form.isEmpty()) {
                continue;
            }
            Recipe recorded =
                    Recording.read(text).then(Recording::recipe).value().orElseThrow();
            Outcome<Recipe> outcome = PYTORCH.read(Input.of(new SourceText("config.yaml", form.get())));
            if (outcome.value().isEmpty()) {
                wrong.add(file.getFileName() + " " + outcome.findings());
                continue;
            }
            Recipe read = outcome.value().get();
            Verdict verdict =
                    Comparer.judge(recorded, read, Partners.byName(), memory).verdict();
            Verdict ofItself = Comparer.judge(recorded, recorded, Partners.byName(), memory)
                    .verdict();
            compared.add(String.valueOf(file.getFileName()));
            if (!verdict.equals(ofItself)) {
                wrong.add(file.getFileName() + " " + verdict + "\n" + form.get());
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared.size() > 20, () -> "only " + compared);
    }

    private static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("fixtures/goldens/pytorch"))) {
            return files.filter(file -> file.getFileName().toString().matches("(timm|hf)-.*\\.json"))
                    .filter(file -> !file.getFileName().toString().contains("nofilter"))
                    .sorted()
                    .toList();
        }
    }

    /** The arguments that were given, as the library's file; nothing clipped, which the recordings are not. */
    private static Optional<String> form(JsonObject how) {
        if (how.has("training_args")) {
            JsonObject arguments = how.getAsJsonObject("training_args");
            String constant = arguments.has("lr_scheduler_type") ? "" : "lr_scheduler_type: constant\n";
            return Optional.of(lines(arguments) + constant + "max_grad_norm: 0.0\n");
        }
        boolean timm = how.has("call") && how.get("call").getAsString().startsWith("timm.") && how.has("kwargs");
        return timm ? Optional.of(lines(how.getAsJsonObject("kwargs")) + "sched: none\n") : Optional.empty();
    }

    private static String lines(JsonObject arguments) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, JsonElement> argument : arguments.entrySet()) {
            lines.append(argument.getKey())
                    .append(": ")
                    .append(argument.getValue().getAsString())
                    .append('\n');
        }
        return lines.toString();
    }
}

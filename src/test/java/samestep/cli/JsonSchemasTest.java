package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/** What comparisons, translations and explanations print as JSON is as the published schemas have it. */
class JsonSchemasTest {
    private static final Path COMPARISONS = Path.of("fixtures/comparisons");

    @Test
    void comparisons() throws IOException {
        JsonSchema schema = schema("comparison-1");
        int judged = 0;
        for (Path pair : folders(COMPARISONS)) {
            List<String> arguments = new ArrayList<>(List.of("compare", "--format", "json"));
            arguments.addAll(files(pair));
            String document = run(arguments);
            if (arguments.size() == 5 && !document.isEmpty()) {
                assertEquals(Set.of(), violations(schema, document), pair.toString());
                judged++;
            }
        }
        assertTrue(judged > 4, judged + " comparisons");
        List<String> measured = new ArrayList<>(List.of("compare", "--format", "json", "--measure"));
        measured.addAll(files(COMPARISONS.resolve("lenet-keras-verbatim")));
        assertEquals(Set.of(), violations(schema, run(measured)));
    }

    @Test
    void translationsInEveryStyle() throws IOException {
        JsonSchema schema = schema("translation-1");
        int judged = 0;
        for (Dialect dialect : Dialects.all()) {
            for (String style : dialect.styles()) {
                for (String source : List.of("fixtures/alexnet/solver.prototxt", "fixtures/lenet/solver.prototxt")) {
                    String document = run(List.of(source, "--to", dialect.name(), "--as", style, "--format", "json"));
                    if (!document.isEmpty()) {
                        assertEquals(Set.of(), violations(schema, document), source + " as " + style);
                        judged++;
                    }
                }
            }
        }
        assertTrue(judged > 20, judged + " translations");
    }

    @Test
    void explanations() throws IOException {
        JsonSchema schema = schema("explanation-1");
        int judged = 0;
        for (Path pair : folders(COMPARISONS)) {
            for (String file : files(pair)) {
                String document = run(List.of("explain", file, "--format", "json", "--dataset-size", "60000"));
                if (!document.isEmpty()) {
                    assertEquals(Set.of(), violations(schema, document), file);
                    judged++;
                }
            }
        }
        assertTrue(judged > 9, judged + " explanations");
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** The two sides of a pair. */
    private static List<String> files(Path pair) throws IOException {
        try (Stream<Path> entries = Files.list(pair)) {
            return entries.map(Path::toString)
                    .filter(name -> name.matches(".*/(source|target)\\.[a-z]+"))
                    .sorted()
                    .toList();
        }
    }

    private static String run(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Main.run(
                arguments.toArray(new String[0]),
                new Main.Terminal(new ByteArrayInputStream(new byte[0]), printed, nowhere));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("docs/schemas", name + ".json")));
    }

    private static Set<String> violations(JsonSchema schema, String document) {
        Set<String> messages = new TreeSet<>();
        for (ValidationMessage message : schema.validate(document, InputFormat.JSON)) {
            messages.add(message.getMessage());
        }
        return messages;
    }
}

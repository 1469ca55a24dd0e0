package samestep.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of the Model Context Protocol, in the protocol's own lines. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ProtocolServerTest {
    private static final Path PAIR = Path.of("fixtures/comparisons/lenet-keras-verbatim");

    @TempDir
    private Path temporary;

    private Path folder;
    private PipedOutputStream requests;
    private BufferedReader answers;
    private Thread server;
    private int calls;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(temporary.resolve("served"));
        Files.createDirectory(folder.resolve(".git"));
        for (String name : List.of("source.prototxt", "net.prototxt", "target.json")) {
            Files.copy(PAIR.resolve(name), folder.resolve(name));
        }
        Files.writeString(
                folder.resolve("samestep.yaml"),
                "version: 1\npairs:\n  - source: source.prototxt\n    target: target.json\n");
        Files.writeString(temporary.resolve("secret.prototxt"), "base_lr: 0.125\nlr_policy: \"fixed\"\n");
        Files.createSymbolicLink(folder.resolve("link.prototxt"), temporary.resolve("secret.prototxt"));
        PipedInputStream in = new PipedInputStream(1 << 20);
        PipedInputStream out = new PipedInputStream(1 << 20);
        requests = new PipedOutputStream(in);
        answers = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
        PipedOutputStream answered = new PipedOutputStream(out);
        ProtocolServer served = new ProtocolServer(ServedFolders.of(List.of(folder)), "0.0.0");
        server = new Thread(() -> {
            try {
                served.serve(in, answered);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        JsonObject hello = ask(
                "initialize",
                "{\"protocolVersion\": \"2024-11-05\", \"capabilities\": {}, \"clientInfo\": {\"name\": \"test\","
                        + " \"version\": \"1\"}}");
        assertEquals("samestep", hello.getAsJsonObject("serverInfo").get("name").getAsString());
        send("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}");
    }

    @AfterEach
    void theServerEndsWithItsInput() throws IOException, InterruptedException {
        requests.close();
        server.join(TimeUnit.MINUTES.toMillis(1));
        assertFalse(server.isAlive());
    }

    private void send(String line) throws IOException {
        requests.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        requests.flush();
    }

    private JsonObject ask(String method, String parameters) throws IOException {
        calls++;
        send("{\"jsonrpc\": \"2.0\", \"id\": " + calls + ", \"method\": \"" + method + "\", \"params\": " + parameters
                + "}");
        JsonObject answer = JsonParser.parseString(answers.readLine()).getAsJsonObject();
        assertEquals(calls, answer.get("id").getAsInt());
        assertTrue(answer.has("result"), answer.toString());
        return answer.getAsJsonObject("result");
    }

    private JsonObject call(String tool, String arguments) throws IOException {
        return ask("tools/call", "{\"name\": \"" + tool + "\", \"arguments\": " + arguments + "}");
    }

    private static String text(JsonObject result) {
        return result.getAsJsonArray("content")
                .get(0)
                .getAsJsonObject()
                .get("text")
                .getAsString();
    }

    private static boolean isError(JsonObject result) {
        return result.has("isError") && result.get("isError").getAsBoolean();
    }

    @Test
    void everyToolHasASchemaAndSaysWhetherItWrites() throws IOException {
        TreeSet<String> writing = new TreeSet<>();
        TreeSet<String> names = new TreeSet<>();
        ask("tools/list", "{}").getAsJsonArray("tools").forEach(element -> {
            JsonObject tool = element.getAsJsonObject();
            names.add(tool.get("name").getAsString());
            assertEquals(
                    "object", tool.getAsJsonObject("inputSchema").get("type").getAsString());
            if (!tool.getAsJsonObject("annotations").get("readOnlyHint").getAsBoolean()) {
                writing.add(tool.get("name").getAsString());
            }
        });
        assertEquals(new TreeSet<>(List.of("check", "compare", "explain", "finding", "fix", "translate")), names);
        assertEquals(new TreeSet<>(List.of("fix")), writing);
    }

    @Test
    void comparesTranslatesAndExplains() throws IOException {
        JsonObject compared = call("compare", "{\"first\": \"source.prototxt\", \"second\": \"target.json\"}")
                .getAsJsonObject("structuredContent");
        assertFalse(compared.get("same_training").getAsBoolean());
        assertTrue(compared.toString().contains("\"write\":\"0.00025\""), compared.toString());
        JsonObject port = call("translate", "{\"file\": \"source.prototxt\", \"to\": \"keras\"}")
                .getAsJsonObject("structuredContent");
        assertEquals("exact", port.getAsJsonObject("verdict").get("kind").getAsString());
        String absolute = folder.resolve("source.prototxt").toString();
        JsonObject explained = call("explain", "{\"file\": \"" + absolute + "\", \"dataset_size\": 60000}");
        assertTrue(text(explained).contains("g = g + 0.0005 * w"), text(explained));
        assertTrue(text(call("finding", "{\"code\": \"ss101\"}")).startsWith("SS101"));
    }

    @Test
    void nothingOutsideTheFoldersIsNamed() throws IOException {
        for (String name :
                List.of("../secret.prototxt", "link.prototxt", "/etc/passwd", "nowhere.prototxt", "a\\u0000b")) {
            JsonObject refused = call("explain", "{\"file\": \"" + name + "\"}");
            assertTrue(isError(refused), name);
            assertFalse(text(refused).contains("0.125"), text(refused));
        }
    }

    @Test
    void argumentsOfAnotherKindAreRefusedWithTheReason() throws IOException {
        assertEquals("\"file\" is missing", text(call("explain", "{}")));
        assertEquals("\"file\": expected a text", text(call("explain", "{\"file\": 3}")));
        JsonObject devices = call("explain", "{\"file\": \"source.prototxt\", \"devices\": 0.5}");
        assertTrue(isError(devices) && text(devices).contains("a whole number"), text(devices));
        JsonObject version = call("explain", "{\"file\": \"source.prototxt\", \"versions\": {\"deepspeed\": \"new\"}}");
        assertTrue(isError(version) && text(version).contains("such as deepspeed=0.18.0"), text(version));
        JsonObject framework = call("translate", "{\"file\": \"source.prototxt\", \"to\": \"kears\"}");
        assertTrue(isError(framework) && text(framework).contains("did you mean keras?"), text(framework));
    }

    @Test
    void aFixIsWrittenOnlyAsItWasShown() throws IOException {
        String shown = text(call("fix", "{}"));
        assertTrue(shown.startsWith("preview: ") && shown.contains("+") && shown.contains("0.00025"), shown);
        String before = Files.readString(folder.resolve("target.json"));
        String preview = shown.substring("preview: ".length(), shown.indexOf('\n'));
        Files.writeString(folder.resolve("target.json"), before.replaceFirst("0\\.0005", "0.005"));
        String changed = Files.readString(folder.resolve("target.json"));
        assertTrue(isError(call("fix", "{\"preview\": \"" + preview + "\"}")));
        assertEquals(changed, Files.readString(folder.resolve("target.json")), "nothing is written");
        Files.writeString(folder.resolve("target.json"), before);
        assertTrue(text(call("fix", "{\"preview\": \"" + preview + "\"}")).contains("written"));
        assertTrue(Files.readString(folder.resolve("target.json")).contains("0.00025"));
    }
}

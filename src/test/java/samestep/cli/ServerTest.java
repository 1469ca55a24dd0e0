package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.serve.FrameServer;

/** Requests in frames, answers in frames. */
class ServerTest {
    private static byte[] frames(String... requests) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (String request : requests) {
            byte[] text = request.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static List<String> answers(FrameServer.End end, byte[] input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertEquals(end, Main.server(new ByteArrayInputStream(input), bytes).run());
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        List<String> answers = new ArrayList<>();
        while (in.available() > 0) {
            answers.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }
        return answers;
    }

    @Test
    void oneProcessAnswersManyCalls() throws IOException {
        List<String> answers = answers(
                FrameServer.End.NO_MORE_REQUESTS,
                frames(
                        "{\"arguments\": [\"explain\", \"SS101\"]}",
                        "{\"arguments\": [\"explain\", \"-\", \"--from\", \"caffe\"], \"input\": \"base_lr: 0.01\\n"
                                + "lr_policy: \\\"fixed\\\"\\n"
                                + "\"}",
                        "{\"arguments\": [\"compare\"]}"));
        assertEquals(3, answers.size());
        assertTrue(answers.get(0).startsWith("{\"code\":0,\"out\":\"SS101"), answers.get(0));
        assertTrue(answers.get(1).contains("0.01"), answers.get(1));
        assertTrue(
                answers.get(2).startsWith("{\"code\":2,\"out\":\"\",\"err\":\"translate: name the two files"),
                answers.get(2));
    }

    /** What a process remembers between calls is by numbers, never by names: the answers are those of a process of their own. */
    @Test
    void answersAreThoseOfAProcessOfItsOwnWhateverWasAskedBefore(@TempDir Path folder) throws IOException {
        Path solver = folder.resolve("solver.prototxt");
        Path other = folder.resolve("other.prototxt");
        String text = "base_lr: 0.01\nlr_policy: \"fixed\"\nmomentum: 0.9\nweight_decay: 0.0005\n";
        Files.writeString(other, text);
        String explain = request("explain", solver.toString(), "--format", "json");
        String compare = request("compare", solver.toString(), other.toString(), "--format", "json");
        for (String changed : List.of(text, text.replace("0.9", "0.8").replace("0.0005", "0.05"))) {
            Files.writeString(solver, changed);
            List<String> served = answers(FrameServer.End.NO_MORE_REQUESTS, frames(explain, compare, explain, compare));
            assertEquals(served.subList(0, 2), served.subList(2, 4));
            assertEquals(alone("explain", solver.toString(), "--format", "json"), printed(served.get(0)));
            assertEquals(
                    alone("compare", solver.toString(), other.toString(), "--format", "json"), printed(served.get(1)));
        }
    }

    private static String request(String... arguments) {
        return new Gson().toJson(Map.of("arguments", arguments));
    }

    private static String printed(String answer) {
        return JsonParser.parseString(answer).getAsJsonObject().get("out").getAsString();
    }

    private static String alone(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNoRequestIsUsage() throws IOException {
        List<String> answers = answers(FrameServer.End.NO_MORE_REQUESTS, frames("[1", "{}"));
        assertEquals(2, answers.size());
        answers.forEach(answer -> assertTrue(answer.startsWith("{\"code\":2,"), answer));
    }

    @Test
    void aFrameThatIsCutShortOrHugeEndsIt() throws IOException {
        assertEquals(List.of(), answers(FrameServer.End.NO_MORE_REQUESTS, new byte[] {0, 0, 0, 9, '{'}));
        assertEquals(List.of(), answers(FrameServer.End.NO_FRAME, new byte[] {127, 0, 0, 0}));
        assertEquals(List.of(), answers(FrameServer.End.NO_MORE_REQUESTS, new byte[] {0, 0}));
    }
}

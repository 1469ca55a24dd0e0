package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

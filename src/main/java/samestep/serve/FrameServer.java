package samestep.serve;

import com.google.gson.stream.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/**
 * Many calls of one process, for the Python package: each request and each answer is a frame, which is its length in bytes (four
 * bytes, the highest first) and JSON in UTF-8. A request has the {@code arguments} of a command and the {@code input} that
 * it reads where a file is {@code -}; an answer has the exit {@code code}, and what was printed to {@code out} and {@code err}.
 * The server ends when its standard input does.
 */
public final class FrameServer {
    /** The only argument with which it is started. */
    public static final String OPTION = "--serve";

    private static final int LARGEST = 1 << 28;
    /** The exit code of a request that cannot be used. */
    private static final int WRONG = 2;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Commands commands;

    /** Runs a command. */
    @FunctionalInterface
    public interface Commands {
        /**
         * Runs one to its end.
         *
         * @param arguments as on the command line
         * @param in what it reads where a file is {@code -}
         * @param out for its product
         * @param err for its messages
         * @return its exit code
         */
        int run(String[] arguments, InputStream in, PrintStream out, PrintStream err);
    }

    /** Requests come from one stream, and answers go to the other. */
    public FrameServer(InputStream in, OutputStream out, Commands commands) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
        this.commands = commands;
    }

    /** Why it has ended. */
    public enum End {
        /** There are no more requests. */
        NO_MORE_REQUESTS,
        /** The input was not a frame. */
        NO_FRAME,
        /** An answer could not be written, or a request not be read. */
        BROKEN_STREAM
    }

    /** Answers until there is no more request. */
    public End run() {
        try {
            while (true) {
                int length = in.readInt();
                if (length < 0 || length > LARGEST) {
                    return End.NO_FRAME;
                }
                byte[] request = in.readNBytes(length);
                if (request.length < length) {
                    return End.NO_MORE_REQUESTS;
                }
                byte[] answer =
                        answer(new String(request, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
                out.writeInt(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (EOFException e) {
            return End.NO_MORE_REQUESTS;
        } catch (IOException e) {
            return End.BROKEN_STREAM;
        }
    }

    private String answer(String request) throws IOException {
        JsonValue value =
                Json.parse(new SourceText("<request>", request)).value().orElse(null);
        if (!(value instanceof JsonObject object)) {
            return answer(WRONG, "", "translate: the request is not a JSON object\n");
        }
        String[] arguments = strings(object).toArray(new String[0]);
        String text = object.get("input").orElse(null) instanceof JsonString string ? string.value() : "";
        ByteArrayOutputStream product = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        try (PrintStream printed = new PrintStream(product, false, StandardCharsets.UTF_8);
                PrintStream err = new PrintStream(messages, false, StandardCharsets.UTF_8)) {
            InputStream input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            int code = commands.run(arguments, input, printed, err);
            printed.flush();
            err.flush();
            return answer(code, product.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
        }
    }

    private static List<String> strings(JsonObject object) {
        return object.get("arguments").orElse(null) instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(v -> ((JsonString) v).value())
                        .toList()
                : List.of();
    }

    private static String answer(int code, String product, String messages) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("code").value(code);
            json.name("out").value(product);
            json.name("err").value(messages);
            json.endObject();
        }
        return text.toString();
    }
}

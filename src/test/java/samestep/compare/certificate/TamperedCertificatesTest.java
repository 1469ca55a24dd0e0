package samestep.compare.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/**
 * Certificates that were tampered with, each in one place: all are refused. The Python checker's test reads the same list. Where
 * equations are changed, their SHA-256 is made right again, so that the calculation has to find it.
 */
class TamperedCertificatesTest {
    private static final Path FOLDER = Path.of("fixtures/certificates");
    private static final long SEED = 20261129;

    private static JsonValue parse(String text) {
        return Json.parse(new SourceText("json", text)).value().orElseThrow();
    }

    private static String text(JsonObject object, String name) {
        return ((JsonString) object.get(name).orElseThrow()).value();
    }

    private static List<JsonValue> list(JsonValue value) {
        return ((JsonArray) value).elements();
    }

    private static String tampered(JsonObject edit) throws IOException {
        String text = Files.readString(FOLDER.resolve(text(edit, "certificate")));
        String old = text(edit, "old");
        int at = -1;
        for (int i = 0; i <= ((JsonNumber) edit.get("nth").orElseThrow()).doubleValue(); i++) {
            at = text.indexOf(old, at + 1);
            assertTrue(at >= 0, "not there: " + old);
        }
        String changed = text.substring(0, at) + text(edit, "new") + text.substring(at + old.length());
        return ((JsonBoolean) edit.get("rehash").orElseThrow()).value() ? rehashed(changed) : changed;
    }

    private static String rehashed(String certificate) {
        String result = certificate;
        for (JsonValue one :
                list(((JsonObject) parse(certificate)).get("equations").orElseThrow())) {
            JsonObject equations = (JsonObject) one;
            result = result.replace(text(equations, "sha256"), Certificate.hash(text(equations, "text")));
        }
        return result;
    }

    @Test
    void allAreRefused() throws IOException {
        List<JsonValue> edits = list(parse(Files.readString(FOLDER.resolve("tampered/edits.json"))));
        List<String> accepted = new ArrayList<>();
        Set<String> kinds = new TreeSet<>();
        for (JsonValue value : edits) {
            JsonObject edit = (JsonObject) value;
            kinds.add(text(edit, "what"));
            CertificateCheck.Result result =
                    CertificateCheck.of(new SourceText("tampered", tampered(edit)), new Random(SEED));
            if (result.evidence().isPresent()) {
                accepted.add(text(edit, "certificate") + ", " + text(edit, "what") + ": " + text(edit, "new"));
            }
        }
        assertEquals(List.of(), accepted);
        assertTrue(edits.size() >= 100, edits.size() + " edits");
        assertTrue(kinds.size() >= 20, kinds.toString());
    }

    /** A division by zero among the numbers, and a name that one branch alone assigns: refused, not a crash. */
    @Test
    void whatCannotBeCalculatedIsRefused() throws IOException {
        String text = Files.readString(FOLDER.resolve("caffe.SGD-keras.SGD.json"));
        String zero = text.replaceFirst("\"momentum\": \"9/10\"", "\"momentum\": \"1 / 0\"");
        String branch = rehashed(text.replace("when nesterov:\\n ", "when nesterov:\\n    x = g\\n ")
                .replace("otherwise:\\n    w = w + m", "otherwise:\\n    w = w + m * x"));

        assertTrue(!zero.equals(text) && branch.contains("m * x"), "both are changed");
        String why = CertificateCheck.of(new SourceText("tampered", zero), new Random(SEED))
                .why();
        assertTrue(why.startsWith("the equations cannot be calculated: "), why);
        why = CertificateCheck.of(new SourceText("tampered", branch), new Random(SEED))
                .why();
        assertTrue(why.matches("equations: [0-9]+:[0-9]+: \"x\" is assigned in one branch .*"), why);
    }

    @Test
    void theUntouchedOnesAreProven() throws IOException {
        Set<String> names = new TreeSet<>();
        for (JsonValue value : list(parse(Files.readString(FOLDER.resolve("tampered/edits.json"))))) {
            names.add(text((JsonObject) value, "certificate"));
        }
        for (String name : names) {
            SourceText source = new SourceText(name, Files.readString(FOLDER.resolve(name)));
            assertEquals("", CertificateCheck.of(source, new Random(SEED)).why(), name);
        }
    }
}

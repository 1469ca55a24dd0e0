package samestep.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditsTest {
    @TempDir
    Path folder;

    private static Edit edit(SourceText source, int start, int end, String replacement) {
        return new Edit(source, new Span(start, end), replacement, Edit.Certainty.EXACT);
    }

    /** Cuts divide the text; every second part is replaced, and the others must be between the replacements. */
    @Property
    void anEditChangesItsSpanAndNothingElse(
            @ForAll String text,
            @ForAll @Size(max = 8) List<@IntRange(max = 300) Integer> places,
            @ForAll @Size(8) List<String> replacements,
            @ForAll Random random) {
        SourceText source = new SourceText("test", text);
        List<Integer> cuts = new ArrayList<>();
        places.stream().map(p -> Math.min(p, text.length())).distinct().sorted().forEach(cuts::add);
        List<Edit> edits = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        int kept = 0;
        for (int i = 0; i + 1 < cuts.size(); i += 2) {
            Edit edit = edit(source, cuts.get(i), cuts.get(i + 1), replacements.get(i));
            assertEquals(text.substring(cuts.get(i), cuts.get(i + 1)), edit.replaced());
            expected.append(text, kept, cuts.get(i)).append(replacements.get(i));
            kept = cuts.get(i + 1);
            edits.add(edit);
        }
        expected.append(text.substring(kept));
        Collections.shuffle(edits, random);
        SourceText result = Edits.apply(source, edits);
        assertEquals(expected.toString(), result.text());
        assertEquals("test", result.name());
    }

    @Property
    void withoutEditsTheBytesAreThoseOfTheFile(@ForAll byte[] bytes) throws IOException {
        try {
            SourceText read = SourceReader.read("test", new ByteArrayInputStream(bytes));
            assertArrayEquals(bytes, Edits.apply(read, List.of()).bytes());
        } catch (UnreadableSourceException e) {
            assertEquals("test: " + e.reason(), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "\ufeffa: 1\r\nb: 2", "a: 1 # \u00e9\ud83d\ude80\rb: 2", ""})
    void aFileWrittenBackIsTheSameInEveryEncoding(String text) throws IOException {
        Path file = folder.resolve("solver.prototxt");
        List<byte[]> files = new ArrayList<>(List.of(text.getBytes(StandardCharsets.UTF_8)));
        String marked = text.startsWith("\ufeff") ? text : "\ufeff" + text;
        files.add(marked.getBytes(StandardCharsets.UTF_16LE));
        files.add(marked.getBytes(StandardCharsets.UTF_16BE));
        for (byte[] bytes : files) {
            Files.write(file, bytes);
            SourceText read = SourceReader.read(file);
            AtomicFile.write(file, Edits.apply(read, List.of()));
            assertArrayEquals(bytes, Files.readAllBytes(file));
        }
    }

    @Test
    void anEditedFileKeepsItsEncoding() throws IOException {
        byte[] bytes = "\ufeffa: 1".getBytes(StandardCharsets.UTF_16LE);
        SourceText read = SourceReader.read("test", new ByteArrayInputStream(bytes));
        SourceText edited = Edits.apply(read, List.of(edit(read, 4, 5, "\u00fc")));
        assertArrayEquals("\ufeffa: \u00fc".getBytes(StandardCharsets.UTF_16LE), edited.bytes());
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        SourceText source = new SourceText("test", "abcdef");
        SourceText same = new SourceText("test", "abcdef");
        refused(source, edit(source, 0, 3, "x"), edit(source, 2, 4, "y"));
        refused(source, edit(source, 2, 2, "x"), edit(source, 2, 2, "y"));
        refused(source, edit(source, 1, 4, "x"), edit(source, 2, 2, "y"));
        refused(source, edit(same, 0, 1, "x"));
        assertThrows(IllegalArgumentException.class, () -> edit(source, 5, 7, ""));
        assertEquals(
                "xyef",
                Edits.apply(source, List.of(edit(source, 2, 4, "y"), edit(source, 0, 2, "x")))
                        .text());
    }

    private static void refused(SourceText source, Edit... edits) {
        assertThrows(IllegalArgumentException.class, () -> Edits.apply(source, List.of(edits)));
    }
}

package samestep.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import samestep.dialect.caffe.CaffeDialect;
import samestep.dialect.keras.KerasDialect;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.dialect.tensorflow.TensorflowDialect;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** The registry: every framework is one line here. */
public final class Dialects {
    private static final List<Dialect> ALL =
            List.of(new CaffeDialect(), new KerasDialect(), new PytorchDialect(), new TensorflowDialect());

    private Dialects() {}

    /** All frameworks. */
    public static List<Dialect> all() {
        return ALL;
    }

    /** The framework of that name. */
    public static Optional<Dialect> named(String name) {
        return ALL.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /**
     * Reads a configuration's text, out of an archive where it stands in one.
     *
     * @throws UnreadableSourceException when it is missing, a directory, too large, damaged, or not text
     */
    public static SourceText text(Path file) throws UnreadableSourceException {
        byte[] head = head(file);
        for (Dialect dialect : ALL) {
            Optional<SourceText> text = dialect.unpack(file, head);
            if (text.isPresent()) {
                return text.get();
            }
        }
        return SourceReader.read(file);
    }

    /** The first bytes; none of a file that cannot be opened, which is told when it is read. */
    private static byte[] head(Path file) {
        if (!Files.isRegularFile(file) || SourceReader.special(file).isPresent()) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(8);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** The framework whose configuration a text is. */
    public static Optional<Dialect> recognise(SourceText source) {
        return ALL.stream().filter(d -> d.recognises(source)).findFirst();
    }

    /** What a text is that no framework recognises and that is known by sight, with its article. */
    public static Optional<String> unread(SourceText source) {
        return ALL.stream()
                .flatMap(dialect -> dialect.unread(source).stream())
                .findFirst()
                .or(() -> UnsupportedForms.of(source));
    }
}

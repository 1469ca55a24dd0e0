package samestep.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import samestep.dialect.caffe.CaffeDialect;
import samestep.dialect.darknet.DarknetDialect;
import samestep.dialect.jax.JaxDialect;
import samestep.dialect.keras.KerasDialect;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.dialect.tensorflow.TensorflowDialect;
import samestep.program.Imports;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.Spelling;
import samestep.text.UnreadableSourceException;

/** The registry: every framework is one line here. */
public final class Dialects {
    /** Asked first: its programs import other frameworks too, for their data, and no other's import it. */
    private static final Dialect JAX = new JaxDialect();

    private static final List<Dialect> ALL = List.of(
            new CaffeDialect(),
            new KerasDialect(),
            new PytorchDialect(),
            new TensorflowDialect(),
            new DarknetDialect(),
            JAX);

    /** In the order in which they are asked. */
    private static final List<Dialect> ASKED = asked();

    private Dialects() {}

    /** All frameworks; those that other libraries bring are the last. */
    public static List<Dialect> all() {
        List<Dialect> all = new ArrayList<>(ALL);
        all.addAll(OwnForm.all());
        return List.copyOf(all);
    }

    /** No streams that are put together: for each the JVM writes a class at every start. */
    private static List<Dialect> asked() {
        List<Dialect> asked = new ArrayList<>(ALL);
        asked.remove(JAX);
        asked.add(0, JAX);
        return List.copyOf(asked);
    }

    /** Whether a framework of that name, or with that other name, is here without any other library. */
    static boolean isBuiltIn(String name) {
        return builtInNamed(name).isPresent();
    }

    /** The framework of that name or of one of its usual other names, in any case. */
    public static Optional<Dialect> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return builtInNamed(lower)
                .or(() -> OwnForm.all().stream()
                        .<Dialect>map(form -> form)
                        .filter(form -> form.name().equals(lower))
                        .findFirst());
    }

    private static Optional<Dialect> builtInNamed(String lower) {
        return ALL.stream()
                .filter(d -> d.name().equals(lower) || d.aliases().contains(lower))
                .findFirst();
    }

    /**
     * Says that there is no such framework, and which was probably meant.
     *
     * @param name of which {@link #named} knows nothing
     */
    public static String unknown(String name) {
        String near = Spelling.nearest(
                name.toLowerCase(Locale.ROOT),
                ALL.stream()
                        .flatMap(d -> Stream.concat(Stream.of(d.name()), d.aliases().stream()))
                        .toList());
        return "no framework \"" + name + "\"; "
                + (near.isEmpty() ? "there are " + names() : "did you mean " + near + "?");
    }

    /** {@return all names, with commas between} */
    public static String names() {
        return ALL.stream().map(Dialect::name).collect(Collectors.joining(", "));
    }

    /** {@return the names of those that are written, with commas between} */
    public static String written() {
        return ALL.stream().filter(Dialect::writes).map(Dialect::name).collect(Collectors.joining(", "));
    }

    /**
     * Reads a configuration's text, out of an archive where it is in one.
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

    /** The first bytes; none of a file that cannot be opened, which is reported when it is read. */
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

    /**
     * Whether another library reads files of that ending.
     *
     * @param ending in lower case, without a dot
     */
    public static boolean hasOwnEnding(String ending) {
        return OwnForm.hasEnding(ending);
    }

    /** The framework whose configuration a text is. */
    public static Optional<Dialect> recognise(SourceText source) {
        return builtIn(source)
                .or(() -> OwnForm.all().stream()
                        .<Dialect>map(form -> form)
                        .filter(form -> form.recognises(source))
                        .findFirst());
    }

    /** The same without the forms that other libraries bring. */
    static Optional<Dialect> builtIn(SourceText source) {
        return ASKED.stream().filter(d -> d.recognises(source)).findFirst();
    }

    /**
     * The framework of a program whose own words do not show one: that which it or a module of its repository imports.
     *
     * @param home its repository
     */
    public static Optional<Dialect> ofProgram(SourceText source, Companions.Home home) {
        return Imports.of(source, home.path(source), home.repository()).stream()
                .flatMap(text -> ALL.stream().filter(dialect -> dialect.isImportedBy(text)))
                .findFirst();
    }

    /** What a text is that no framework recognises and that is known by sight, with its article. */
    public static Optional<String> unread(SourceText source) {
        return ALL.stream()
                .flatMap(dialect -> dialect.unread(source).stream())
                .findFirst()
                .or(() -> UnsupportedForms.of(source));
    }
}

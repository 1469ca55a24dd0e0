package samestep.dialect.tensorflow.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import samestep.syntax.wire.WireFormatException;
import samestep.text.Boundary;
import samestep.text.LatePattern;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** The files that hold graphs: a binary {@code .meta}, and the directory in which an Estimator leaves everything. */
public final class GraphFiles {
    private static final LatePattern CHECKPOINT = new LatePattern(".*-(\\d{1,18})\\.meta");
    private static final byte FIRST_FIELD = 0x0a;
    private static final String FIELDS_OF_INFO = "\n\u0012\u001a\"*2";

    private GraphFiles() {}

    /**
     * The text of a graph.
     *
     * @param file a {@code .meta} file, or a directory with such files or with a {@code graph.pbtxt}
     * @param head the file's first bytes
     * @return empty if it is neither
     * @throws UnreadableSourceException when it is one, and is damaged
     */
    public static Optional<SourceText> unpack(Path file, byte[] head) throws UnreadableSourceException {
        if (Files.isDirectory(file)) {
            return directory(file);
        }
        boolean binary = file.toString().endsWith(".meta") && head.length > 2 && isMetaGraph(head);
        return binary ? Optional.of(binary(file)) : Optional.empty();
    }

    /** It begins with its meta_info_def, which is longer than 127 bytes, or begins with a field of its own. */
    private static boolean isMetaGraph(byte[] head) {
        return head[0] == FIRST_FIELD && (head[1] < 0 || FIELDS_OF_INFO.indexOf(head[2]) >= 0);
    }

    /** The last checkpoint's graph has the collections; the text is what there is before the first checkpoint. */
    private static Optional<SourceText> directory(Path directory) throws UnreadableSourceException {
        try (Stream<Path> files = Files.list(directory)) {
            Boundary boundary = Boundary.around(directory);
            List<Path> all = files.filter(boundary::holds).sorted().toList();
            Optional<Path> last = all.stream()
                    .filter(f -> f.toString().endsWith(".meta"))
                    .max(Comparator.comparingLong(GraphFiles::step));
            if (last.isPresent()) {
                return Optional.of(binary(last.get()));
            }
            Path text = directory.resolve("graph.pbtxt");
            return all.contains(text) ? Optional.of(SourceReader.read(text)) : Optional.empty();
        } catch (IOException e) {
            throw new UnreadableSourceException(directory.toString(), "cannot be listed: " + e.getMessage());
        }
    }

    private static long step(Path file) {
        Matcher matcher = CHECKPOINT.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static SourceText binary(Path file) throws UnreadableSourceException {
        String name = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SourceReader.MAX_BYTES + 1);
            if (bytes.length > SourceReader.MAX_BYTES) {
                throw new UnreadableSourceException(
                        name, "is larger than " + SourceReader.MAX_BYTES / (1024 * 1024) + " MiB");
            }
            return new SourceText(name + "#text", MetaGraphText.of(bytes));
        } catch (WireFormatException e) {
            throw new UnreadableSourceException(name, "is not a MetaGraph, or is a damaged one: " + e.getMessage());
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        }
    }
}

package samestep.dialect.keras.document;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.text.OtherFileException;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/**
 * A {@code .h5} file as {@code model.save} wrote it up to Keras 2, and still can: the configuration stands in attributes of
 * the root group. They are put into one document, each on a line of its own.
 */
public final class KerasHdf {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final String MODEL = "model_config";
    private static final List<String> DOCUMENTS = List.of(MODEL, "training_config");
    private static final String VERSION = "keras_version";

    private KerasHdf() {}

    /** Whether a file that begins so is HDF5. */
    public static boolean begins(byte[] head) {
        return KerasArchive.startsWith(head, SIGNATURE);
    }

    /**
     * Its configuration.
     *
     * @throws UnreadableSourceException when it is damaged, or holds weights only
     */
    public static SourceText read(Path file) throws UnreadableSourceException {
        String name = file.toString();
        try {
            refuseTruncated(file);
            String text = document(file);
            if (text.length() > SourceReader.MAX_BYTES) {
                throw new UnreadableSourceException(name, "its " + MODEL + " is larger than 32 MiB");
            }
            return new SourceText(name + "#attributes", text);
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // What a header that lies makes of a reader that believes it: any of these, and never a wrong text.
            throw new UnreadableSourceException(
                    name, "is a damaged or truncated HDF5 file (" + reason(e) + "); save the model again");
        }
    }

    private static String reason(Throwable e) {
        return e instanceof HdfException && e.getMessage() != null
                ? e.getMessage()
                : e.getClass().getSimpleName();
    }

    /**
     * Superblocks of the versions that HDF5 writes say at a fixed place where the file ends: version 0 after the base
     * address and that of the free space, versions 2 and 3 after the base address and that of the extension.
     */
    private static void refuseTruncated(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[64];
            if (in.read(head) < head.length) {
                throw new UnreadableSourceException(file.toString(), "is a truncated HDF5 file; save the model again");
            }
            int version = head[8];
            int place = version == 0 ? 40 : version == 1 ? 44 : 28;
            long end = 0;
            for (int i = 7; i >= 0; i--) {
                end = end << 8 | head[place + i] & 0xff;
            }
            if (version <= 3 && end != in.length() && (end < 0 || end > in.length())) {
                throw new UnreadableSourceException(
                        file.toString(),
                        "is a damaged or truncated HDF5 file (its header says " + Long.toUnsignedString(end)
                                + " bytes, it has " + in.length() + "); save the model again");
            }
        }
    }

    private static String document(Path file) throws UnreadableSourceException {
        try (HdfFile hdf = new HdfFile(file)) {
            List<String> members = new ArrayList<>();
            text(hdf, VERSION).ifPresent(v -> members.add("\"" + VERSION + "\": \"" + v.replace("\"", "") + "\""));
            for (String document : DOCUMENTS) {
                text(hdf, document).ifPresent(t -> members.add("\"" + document + "\": " + t));
            }
            if (text(hdf, MODEL).isEmpty()) {
                throw new OtherFileException(
                        file.toString(),
                        "is an HDF5 file without the attribute " + MODEL
                                + ": weights only; save the whole model, or give model.to_json()");
            }
            return "{" + String.join(",\n", members) + "}\n";
        }
    }

    private static Optional<String> text(HdfFile hdf, String name) {
        Attribute attribute = hdf.getAttributes().get(name);
        Object data = attribute == null ? null : attribute.getData();
        if (data instanceof byte[] bytes) {
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
        return data instanceof String string ? Optional.of(string) : Optional.empty();
    }
}

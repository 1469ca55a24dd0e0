package samestep.dialect.keras.document;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/**
 * A {@code .h5} file as {@code model.save} wrote it up to Keras 2, and still can: the configuration is in attributes of
 * the root group. They are put into one document, each on a line of its own. The library that reads them is optional.
 */
public final class KerasHdf {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private static final String LIBRARY_MISSING =
            "is an HDF5 file, and the library that reads it is missing: add io.jhdf:jhdf and what it needs to the class"
                    + " path or module path, or save the model as .keras";

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
            String text = KerasHdfAttributes.document(file);
            if (text.length() > SourceReader.MAX_BYTES) {
                throw new UnreadableSourceException(name, "its " + KerasHdfAttributes.MODEL + " is larger than 32 MiB");
            }
            return new SourceText(name + "#attributes", text);
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        } catch (LinkageError e) {
            throw new UnreadableSourceException(name, LIBRARY_MISSING);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // What a header that lies makes of a reader that believes it: any of these, and never a wrong text.
            throw new UnreadableSourceException(
                    name, "is a damaged or truncated HDF5 file (" + reason(e) + "); save the model again");
        }
    }

    private static String reason(Throwable e) {
        return KerasHdfAttributes.isOfTheLibrary(e) && e.getMessage() != null
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
}

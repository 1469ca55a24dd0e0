package samestep.dialect.keras.document;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.exceptions.HdfException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.text.OtherFileException;
import samestep.text.UnreadableSourceException;

/**
 * What {@link KerasHdf} needs of jhdf. Alone in this class, so that all else works where that library, which is optional,
 * is missing: the first use of this class then fails with a {@link LinkageError}.
 */
final class KerasHdfAttributes {
    static final String MODEL = "model_config";

    private static final List<String> DOCUMENTS = List.of(MODEL, "training_config");
    private static final String VERSION = "keras_version";

    private KerasHdfAttributes() {}

    /** Whether jhdf reports it, in words for people. */
    static boolean isOfTheLibrary(Throwable e) {
        return e instanceof HdfException;
    }

    /** The attributes as one JSON document. */
    static String document(Path file) throws UnreadableSourceException {
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

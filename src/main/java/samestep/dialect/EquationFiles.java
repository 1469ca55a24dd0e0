package samestep.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import samestep.equation.EquationParser;
import samestep.equation.Equations;

/** The equation files of one framework, read when they are first asked for. */
public final class EquationFiles {
    private final String framework;
    private final Map<String, Equations> read = new ConcurrentHashMap<>();

    /** The files in the resource folder of that framework. */
    public EquationFiles(String framework) {
        this.framework = framework;
    }

    /**
     * The equations of an optimizer.
     *
     * @throws IllegalArgumentException when there is no such file: a defect of ours
     */
    public Equations of(String optimizer) {
        return read.computeIfAbsent(optimizer, name -> {
            String file = framework + "/" + name + ".eq";
            return EquationParser.parseOwn(file, text(file));
        });
    }

    private static String text(String file) {
        try (InputStream in = EquationFiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no equation file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package samestep.dialect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;

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
     * @throws IllegalArgumentException when there is no such file: a defect of Samestep
     */
    public Equations of(String optimizer) {
        return read.computeIfAbsent(optimizer, name -> {
            String file = framework + "/" + name + ".eq";
            return EquationParser.parseOwn(file, Resources.text(file));
        });
    }
}

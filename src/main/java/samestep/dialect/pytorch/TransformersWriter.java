package samestep.dialect.pytorch;
import java.util.List;
import samestep.finding.Finding;
final class TransformersWriter {
    private TransformersWriter() {}
    static PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) { return configuration; }
    static String print(PytorchConfiguration sayable) { return ""; }
}

package samestep.dialect.pytorch;
import java.util.List;
import samestep.finding.Finding;
enum ObjectWriter {
    LIGHTNING, HYDRA;
    PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) { return configuration; }
    String print(PytorchConfiguration sayable) { return ""; }
}

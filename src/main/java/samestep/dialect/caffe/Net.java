package samestep.dialect.caffe;

import java.util.List;
import java.util.Optional;
import samestep.finding.Finding;
import samestep.recipe.Quantity;

/**
 * What training needs to know of a net.
 *
 * @param parameters in the order of the file
 * @param batchSize of the training data, where a data layer says so
 * @param losses what its losses are
 * @param findings what was noticed, loss layers included
 */
record Net(
        List<NetParameter> parameters, Optional<Quantity> batchSize, NetLosses losses, List<Finding> findings) {
    Net {
        parameters = List.copyOf(parameters);
        findings = List.copyOf(findings);
    }
}

package samestep.dialect.caffe;

import java.util.List;
import java.util.OptionalLong;
import samestep.finding.Finding;

/**
 * What training needs to know of a net.
 *
 * @param parameters in the order of the file
 * @param batchSize of the training data, where a data layer says so
 * @param findings what was noticed, loss layers included
 */
record Net(List<NetParameter> parameters, OptionalLong batchSize, List<Finding> findings) {
    Net {
        parameters = List.copyOf(parameters);
        findings = List.copyOf(findings);
    }
}

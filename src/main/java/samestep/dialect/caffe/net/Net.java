package samestep.dialect.caffe.net;

import java.util.List;
import java.util.Optional;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.setting.Setting;

/**
 * What training needs to know of a net.
 *
 * @param parameters in the order of the file
 * @param stopped which of them no gradient reaches
 * @param batchSize of the training data, where a data layer says so
 * @param losses what its losses are
 * @param settings what layers say beside their multipliers
 * @param unjudged what changes the training beside all this
 * @param findings what was noticed, loss layers included
 */
public record Net(
        List<NetParameter> parameters,
        StoppedGradients stopped,
        Optional<Quantity> batchSize,
        NetLosses losses,
        List<Setting> settings,
        NetFields unjudged,
        List<Finding> findings) {
    public Net {
        parameters = List.copyOf(parameters);
        settings = List.copyOf(settings);
        findings = List.copyOf(findings);
    }
}

package samestep.dialect.caffe.net;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;

/**
 * The layers that no gradient reaches because {@code propagate_down} is false in the layers after them. Their parameters are not
 * frozen: the solver continues with a gradient of zero, so that their decay and their velocity still move them. Source:
 * net.cpp, Net::Init and Net::BackwardFromTo; sgd_solver.cpp, SGDSolver::ApplyUpdate.
 *
 * @param layers their names
 * @param places where a layer stops the gradient of something that is trained
 */
public record StoppedGradients(Set<String> layers, List<Place> places) {
    private static final int SHOWN = 6;

    public StoppedGradients {
        layers = Set.copyOf(layers);
        places = List.copyOf(places);
    }

    /** Of the layers that train, in the order of the file. */
    public static StoppedGradients of(SourceText source, List<NetLayer> layers) {
        List<Place> places = new ArrayList<>();
        for (NetLayer layer : layers) {
            stops(layer)
                    .forEach(field -> places.add(new Place(source, field.value().span())));
        }
        if (places.isEmpty()) {
            return new StoppedGradients(Set.of(), List.of());
        }
        Set<String> stopped = reached(layers, false);
        stopped.removeAll(reached(layers, true));
        return new StoppedGradients(stopped, places);
    }

    /** Whether the gradient of a parameter is zero: none of the layers that use it has one. */
    public boolean hold(NetParameter parameter) {
        return layers.contains(parameter.name().layer()) && layers.containsAll(parameter.sharers());
    }

    /** What is said of parameters without a gradient that the solver moves. */
    public Optional<Finding> finding(List<NetParameter> parameters) {
        List<String> names = parameters.stream()
                .filter(p -> hold(p) && !p.rateMultiplier().isZero())
                .map(p -> p.name().layer())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        String words = names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
        return Optional.of(Finding.at(
                        places.get(0),
                        Code.SS043,
                        "propagate_down: no gradient reaches " + words
                                + "; Caffe still applies their decay, which is not read")
                .detail("The update that is shown for them has a gradient; the verdict on them is not exact."));
    }

    /** The layers whose parameters get a gradient. */
    private static Set<String> reached(List<NetLayer> layers, boolean stopping) {
        LayerOutputs outputs = new LayerOutputs(layers);
        Set<String> reached = new HashSet<>();
        Set<String> blobs = new HashSet<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            NetLayer layer = layers.get(i);
            List<String> tops = LayerOutputs.tops(layer);
            boolean has =
                    LossLayer.of(layer, outputs).isPresent() || tops.stream().anyMatch(blobs::contains);
            // A layer that works in place has the same name above and below it.
            tops.forEach(blobs::remove);
            if (has) {
                reached.add(layer.name());
                List<String> bottoms = LayerOutputs.bottoms(layer);
                List<Boolean> down = down(layer);
                for (int bottom = 0; bottom < bottoms.size(); bottom++) {
                    if (!stopping || bottom >= down.size() || down.get(bottom)) {
                        blobs.add(bottoms.get(bottom));
                    }
                }
            }
        }
        return reached;
    }

    private static List<PrototxtField> stops(NetLayer layer) {
        return layer.message().fields("propagate_down").stream()
                .filter(field -> !isTrue(field))
                .toList();
    }

    private static List<Boolean> down(NetLayer layer) {
        return layer.message().fields("propagate_down").stream()
                .map(StoppedGradients::isTrue)
                .toList();
    }

    private static boolean isTrue(PrototxtField field) {
        return LayerOutputs.scalar(field).flatMap(PrototxtScalar::bool).orElse(false);
    }
}

package samestep.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import samestep.finding.Finding;

class LayerPartnersTest {
    private static List<String> findings(int count) {
        LayerPartners partners = new LayerPartners("model.json", Map.of());
        IntStream.range(0, count).forEach(i -> partners.leaveAlone("dense" + i));
        return partners
                .findings(IntStream.range(0, count).mapToObj(i -> "fc" + i).toList())
                .stream()
                .map(Finding::message)
                .toList();
    }

    @Test
    void aFewAreNamedAndManyCounted() {
        assertEquals(
                List.of(
                        "layer dense0 of model.json has no partner; it stays as it is",
                        "layer fc0 has no partner in model.json; nothing is written for it"),
                findings(1));
        assertEquals(
                List.of(
                        "290 layers of model.json have no partner (dense0, dense1, dense2 and 287 more); they stay as they"
                                + " are",
                        "290 layers have no partner in model.json (fc0, fc1, fc2 and 287 more); nothing is written for"
                                + " them"),
                findings(290));
    }
}

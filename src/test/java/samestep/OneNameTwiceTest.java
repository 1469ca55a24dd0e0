package samestep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Several layers of one name: each is compared with its own partner, and none is passed over. */
class OneNameTwiceTest {
    private static final String PLAIN = dense("null");
    private static final String DECAYING = dense("{\"class_name\": \"L2\", \"config\": {\"l2\": 0.001}}");
    private static final String ODD = dense("{\"class_name\": \"L2\", \"config\": {\"l2\": 0.05}}");

    private final Samestep samestep = new Samestep();

    private static String dense(String regularizer) {
        return "{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 2, \"use_bias\": false,"
                + " \"kernel_regularizer\": " + regularizer + "}}";
    }

    private Comparison compare(String first, String second) {
        return samestep.compare(model(first), model(second));
    }

    private Configuration model(String layers) {
        return samestep.read(
                "model.json",
                "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": [" + layers
                        + "]}, \"compile_config\": {\"optimizer\": {\"class_name\": \"SGD\", \"config\":"
                        + " {\"learning_rate\": 0.1, \"momentum\": 0.9, \"weight_decay\": null}}}}");
    }

    @Test
    void aSecondAndThirdOfANameHaveTheirOwnPartners() {
        String all = PLAIN + "," + DECAYING + "," + ODD;
        assertTrue(compare(all, all).isProven());
        assertFalse(compare(all, PLAIN + "," + ODD + "," + DECAYING).isProven());
    }

    @Test
    void whatOnlyOneSideHasIsNotPassedOver() {
        String fewer = PLAIN + "," + DECAYING;
        assertFalse(compare(fewer, fewer + "," + ODD).isProven());
        assertFalse(compare(fewer + "," + ODD, fewer).isProven());
        assertEquals(
                3, model(fewer + "," + ODD).recipe().orElseThrow().parameters().size());
    }
}

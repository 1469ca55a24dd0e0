package samestep.compare.certificate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import samestep.compare.induction.Evidence;
import samestep.compare.induction.RateKind;
import samestep.compare.induction.Theorem;
import samestep.compare.induction.Zeros;
import samestep.equation.Fraction;

/**
 * A theorem about two configurations, and what was calculated to prove it.
 *
 * @param first what the first configuration is called
 * @param second what the second one is called
 * @param parameters for each tensor of the theorem, what it stands for in the first configuration
 */
public record Certificate(
        String first, String second, List<List<String>> parameters, Theorem theorem, Evidence evidence) {
    /** What a document of this form says first. */
    public static final String FORM = "certificate/1";

    /** Copies the names. */
    public Certificate {
        parameters = parameters.stream().map(List::copyOf).toList();
    }

    /** Under which condition the theorem holds; empty where it always does. */
    public static String condition(RateKind rate) {
        if (rate instanceof RateKind.Fixed fixed) {
            return "the learning rate is " + Fraction.of(fixed.rate()) + " and constant";
        }
        return rate instanceof RateKind.Constant ? "the learning rate is constant" : "";
    }

    /** The cases that a proof has, in order. */
    public static List<String> cases() {
        List<String> cases = new ArrayList<>(List.of("first update", "any later update"));
        for (Zeros zeros : Zeros.ALL) {
            if (!zeros.states()) {
                cases.add("first update, " + zeros.words());
            }
            cases.add("any later update, " + zeros.words());
        }
        return cases;
    }

    /** The SHA-256 of a text in UTF-8, in hexadecimal. */
    public static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

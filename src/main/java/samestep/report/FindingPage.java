package samestep.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import samestep.finding.Code;

/** The page of the documentation that explains a finding, as the program carries it. */
public final class FindingPage {
    private FindingPage() {}

    /** The page, in Markdown. */
    public static String of(Code code) {
        try (InputStream page = FindingPage.class.getResourceAsStream("/samestep/finding/pages/" + code + ".md")) {
            if (page == null) {
                throw new IllegalStateException("no page for " + code);
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

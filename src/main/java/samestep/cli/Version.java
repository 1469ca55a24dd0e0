package samestep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {
    private static final String PAGES = "Documentation-Url";
    /** Until the project has a home to point at; a domain that is reserved for leading nowhere. */
    private static final String NOWHERE = "https://samestep.invalid/docs/";

    @Override
    public String[] getVersion() {
        return new String[] {"samestep " + number().orElse("(not packaged)")};
    }

    /** Its number alone; empty where it does not run from a jar. */
    static Optional<String> number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
    }

    /** Where the documentation is, from the jar's manifest. */
    static String documentation() {
        try (InputStream in = Version.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            String url =
                    in == null ? null : new Manifest(in).getMainAttributes().getValue(PAGES);
            return url == null ? NOWHERE : url;
        } catch (IOException e) {
            return NOWHERE;
        }
    }
}

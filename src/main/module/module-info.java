/**
 * Samestep as a library. Packages samestep and samestep.spi are exported: everything else is internal.
 *
 * <p>The pom compiles this file into the library jar after the tests, and not with the other sources:
 * docs/decisions/0022-the-module.md.
 */
@SuppressWarnings("requires-automatic")
module samestep {
    requires ch.obermuhlner.math.big;
    requires com.google.gson;
    requires org.yaml.snakeyaml;
    requires static org.jspecify;

    // Only to read .h5 files; without it such a file is a finding.
    requires static io.jhdf;

    // The command line alone, which is not exported: options, diffs, and the PNG of compare --plot.
    requires static info.picocli;
    requires static io.github.javadiffutils;
    requires static java.desktop;

    exports samestep;
    exports samestep.spi;

    uses samestep.spi.ConfigurationForm;
}

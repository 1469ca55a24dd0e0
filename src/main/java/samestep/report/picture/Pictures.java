package samestep.report.picture;

import java.io.IOException;
import java.util.List;
import samestep.compare.measure.Measurement;
import samestep.report.ChartSheet;

/** What was measured as a picture. */
public final class Pictures {
    private Pictures() {}

    /** As SVG, light or dark as the viewer is. */
    public static String svg(List<Measurement> measurements) {
        return SvgCanvas.file(new ChartSheet(measurements));
    }

    /**
     * As PNG.
     *
     * @throws IOException when the Java runtime has no module java.desktop, which draws it
     */
    public static byte[] png(List<Measurement> measurements) throws IOException {
        try {
            return PictureCanvas.png(new ChartSheet(measurements));
        } catch (LinkageError e) {
            throw new IOException("a PNG needs the module java.desktop of the Java runtime; .svg does not", e);
        }
    }
}

package samestep.report.picture;

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

    /** As PNG. */
    public static byte[] png(List<Measurement> measurements) {
        return PictureCanvas.png(new ChartSheet(measurements));
    }
}

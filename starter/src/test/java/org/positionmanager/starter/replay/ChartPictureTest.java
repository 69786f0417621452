package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture as it lies on the disk. */
class ChartPictureTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("the picture has its size, the price's line and each plan's colour")
  void thePictureShowsSomething() throws IOException {
    Path file = folder.resolve("replay.png");
    ChartPicture.write(Reports.of(Reports.hill(), Reports.tight().and(Reports.scaled())), file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(ChartPicture.WIDTH);
    assertThat(picture.getHeight()).isEqualTo(ChartPicture.HEIGHT);
    Map<Integer, Integer> colours = new HashMap<>();
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        colours.merge(picture.getRGB(x, y), 1, Integer::sum);
      }
    }
    int pixels = picture.getWidth() * picture.getHeight();
    assertThat(colours.get(Color.WHITE.getRGB())).isBetween(pixels / 2, pixels - 5000);
    assertThat(colours.get(new Color(0x22, 0x2b, 0x36).getRGB())).as("price").isGreaterThan(500);
    assertThat(colours.get(new Color(0xd5, 0x5e, 0x00).getRGB())).as("tight").isGreaterThan(200);
    assertThat(colours.get(new Color(0x00, 0x72, 0xb2).getRGB())).as("scaled").isGreaterThan(200);
  }

  @Test
  void labelsDoNotLieOverEachOther() {
    LabelPlaces places = new LabelPlaces(0.1);
    double first = places.place(0.2, 0.3, 0.5);
    double second = places.place(0.3, 0.3, 0.5);
    double elsewhere = places.place(0.7, 0.2, 0.5);
    assertThat(Math.abs(first - second)).isGreaterThanOrEqualTo(0.1);
    assertThat(elsewhere).isEqualTo(first);
    assertThat(places.place(0.1, 0.3, 1.0)).isLessThanOrEqualTo(0.9);
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    assertThatThrownBy(
            () ->
                ChartPicture.write(
                    Reports.of(Reports.hill(), Reports.tight()), folder.resolve("none/replay.png")))
        .hasMessageContaining("--png: there is no folder");
  }
}

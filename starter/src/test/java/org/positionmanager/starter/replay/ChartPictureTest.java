package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.replay.Sessions;

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
    LabelPlaces.Spot middle = new LabelPlaces.Spot(0.2, 0.5);
    LabelPlaces.Spot below = new LabelPlaces.Spot(0.2, 0.3);
    LabelPlaces.Spot outside = new LabelPlaces.Spot(0.9, 0.7);
    LabelPlaces.Spot inside = new LabelPlaces.Spot(0.6, 0.7);
    assertThat(places.place(0.3, List.of(middle, below))).isEqualTo(middle);
    assertThat(places.place(0.3, List.of(middle, below))).isEqualTo(below);
    assertThat(places.place(0.3, List.of(outside, inside))).isEqualTo(inside);
    places.avoid(0.1, 0.85, 5);
    LabelPlaces.Spot overThePrice = new LabelPlaces.Spot(0.05, 0.8);
    LabelPlaces.Spot beside = new LabelPlaces.Spot(0.3, 0.8);
    assertThat(places.place(0.1, List.of(overThePrice, beside))).isEqualTo(beside);
  }

  @Test
  @DisplayName("plans that share a level share its label; those that differ have their own")
  void levelsOfSeveralPlans() {
    ReplayReport report =
        Reports.of(Reports.hill(), Reports.tight().and(Reports.scaled()).and(Reports.alike()));
    assertThat(DrawnLevel.of(report))
        .extracting(level -> level.label(report))
        .contains("stop 4.50 (tight, alike)", "stop 4.00 (scaled)", "target 6.00 (tight)")
        .contains("roll proposal 4.50 (alike), closes nothing");
  }

  @Test
  @DisplayName("plans that do the same share a mark and its label")
  void exitsOfSeveralPlans() {
    ReplayReport report = Reports.of(Reports.hill(), Reports.tight().and(Reports.twin()));
    assertThat(PlotMark.of(report))
        .extracting(PlotMark::label)
        .containsExactly("entry 5", "tight, twin: target 5.99");
    assertThat(PlotMark.of(report).getLast().outcomes()).hasSize(2);
  }

  @Test
  @DisplayName("where quotes are unusable the line has a gap, whatever their mid")
  void gaps() {
    List<SeenQuote> path = new ArrayList<>(Reports.hill());
    path.add(31, Reports.between(30, "0.10", "19.00"));
    path.add(32, Reports.between(30, "6", "5"));
    ReplayReport report = Reports.of(path, Reports.tight());
    List<Track.Point> points = report.track().points(1000);
    assertThat(points).extracting(Track.Point::mid).allMatch(mid -> mid <= 7);
    assertThat(points).filteredOn(Track.Point::afterGap).hasSize(1);
    assertThat(PriceScale.of(report, points).high()).isLessThan(8);
  }

  @Test
  @DisplayName("a path without a usable quote has no plot")
  void nothingToDraw() {
    Track track = new Track(Sessions.ofNyse());
    track.see(Reports.between(1, "0.10", "19.00"), Optional.empty());
    assertThat(track.isEmpty()).isTrue();
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

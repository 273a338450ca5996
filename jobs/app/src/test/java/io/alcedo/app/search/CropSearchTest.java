package io.alcedo.app.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.app.fixture.ColourIndex;
import io.alcedo.app.index.IndexFaultException;
import io.alcedo.app.index.VectorEntry;
import io.alcedo.app.index.VectorFacts;
import io.alcedo.app.index.VectorFilter;
import io.alcedo.app.index.VectorIndex;
import io.alcedo.app.search.Subject.Kind;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropSearchTest {
  private static final SearchOptions ALL = SearchOptions.top(10);

  /** Red in its middle half, where the tiny detector sees a person; else blue. */
  private static final byte[] RED_IN_BLUE =
      Frames.jpeg(128, 96, List.of(Color.BLUE, Color.RED, Color.RED, Color.BLUE));

  @TempDir Path folder;
  private ColourIndex index;
  private CropSearch search;

  @BeforeEach
  void open() throws Exception {
    index = new ColourIndex(folder);
    search = new CropSearch(index, TinyDetector.write(folder.resolve("detector"), 0.33f));
  }

  @AfterEach
  void close() {
    search.close();
    index.close();
  }

  @Test
  void looksForTheMainObjectOfAPicture() {
    SearchAnswer answer = search.byPicture(RED_IN_BLUE, false, ALL);

    assertThat(ids(answer))
        .containsExactly(ColourIndex.RED, ColourIndex.ORANGE, ColourIndex.PINK, ColourIndex.BLUE);
    assertThat(answer.hits().get(0).score()).isCloseTo(1, within(1e-3f));
    assertThat(answer.version()).isEqualTo(index.serving());
    assertThat(answer.subject().kind()).isEqualTo(Kind.OBJECT);
    assertThat(answer.subject().object().label()).isEqualTo("person");
    assertThat(answer.subject().object().box()).isEqualTo(new Box(32, 24, 64, 48));
  }

  @Test
  void looksForThePictureAsItIs() {
    SearchAnswer whole = search.byPicture(RED_IN_BLUE, true, ALL);
    assertThat(whole.subject().kind()).isEqualTo(Kind.PICTURE);
    assertThat(whole.hits().get(0).score()).as("it is half blue").isLessThan(0.95f);

    SearchAnswer dark = search.byPicture(Frames.DARK, false, ALL);
    assertThat(dark.subject().kind()).as("nobody is in there").isEqualTo(Kind.PICTURE);
    SearchAnswer other = search.byPicture(RED_IN_BLUE, false, of(VectorFilter.ALL.ofLabels("car")));
    assertThat(other.subject().kind()).as("no car is in there").isEqualTo(Kind.PICTURE);
    assertThat(other.hits()).isEmpty();
  }

  @Test
  void findsAStoredPictureWithAllItsScore() throws Exception {
    byte[] pink = index.crops().find(ColourIndex.PINK).orElseThrow();
    assertThat(search.byPicture(pink, true, ALL).hits().get(0))
        .satisfies(hit -> assertThat(hit.facts().id()).isEqualTo(ColourIndex.PINK))
        .satisfies(hit -> assertThat(hit.score()).isCloseTo(1, within(1e-6f)));
  }

  @Test
  void looksForACropButNotForItself() {
    SearchAnswer answer = search.byCrop(ColourIndex.RED, ALL);
    assertThat(ids(answer)).containsExactly(ColourIndex.ORANGE, ColourIndex.PINK, ColourIndex.BLUE);
    SearchAnswer own = search.byCrop(ColourIndex.RED, own(1));
    assertThat(ids(own)).containsExactly(ColourIndex.RED);
    assertThat(own.hits().get(0).score()).isCloseTo(1, within(1e-6f));
    assertThat(ids(search.byCrop(ColourIndex.RED, SearchOptions.top(1))))
        .containsExactly(ColourIndex.ORANGE);
  }

  @Test
  void looksForACropWhosePictureIsNotKept() throws Exception {
    SearchAnswer before = search.byCrop(ColourIndex.RED, ALL);
    index.crops().delete(ColourIndex.RED);
    assertThat(search.byCrop(ColourIndex.RED, ALL)).isEqualTo(before);
  }

  @Test
  void looksForTheMeanOfATrackButNotForItself() {
    SearchAnswer answer = search.byTrack(ColourIndex.RED, SearchOptions.top(2));
    assertThat(ids(answer)).containsExactly(ColourIndex.PINK, ColourIndex.BLUE);
    assertThat(answer.subject().vectors()).isEqualTo(2);
    assertThat(answer.subject().crop()).as("the newest").isEqualTo(ColourIndex.ORANGE);

    SearchAnswer own = search.byTrack(ColourIndex.RED, own(10));
    double angle = Math.atan2(60, 255) / 2; // half way between red and orange
    assertThat(own.hits().get(1).score()).isCloseTo((float) Math.cos(angle), within(2e-3f));
    assertThat(own.hits().get(0).score()).isCloseTo((float) Math.cos(angle), within(2e-3f));
  }

  @Test
  void findsOthersThanATrackOfAnyLength() {
    String version = index.serving();
    VectorEntry red = index.vectors().entries(version, List.of(ColourIndex.RED)).get(0);
    VectorFacts facts = red.facts();
    List<VectorEntry> more =
        IntStream.range(0, VectorIndex.MAX_HITS)
            .mapToObj(
                number ->
                    new VectorFacts(
                        "more-" + number,
                        facts.camera(),
                        facts.track(),
                        facts.label(),
                        facts.captureTime(),
                        facts.zones()))
            .map(each -> new VectorEntry(each, red.vector()))
            .toList();
    index.vectors().upsert(version, more);

    SearchAnswer answer = search.byTrack(ColourIndex.RED, SearchOptions.top(2));
    assertThat(answer.subject().vectors()).isEqualTo(VectorIndex.MAX_HITS + 2);
    assertThat(ids(answer)).containsExactly(ColourIndex.PINK, ColourIndex.BLUE);
  }

  @Test
  void looksWhereTheFilterSays() {
    VectorFilter all = VectorFilter.ALL;
    assertThat(ids(search.byTrack(ColourIndex.BLUE, of(all.ofCameras("door")))))
        .containsExactly(ColourIndex.PINK);
    assertThat(ids(search.byTrack(ColourIndex.BLUE, of(all.inZone("yard")))))
        .containsExactly(ColourIndex.RED);
    VectorFilter second =
        all.between(ColourIndex.START.plusSeconds(1), ColourIndex.START.plusSeconds(2));
    assertThat(ids(search.byTrack(ColourIndex.BLUE, of(second))))
        .containsExactly(ColourIndex.ORANGE);
  }

  @Test
  void asksTheEncoderOfTheVersionInWhichItSearches() throws Exception {
    index.serve(index.tilted());
    byte[] blue = index.crops().find(ColourIndex.BLUE).orElseThrow();
    SearchAnswer answer = search.byPicture(blue, true, ALL);
    assertThat(answer.version()).isEqualTo(index.tilted());
    assertThat(answer.hits().get(0).score()).isCloseTo(1, within(1e-6f));
    assertThat(answer.hits().get(1).score()).as("all are redder").isGreaterThan(0.3f);
    assertThat(search.byCrop(ColourIndex.BLUE, own(10)).hits()).isEqualTo(answer.hits());
  }

  @Test
  void goesOnWhenAVersionRetiresMeanwhile() {
    String first = index.serving();
    CropSearch late =
        new CropSearch(
            new RetiringIndex(
                index,
                () -> {
                  index.serve(index.tilted());
                  index.vectors().drop(first);
                }),
            folder);
    assertThat(late.byCrop(ColourIndex.RED, ALL).version()).isEqualTo(index.tilted());
  }

  @Test
  void saysWhatIsNotThere() {
    assertRefused(
        () -> search.byCrop("gate/S/9#9", ALL), "has no crop 'gate/S/9#9'. Ids are those of hits");
    assertRefused(() -> search.byTrack("nobody", ALL), "has no track 'nobody'. Tracks are those");
    assertRefused(
        () -> search.byCrop(ColourIndex.RED, new SearchOptions(VectorFilter.ALL, 1, false, "x@1")),
        "the index has no version 'x@1'; it has [direction@");
    index.serve(null);
    assertThatThrownBy(() -> search.byCrop(ColourIndex.RED, ALL))
        .isInstanceOf(IndexFaultException.class)
        .hasMessageContaining("serves no version yet");
  }

  @Test
  void refusesWhatIsNoQuery() {
    assertRefused(
        () -> search.byPicture(Frames.TEXT, false, ALL),
        "the query cannot be read (not a JPEG image: begins with 74 68 69 73). Give a JPEG or PNG");
    assertRefused(() -> search.byPicture(Frames.TOO_WIDE, true, ALL), "over the limit of 16384");
    assertRefused(() -> SearchOptions.top(0), "top is 0, expected 1 to 1000");
    assertRefused(
        () -> of(VectorFilter.ALL.between(ColourIndex.START, ColourIndex.START)), "is not before");
  }

  private static SearchOptions of(VectorFilter filter) {
    return new SearchOptions(filter, 10, false, null);
  }

  private static SearchOptions own(int top) {
    return new SearchOptions(VectorFilter.ALL, top, true, null);
  }

  private static List<String> ids(SearchAnswer answer) {
    return answer.hits().stream().map(hit -> hit.facts().id()).toList();
  }

  private static void assertRefused(ThrowingCallable call, String part) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(part);
  }
}

package io.alcedo.app.index;

import static io.alcedo.app.index.Vectors.DIMENSIONS;
import static io.alcedo.app.index.Vectors.NEW;
import static io.alcedo.app.index.Vectors.NOON;
import static io.alcedo.app.index.Vectors.OLD;
import static io.alcedo.app.index.Vectors.entries;
import static io.alcedo.app.index.Vectors.entry;
import static io.alcedo.app.index.Vectors.facts;
import static io.alcedo.app.index.Vectors.id;
import static io.alcedo.app.index.Vectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every index does. */
abstract class VectorIndexContract {
  private static final int COUNT = 200;

  private VectorIndex index;

  /** An index without versions; the contract closes it. */
  abstract VectorIndex open();

  @BeforeEach
  final void create() {
    index = open();
    index.create(OLD, DIMENSIONS);
  }

  @AfterEach
  final void close() {
    index.close();
  }

  @Test
  void findsEachVectorByItself() {
    write(OLD, entries(COUNT).toList());
    for (int number = 0; number < COUNT; number++) {
      Hit hit = search(vector(number), 1, VectorFilter.ALL).get(0);
      assertThat(hit.facts()).isEqualTo(facts(number));
      assertThat(hit.score()).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void givesTheMostSimilarFirstWithTheirCosines() {
    write(OLD, entries(COUNT).toList());
    float[] query = vector(-1);
    List<Hit> hits = search(query, 10, VectorFilter.ALL);

    List<VectorEntry> expected =
        entries(COUNT)
            .sorted((a, b) -> Double.compare(cosine(query, b), cosine(query, a)))
            .limit(10)
            .toList();
    assertThat(ids(hits)).isEqualTo(expected.stream().map(it -> it.facts().id()).toList());
    for (int i = 0; i < hits.size(); i++) {
      assertThat((double) hits.get(i).score())
          .isCloseTo(cosine(query, expected.get(i)), within(1e-5));
    }
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(search(vector(0), 10, VectorFilter.ALL)).isEmpty();
    write(OLD, List.of(entry(0), entry(1)));
    assertThat(search(vector(0), 10, VectorFilter.ALL)).hasSize(2);
    assertThat(search(vector(0), 10, VectorFilter.ALL.ofCameras("nowhere"))).isEmpty();
  }

  @Test
  void looksOnlyAtWhatFitsTheFilter() {
    write(OLD, entries(COUNT).toList());
    List<VectorFilter> filters =
        List.of(
            VectorFilter.ALL.ofCameras("gate"),
            VectorFilter.ALL.ofCameras("gate", "nowhere"),
            VectorFilter.ALL.ofCameras("gate", "yard").ofLabels("car"),
            VectorFilter.ALL.ofTrack("track-7"),
            VectorFilter.ALL.notOfTrack("track-7"),
            VectorFilter.ALL.notOfTrack("track-7").inZone("door").ofLabels("person"),
            VectorFilter.ALL.inZone("door"),
            VectorFilter.ALL.between(NOON.plusSeconds(20), NOON.plusSeconds(30)),
            VectorFilter.ALL.between(NOON.plusSeconds(20).plusNanos(1), null),
            VectorFilter.ALL.between(null, NOON.plusSeconds(20)),
            VectorFilter.ALL
                .ofCameras("yard")
                .ofLabels("person")
                .inZone("path")
                .between(NOON, null));
    for (VectorFilter filter : filters) {
      List<String> expected =
          entries(COUNT)
              .map(VectorEntry::facts)
              .filter(filter::accepts)
              .map(VectorFacts::id)
              .toList();
      assertThat(expected).isNotEmpty();
      assertThat(ids(search(vector(-1), COUNT, filter)))
          .as(filter.toString())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void listsTheNewestFirst() {
    write(OLD, entries(COUNT).toList());
    write(OLD, List.of(entry(7)));
    List<VectorEntry> newest = index.newest(OLD, VectorFilter.ALL, 3);
    assertThat(newest)
        .extracting(it -> it.facts())
        .containsExactly(facts(199), facts(198), facts(197));
    assertThat(newest.get(1).vector()).isEqualTo(vector(198));
    assertThat(
            index.newest(
                OLD, VectorFilter.ALL.ofCameras("gate").between(null, facts(100).captureTime()), 2))
        .extracting(it -> it.facts().id())
        .containsExactly(id(98), id(96));
    assertThat(index.newest(OLD, VectorFilter.ALL.ofTrack("track-3"), 100)).hasSize(10);
    assertThat(index.newest(OLD, VectorFilter.ALL.notOfTrack("track-19"), 1))
        .extracting(it -> it.facts().id())
        .containsExactly(id(189));
    assertThatThrownBy(() -> index.newest(OLD, VectorFilter.ALL, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected 1 to 10000");
  }

  @Test
  void givesEachEntryOnceWherePagesMeet() {
    List<VectorEntry> three = new ArrayList<>();
    for (int number = 0; number < 90; number++) {
      VectorFacts facts = facts(number);
      three.add(
          new VectorEntry(
              new VectorFacts(
                  facts.id(),
                  facts.camera(),
                  facts.track(),
                  facts.label(),
                  facts(number / 30).captureTime(),
                  Set.of()),
              vector(number)));
    }
    write(OLD, three);
    NewestFirst all = new NewestFirst(index, OLD, VectorFilter.ALL);
    List<String> ids = new ArrayList<>();
    while (!all.isOver()) {
      all.next(7).forEach(it -> ids.add(it.facts().id()));
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(90).startsWith(id(60)).endsWith(id(9));
  }

  @Test
  void givesTheEntriesOfIdsAsTheyWereWritten() {
    write(OLD, entries(25).toList());
    index.delete(OLD, List.of(id(2)));
    write(OLD, List.of(new VectorEntry(facts(5), vector(77)), entry(30)));

    List<VectorEntry> found =
        index.entries(OLD, List.of(id(20), id(2), id(30), id(5), "never-there", id(1)));
    assertThat(found)
        .extracting(VectorEntry::facts)
        .containsExactly(facts(20), facts(30), facts(5), facts(1));
    assertThat(found)
        .extracting(VectorEntry::vector)
        .containsExactly(vector(20), vector(30), vector(77), vector(1));
    assertThat(index.entries(OLD, List.of())).isEmpty();
  }

  @Test
  void knowsWhichIdsItHas() {
    write(OLD, entries(5).toList());
    index.delete(OLD, List.of(id(2)));
    index.refresh();
    assertThat(index.known(OLD, List.of(id(1), id(2), id(4), id(9))))
        .containsExactlyInAnyOrder(id(1), id(4));
    assertThat(index.known(OLD, List.of())).isEmpty();
  }

  @Test
  void putsAVectorInPlaceOfTheOneWithItsId() {
    write(OLD, entries(10).toList());
    write(
        OLD, List.of(new VectorEntry(facts(3), vector(77)), new VectorEntry(facts(3), vector(78))));
    write(OLD, entries(2).toList());

    assertThat(index.count(OLD)).isEqualTo(10);
    assertThat(ids(search(vector(78), 1, VectorFilter.ALL))).containsExactly(id(3));
    assertThat(search(vector(3), 1, VectorFilter.ALL).get(0).facts().id()).isNotEqualTo(id(3));
  }

  @Test
  void deletesByIdCameraAndAge() {
    write(OLD, entries(40).toList());
    index.delete(OLD, List.of(id(31), id(33), "never-there"));
    index.refresh();
    assertThat(left()).hasSize(38).doesNotContain(id(31), id(33));

    index.deleteBefore(OLD, NOON.plusSeconds(10));
    index.refresh();
    assertThat(left()).hasSize(28).contains(id(10)).doesNotContain(id(9));

    index.deleteCamera(OLD, "gate");
    index.refresh();
    assertThat(left()).hasSize(13).allMatch(id -> Integer.parseInt(id.substring(3)) % 2 == 1);
    assertThat(index.count(OLD)).isEqualTo(13);
  }

  private List<String> left() {
    return ids(search(vector(-1), 100, VectorFilter.ALL));
  }

  @Test
  void takesTextsAsTheyAre() {
    List<String> texts =
        List.of(
            "a,b", "x!y", " blank ", "{!term f=id}", "\"*:*\\", "$id", "Größe 東京 🐦", "version");
    List<VectorEntry> all = texts.stream().map(VectorIndexContract::named).toList();
    write(OLD, all);
    assertThat(index.known(OLD, texts)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(index.entries(OLD, texts))
        .extracting(VectorEntry::facts)
        .isEqualTo(all.stream().map(VectorEntry::facts).toList());
    for (VectorEntry entry : all) {
      String text = entry.facts().id();
      for (VectorFilter filter :
          List.of(
              VectorFilter.ALL.ofCameras(text, "other, camera"),
              VectorFilter.ALL.ofLabels(text),
              VectorFilter.ALL.ofTrack(text),
              VectorFilter.ALL.inZone(text))) {
        assertThat(search(entry.vector(), 10, filter))
            .as(filter.toString())
            .extracting(Hit::facts)
            .containsExactly(entry.facts());
        assertThat(index.newest(OLD, filter, 10))
            .as(filter.toString())
            .singleElement()
            .satisfies(it -> assertThat(it.vector()).isEqualTo(entry.vector()));
      }
      assertThat(search(entry.vector(), 10, VectorFilter.ALL.notOfTrack(text)))
          .as("all but %s", text)
          .hasSize(texts.size() - 1)
          .extracting(Hit::facts)
          .doesNotContain(entry.facts());
    }
    index.deleteCamera(OLD, texts.get(0));
    index.delete(OLD, texts.subList(1, 3));
    index.refresh();
    assertThat(index.known(OLD, texts))
        .containsExactlyInAnyOrderElementsOf(texts.subList(3, texts.size()));
  }

  private static VectorEntry named(String text) {
    VectorFacts facts = new VectorFacts(text, text, text, text, NOON, Set.of(text));
    return new VectorEntry(facts, vector(text.hashCode()));
  }

  @Test
  void keepsVersionsApart() {
    index.create(NEW, 4);
    index.create(NEW, 4);
    write(OLD, entries(5).toList());
    write(NEW, List.of(new VectorEntry(facts(1), vector(1, 4))));

    assertThat(index.versions())
        .containsExactly(
            new IndexVersion(OLD, DIMENSIONS, 5, null, false),
            new IndexVersion(NEW, 4, 1, null, false));
    assertThat(index.search(NEW, vector(1, 4), 10, VectorFilter.ALL)).hasSize(1);
    index.deleteCamera(NEW, "yard");
    index.refresh();
    assertThat(index.count(NEW)).isZero();
    assertThat(index.count(OLD)).isEqualTo(5);

    index.drop(NEW);
    assertThat(index.versions()).extracting(IndexVersion::name).containsExactly(OLD);
    assertThatThrownBy(() -> index.count(NEW)).isInstanceOf(InvalidInputException.class);
    index.create(NEW, 5);
    assertThat(index.count(NEW)).isZero();
  }

  @Test
  void refusesVersionsThatItDoesNotHave() {
    List<ThrowingCallable> calls =
        List.of(
            () -> index.upsert("other@00", List.of(entry(0))),
            () -> index.search("other@00", vector(0), 1, VectorFilter.ALL),
            () -> index.entries("other@00", List.of(id(0))),
            () -> index.known("other@00", List.of(id(0))),
            () -> index.delete("other@00", List.of(id(0))),
            () -> index.deleteCamera("other@00", "gate"),
            () -> index.deleteBefore("other@00", NOON),
            () -> index.count("other@00"),
            () -> index.offsets("other@00"),
            () -> index.reopen("other@00"),
            () -> index.drop("other@00"));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("the index has no version 'other@00'; it has [appearance@00112233]");
    }
  }

  @Test
  void refusesVersionsThatCannotBe() {
    assertThatThrownBy(() -> index.create(OLD, 4))
        .hasMessage("index appearance@00112233 has vectors of 16 numbers, not of 4");
    assertThatThrownBy(() -> index.create("../other", 4)).hasMessageContaining("'../other'");
    assertThatThrownBy(() -> index.create("other@00", 1025)).hasMessageContaining("1025");
  }

  @Test
  void takesABatchWholeOrNotAtAll() {
    write(OLD, List.of(entry(7)));
    float[] broken = vector(1);
    broken[3] = Float.NaN;
    float[] endless = vector(2);
    endless[0] = Float.NEGATIVE_INFINITY;
    float[] twice = vector(3);
    for (int i = 0; i < DIMENSIONS; i++) {
      twice[i] *= 2;
    }
    List<VectorEntry> batch =
        List.of(
            entry(0),
            new VectorEntry(facts(1), broken),
            new VectorEntry(facts(2), endless),
            new VectorEntry(facts(3), twice),
            new VectorEntry(facts(4), new float[DIMENSIONS]),
            new VectorEntry(facts(5), vector(5, 3)),
            new VectorEntry(facts(7), vector(8)));

    assertThatThrownBy(() -> index.upsert(OLD, batch))
        .isInstanceOf(InvalidVectorException.class)
        .hasMessage(
            "index appearance@00112233 refuses 5 of 7 vectors and took none of them: id-1 holds NaN;"
                + " id-2 holds -Infinity; id-3 has length 2.000, expected 1; id-4 is all zeros;"
                + " id-5 has 3 numbers, expected 16");
    index.refresh();
    assertThat(index.count(OLD)).isEqualTo(1);
    assertThat(search(vector(7), 1, VectorFilter.ALL).get(0).score()).isCloseTo(1, within(1e-5f));

    write(OLD, List.of(batch.get(0), batch.get(6)));
    assertThat(index.count(OLD)).isEqualTo(2);
  }

  @Test
  void refusesQueriesThatAreNone() {
    write(OLD, entries(5).toList());
    assertThatThrownBy(() -> search(vector(0, 3), 1, VectorFilter.ALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("query of index appearance@00112233 has 3 numbers, expected 16");
    assertThatThrownBy(() -> search(new float[DIMENSIONS], 1, VectorFilter.ALL))
        .hasMessageContaining("is all zeros");
    float[] broken = vector(0);
    broken[0] = Float.NaN;
    assertThatThrownBy(() -> search(broken, 1, VectorFilter.ALL)).hasMessageContaining("holds NaN");
    assertThatThrownBy(() -> search(vector(0), 0, VectorFilter.ALL))
        .hasMessage("query of index appearance@00112233 asks for 0 hits, expected 1 to 1000");
    assertThatThrownBy(() -> search(vector(0), 1001, VectorFilter.ALL))
        .hasMessageContaining("1001");
  }

  @Test
  void remembersHowFarTheLogWasRead() {
    assertThat(index.offsets(OLD)).isEqualTo(Offsets.NONE);
    Offsets read = new Offsets("embeddings@id", Map.of(0, 17L, 3, 4_000_000_000L));
    index.commit(read);
    index.create(NEW, 4);
    assertThat(index.offsets(OLD)).isEqualTo(read);
    assertThat(index.offsets(NEW)).isEqualTo(Offsets.NONE);

    index.commit(new Offsets("embeddings@id", Map.of(0, 3L, 1, 8L)));
    assertThat(index.offsets(OLD).next()).isEqualTo(Map.of(0, 17L, 1, 8L, 3, 4_000_000_000L));
    assertThat(index.offsets(NEW).next()).isEqualTo(Map.of(0, 3L, 1, 8L));
    Offsets again = new Offsets("embeddings@other", Map.of(0, 1L));
    index.commit(again);
    assertThat(index.offsets(OLD)).isEqualTo(again);
  }

  @Test
  void searchesWhileItIsWrittenTo() {
    write(OLD, entries(50).toList());
    List<CompletableFuture<Void>> searches = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      searches.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 200; i++) {
                  int number = i % 50;
                  assertThat(ids(search(vector(number), 1, VectorFilter.ALL)))
                      .containsExactly(id(number));
                }
              }));
    }
    for (int first = 50; first < 550; first += 50) {
      write(OLD, IntStream.range(first, first + 50).mapToObj(Vectors::entry).toList());
      index.commit(Offsets.NONE);
    }
    searches.forEach(search -> search.orTimeout(2, TimeUnit.MINUTES).join());
    assertThat(index.count(OLD)).isEqualTo(550);
  }

  private void write(String version, List<VectorEntry> entries) {
    index.upsert(version, entries);
    index.refresh();
  }

  private List<Hit> search(float[] query, int hits, VectorFilter filter) {
    return index.search(OLD, query, hits, filter);
  }

  private static List<String> ids(List<Hit> hits) {
    return hits.stream().map(hit -> hit.facts().id()).toList();
  }

  private static double cosine(float[] query, VectorEntry entry) {
    return IntStream.range(0, query.length).mapToDouble(i -> query[i] * entry.vector()[i]).sum();
  }
}

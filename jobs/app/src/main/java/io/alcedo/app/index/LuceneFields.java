package io.alcedo.app.index;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** How an entry lies in a document, format 1, and how a filter asks for it. */
final class LuceneFields {
  static final String VECTOR = "vector";

  static final String ID = "id";
  private static final String CAMERA = "camera";
  private static final String TRACK = "track";
  private static final String LABEL = "label";
  private static final String ZONE = "zone";
  private static final String TIME = "time";

  static final Sort NEWEST_FIRST =
      new Sort(
          LongField.newSortField(TIME, true, SortedNumericSelector.Type.MAX),
          new SortField(ID, SortField.Type.STRING));

  private LuceneFields() {}

  static Document document(VectorEntry entry) {
    VectorFacts facts = entry.facts();
    Document document = new Document();
    document.add(new StringField(ID, facts.id(), Store.YES));
    document.add(new SortedDocValuesField(ID, new BytesRef(facts.id())));
    document.add(new StringField(CAMERA, facts.camera(), Store.YES));
    document.add(new StringField(TRACK, facts.track(), Store.YES));
    document.add(new StringField(LABEL, facts.label(), Store.YES));
    facts.zones().forEach(zone -> document.add(new StringField(ZONE, zone, Store.YES)));
    document.add(new LongField(TIME, VectorFacts.micros(facts.captureTime()), Store.YES));
    document.add(
        new KnnFloatVectorField(VECTOR, entry.vector(), VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  static VectorFacts facts(Document document) {
    return new VectorFacts(
        document.get(ID),
        document.get(CAMERA),
        document.get(TRACK),
        document.get(LABEL),
        Instant.EPOCH.plus(document.getField(TIME).numericValue().longValue(), ChronoUnit.MICROS),
        Set.of(document.getValues(ZONE)));
  }

  static Term id(String id) {
    return new Term(ID, id);
  }

  static Term camera(String camera) {
    return new Term(CAMERA, camera);
  }

  static Query before(Instant time) {
    return between(null, time);
  }

  /** The filter as a query; null if it looks at everything. */
  static Query query(VectorFilter filter) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    if (!filter.cameras().isEmpty()) {
      all.add(oneOf(CAMERA, filter.cameras()), Occur.FILTER);
    }
    if (!filter.labels().isEmpty()) {
      all.add(oneOf(LABEL, filter.labels()), Occur.FILTER);
    }
    if (filter.track() != null) {
      all.add(new TermQuery(new Term(TRACK, filter.track())), Occur.FILTER);
    }
    if (filter.notTrack() != null) {
      all.add(new MatchAllDocsQuery(), Occur.FILTER); // nothing is left out of nothing
      all.add(new TermQuery(new Term(TRACK, filter.notTrack())), Occur.MUST_NOT);
    }
    if (filter.zone() != null) {
      all.add(new TermQuery(new Term(ZONE, filter.zone())), Occur.FILTER);
    }
    if (filter.from() != null || filter.to() != null) {
      all.add(between(filter.from(), filter.to()), Occur.FILTER);
    }
    BooleanQuery query = all.build();
    return query.clauses().isEmpty() ? null : query;
  }

  private static Query oneOf(String field, Collection<String> values) {
    List<BytesRef> terms = values.stream().map(BytesRef::new).toList();
    return new TermInSetQuery(field, terms);
  }

  /** From the first microsecond that is not before a time, to the last that is before another. */
  private static Query between(Instant from, Instant to) {
    long first = from == null ? Long.MIN_VALUE : VectorFacts.firstMicros(from);
    long end = to == null ? Long.MAX_VALUE : VectorFacts.firstMicros(to);
    return LongPoint.newRangeQuery(TIME, first, end == Long.MAX_VALUE ? end : end - 1);
  }
}

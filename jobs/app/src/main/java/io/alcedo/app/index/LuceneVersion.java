package io.alcedo.app.index;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;

/**
 * The vectors of one encoder in Lucene: a graph (HNSW, Malkov and Yashunin 2016) in each segment.
 *
 * <p>Segments are merged with their neighbours only, so each holds a stretch of time: what grows
 * too old goes with its segment, and none of what is younger is written again for it.
 */
final class LuceneVersion implements OpenVersion {
  private static final double BUFFER_MEGABYTES = 64;

  private final Directory directory;
  private final IndexWriter writer;
  private final ConcurrentMergeScheduler merges;
  private final SearcherManager searchers;
  private final int oversampling;
  private volatile Offsets committed;

  private LuceneVersion(
      Directory directory, IndexWriter writer, ConcurrentMergeScheduler merges, int oversampling)
      throws IOException {
    this.directory = directory;
    this.writer = writer;
    this.merges = merges;
    this.oversampling = oversampling;
    this.committed = Offsets.fromTexts(commitData(writer));
    this.searchers = new SearcherManager(writer, new SearcherFactory());
  }

  /** Makes an empty one, which can be opened then. */
  static void create(Directory directory, IndexSettings settings) throws IOException {
    try (IndexWriter writer =
        new IndexWriter(directory, config(settings).setOpenMode(OpenMode.CREATE))) {
      writer.commit();
    }
  }

  /** Opens one as of its last commit, after every byte of it has been read once. */
  static LuceneVersion open(Directory directory, IndexSettings settings) throws IOException {
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    merges.disableAutoIOThrottle(); // building the graphs takes the time, not writing them
    IndexWriter writer =
        new IndexWriter(
            directory, config(settings).setMergeScheduler(merges).setOpenMode(OpenMode.APPEND));
    try {
      requireSound(writer);
      return new LuceneVersion(directory, writer, merges, settings.oversampling());
    } catch (IOException | RuntimeException e) {
      writer.rollback();
      throw e;
    }
  }

  private static void requireSound(IndexWriter writer) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
    }
  }

  private static IndexWriterConfig config(IndexSettings settings) {
    LogByteSizeMergePolicy neighbours = new LogByteSizeMergePolicy();
    return new IndexWriterConfig(null)
        .setCodec(codec(settings))
        .setMergePolicy(neighbours)
        .setRAMBufferSizeMB(BUFFER_MEGABYTES)
        .setCommitOnClose(false);
  }

  private static Codec codec(IndexSettings settings) {
    int m = settings.connections();
    int beamWidth = settings.beamWidth();
    KnnVectorsFormat format =
        settings.quantize()
            ? new Lucene99HnswScalarQuantizedVectorsFormat(m, beamWidth)
            : new Lucene99HnswVectorsFormat(m, beamWidth);
    return new Lucene912Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }

  private static Map<String, String> commitData(IndexWriter writer) {
    Map<String, String> data = new HashMap<>();
    if (writer.getLiveCommitData() != null) {
      writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    }
    return data;
  }

  @Override
  public void upsert(List<VectorEntry> entries) throws IOException {
    for (VectorEntry entry : entries) {
      writer.updateDocument(LuceneFields.id(entry.facts().id()), LuceneFields.document(entry));
    }
  }

  @Override
  public void delete(Collection<String> ids) throws IOException {
    writer.deleteDocuments(ids.stream().map(LuceneFields::id).toArray(Term[]::new));
  }

  @Override
  public void deleteCamera(String camera) throws IOException {
    writer.deleteDocuments(LuceneFields.camera(camera));
  }

  @Override
  public void deleteBefore(Instant time) throws IOException {
    writer.deleteDocuments(LuceneFields.before(time));
  }

  @Override
  public List<Hit> search(float[] query, int count, VectorFilter filter) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      int candidates = count + oversampling;
      KnnFloatVectorQuery nearest =
          new KnnFloatVectorQuery(
              LuceneFields.VECTOR, query, candidates, LuceneFields.query(filter));
      ScoreDoc[] found = searcher.search(nearest, candidates).scoreDocs;
      score(searcher, query, found);
      List<Hit> hits = new ArrayList<>();
      for (ScoreDoc doc : Arrays.asList(found).subList(0, Math.min(count, found.length))) {
        hits.add(new Hit(LuceneFields.facts(searcher.storedFields().document(doc.doc)), doc.score));
      }
      return hits;
    } finally {
      searchers.release(searcher);
    }
  }

  @Override
  public List<VectorEntry> newest(VectorFilter filter, int count) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      Query query = LuceneFields.query(filter);
      ScoreDoc[] found =
          searcher.search(
                  query == null ? new MatchAllDocsQuery() : query, count, LuceneFields.NEWEST_FIRST)
              .scoreDocs;
      VectorEntry[] entries = new VectorEntry[found.length];
      for (int i = 0; i < found.length; i++) {
        entries[i] = entry(searcher, found[i].doc);
      }
      return List.of(entries);
    } finally {
      searchers.release(searcher);
    }
  }

  private static VectorEntry entry(IndexSearcher searcher, int doc) throws IOException {
    return new VectorEntry(
        LuceneFields.facts(searcher.storedFields().document(doc)), vector(searcher, doc));
  }

  private static float[] vector(IndexSearcher searcher, int doc) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(LuceneFields.VECTOR);
    vectors.advance(doc - leaf.docBase);
    return vectors.vectorValue().clone();
  }

  @Override
  public Map<String, VectorEntry> entries(Collection<String> ids) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      Map<String, VectorEntry> entries = new HashMap<>();
      for (Map.Entry<String, Integer> document : documents(searcher, ids).entrySet()) {
        entries.put(document.getKey(), entry(searcher, document.getValue()));
      }
      return entries;
    } finally {
      searchers.release(searcher);
    }
  }

  @Override
  public Set<String> known(Collection<String> ids) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      return documents(searcher, ids).keySet();
    } finally {
      searchers.release(searcher);
    }
  }

  /** The documents of these ids, by id; those that are not there are passed over. */
  private static Map<String, Integer> documents(IndexSearcher searcher, Collection<String> ids)
      throws IOException {
    Map<String, Integer> documents = new HashMap<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Terms terms = leaf.reader().terms(LuceneFields.ID);
      if (terms != null) {
        addDocuments(ids, leaf, terms.iterator(), documents);
      }
    }
    return documents;
  }

  private static void addDocuments(
      Collection<String> ids, LeafReaderContext leaf, TermsEnum terms, Map<String, Integer> found)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    PostingsEnum postings = null;
    for (String id : ids) {
      if (!found.containsKey(id) && terms.seekExact(new BytesRef(id))) {
        postings = terms.postings(postings, PostingsEnum.NONE);
        for (int doc = postings.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = postings.nextDoc()) {
          if (live == null || live.get(doc)) {
            found.put(id, leaf.docBase + doc);
          }
        }
      }
    }
  }

  /** Gives candidates their cosine in place of Lucene's score, which may come of 7 bits. */
  private static void score(IndexSearcher searcher, float[] query, ScoreDoc[] found)
      throws IOException {
    Arrays.sort(found, Comparator.comparingInt(doc -> doc.doc));
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = null;
    FloatVectorValues vectors = null;
    for (ScoreDoc doc : found) {
      LeafReaderContext its = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
      if (its != leaf) {
        leaf = its;
        vectors = its.reader().getFloatVectorValues(LuceneFields.VECTOR);
      }
      vectors.advance(doc.doc - leaf.docBase);
      doc.score = VectorUtil.dotProduct(query, vectors.vectorValue());
    }
    Arrays.sort(found, Comparator.comparingDouble((ScoreDoc doc) -> doc.score).reversed());
  }

  @Override
  public long count() throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      return searcher.getIndexReader().numDocs();
    } finally {
      searchers.release(searcher);
    }
  }

  @Override
  public void refresh() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  @Override
  public void commit(Offsets read) throws IOException {
    Offsets offsets = read.furthest(committed);
    if (writer.hasUncommittedChanges() || !offsets.equals(committed)) {
      writer.setLiveCommitData(offsets.toTexts().entrySet());
      writer.commit();
      committed = offsets;
    }
  }

  @Override
  public Offsets committed() {
    return committed;
  }

  /** Waits for the merges that run. */
  void awaitMerges() {
    merges.sync();
  }

  /** Gives the files free for another writer. What could be found can be found still. */
  void stopWriting() throws IOException {
    writer.rollback();
  }

  /** Forgets what was not committed. */
  @Override
  public void close() throws IOException {
    searchers.close();
    writer.rollback();
    directory.close();
  }
}

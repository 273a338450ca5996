package io.alcedo.app.http;

import io.alcedo.app.index.LiveIndex;
import io.alcedo.app.search.CropSearch;
import io.alcedo.connectors.InvalidInputException;
import java.net.URI;
import java.nio.file.Path;

/** Answers searches in an index. */
public final class SearchServer implements AutoCloseable {
  private final CropSearch search;
  private final WebServer web;

  private SearchServer(CropSearch search, WebServer web) {
    this.search = search;
    this.web = web;
  }

  /**
   * Starts to answer.
   *
   * @param live stays open when this closes
   * @param http null = on this machine, at the usual port if it is free, else at another one
   * @param detector directory of the model that finds a picture's main object
   * @throws InvalidInputException if the token is not there, or the address cannot be had
   */
  public static SearchServer start(LiveIndex live, HttpConfig http, Path detector) {
    CropSearch search = new CropSearch(live, detector);
    try {
      return new SearchServer(search, web(http, search, live));
    } catch (InvalidInputException e) {
      search.close();
      throw e;
    }
  }

  private static WebServer web(HttpConfig http, CropSearch search, LiveIndex live) {
    if (http != null) {
      return WebServer.start(http, search, live);
    }
    try {
      return WebServer.start(HttpConfig.DEFAULT, search, live);
    } catch (InvalidInputException e) {
      return WebServer.start(new HttpConfig(null, 0, null), search, live); // another run has it
    }
  }

  /** Where it answers. */
  public URI address() {
    return web.address();
  }

  @Override
  public void close() {
    web.close();
    search.close();
  }
}

package io.alcedo.app.http;

import io.alcedo.app.index.IndexVersion;
import io.alcedo.app.index.LiveIndex;
import io.alcedo.app.search.CropSearch;
import io.alcedo.connectors.InvalidInputException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of a run. Its threads do not keep the process alive. */
public final class WebServer implements AutoCloseable {
  static final String HEALTH = "/api/health";
  static final String CROPS = "/api/crops/";
  static final String REBUILD = "/api/index/rebuild";
  private static final int THREADS = 32;

  /** The versions that were dropped, because they were damaged. */
  record Rebuilt(List<String> dropped) {}

  private final Javalin app;
  private final URI address;

  private WebServer(Javalin app, HttpConfig config) {
    this.app = app;
    String host = config.address();
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    this.address = URI.create("http://%s:%d".formatted(name, app.port()));
  }

  /**
   * Starts to answer.
   *
   * @param search stays open when this closes, as does the index
   * @throws InvalidInputException if the token is not there, or the port cannot be had
   */
  public static WebServer start(HttpConfig config, CropSearch search, LiveIndex live) {
    String token = config.token();
    Javalin app =
        Javalin.create(
            javalin -> {
              listen(javalin, config);
              javalin.routes.before(WebServer::keepFromGuessing);
              javalin.routes.before(new AccessFilter(config, token));
              routes(javalin, search, live);
              Problems.tell(javalin.routes);
            });
    try {
      app.start();
    } catch (JavalinBindException e) {
      throw new InvalidInputException(
          "http: cannot listen at %s, port %d: another process does, or the address is none of this machine. Change http.port or http.address."
              .formatted(config.address(), config.port()),
          e);
    }
    return new WebServer(app, config);
  }

  private static void listen(JavalinConfig javalin, HttpConfig config) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("alcedo-http");
    threads.setDaemon(true);
    javalin.jetty.threadPool = threads;
    javalin.jetty.host = config.address();
    javalin.jetty.port = config.port();
    javalin.jetty.modifyServer(server -> server.setErrorHandler(new Problems.Malformed()));
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.http.compressionStrategy = CompressionStrategy.NONE;
    javalin.http.prefer405over404 = true;
  }

  /** A browser takes each answer for what it says it is. */
  private static void keepFromGuessing(Context context) {
    context.header("X-Content-Type-Options", "nosniff");
  }

  private static void routes(JavalinConfig javalin, CropSearch search, LiveIndex live) {
    SearchRoutes searches = new SearchRoutes(search, Clock.systemUTC());
    javalin.routes.get(HEALTH, context -> health(context, live));
    javalin.routes.get(
        "/api/index", context -> context.contentType(Json.TYPE).result(Json.bytes(live.status())));
    javalin.routes.post(
        REBUILD,
        context -> context.contentType(Json.TYPE).result(Json.bytes(new Rebuilt(live.rebuild()))));
    javalin.routes.get("/api/search", searches::byId);
    javalin.routes.post("/api/search", searches::byPicture);
    javalin.routes.get(CROPS + "<id>", new CropRoute(live));
  }

  /** Whether searches are answered from an index that takes new vectors. */
  private static void health(Context context, LiveIndex live) {
    String serving = live.serving();
    boolean sound =
        serving != null
            && live.vectors().versions().stream()
                .filter(version -> version.name().equals(serving))
                .map(IndexVersion::fault)
                .allMatch(fault -> fault == null);
    context
        .status(sound ? 200 : 503)
        .contentType(Json.TYPE)
        .result(
            Json.bytes(
                sound
                    ? Map.of("status", "ok", "serving", serving)
                    : new Json.Problem(
                        serving == null
                            ? "the index serves no version yet"
                            : "index %s takes no more vectors; /api/index says why"
                                .formatted(serving))));
  }

  public int port() {
    return app.port();
  }

  /** Where it answers. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    app.stop();
  }
}

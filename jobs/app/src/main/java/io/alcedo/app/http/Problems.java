package io.alcedo.app.http;

import io.alcedo.app.index.IndexFaultException;
import io.alcedo.connectors.InvalidInputException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told when something goes wrong: a status and one line of JSON. What is no fault
 * of the client is in the log with its stack trace, and never in the answer.
 */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  static void tell(RoutesConfig routes) {
    routes.exception(
        HttpResponseException.class, (e, context) -> tell(context, e.getStatus(), e.getMessage()));
    routes.exception(
        InvalidInputException.class, (e, context) -> tell(context, 400, e.getMessage()));
    routes.exception(
        IndexFaultException.class,
        (e, context) -> {
          LOG.error("{} {}: {}", context.method(), context.path(), e.getMessage(), e);
          tell(context, 503, e.getMessage());
        });
    routes.exception(
        IOException.class,
        (e, context) -> {
          LOG.error("{} {} failed", context.method(), context.path(), e);
          tell(context, 503, "the pictures cannot be reached; the server's log says why");
        });
    routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.error("{} {} failed", context.method(), context.path(), e);
          tell(context, 500, "the server failed; its log says why");
        });
  }

  private static void tell(Context context, int status, String error) {
    context.status(status).contentType(Json.TYPE).result(Json.bytes(new Json.Problem(error)));
  }

  /** Of requests that are none, so that no route ever sees them. */
  static final class Malformed extends ErrorHandler {
    @Override
    protected void generateResponse(
        Request request,
        Response response,
        int status,
        String message,
        Throwable cause,
        Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, Json.TYPE);
      String error = message == null ? "the request cannot be read" : message;
      response.write(true, ByteBuffer.wrap(Json.bytes(new Json.Problem(error))), callback);
    }
  }
}

package io.alcedo.connectors.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.wire.NotificationCodec;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Posts notifications as JSON, as the <a href="https://www.standardwebhooks.com">Standard
 * Webhooks</a> specification has it: {@code webhook-id} is the same in every attempt, {@code
 * webhook-timestamp} is the attempt's, {@code webhook-signature} is the HMAC-SHA256 of both and the
 * body. Any 2xx is a receipt. Redirects are not followed.
 */
public final class WebhookNotifier implements Notifier {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  private final String channel;
  private final WebhookSettings settings;
  private final Webhook signer; // null = not signed
  private final Clock clock;
  private final HttpClient client;

  WebhookNotifier(String channel, WebhookSettings settings) {
    this(
        channel,
        settings,
        settings.secretEnv() == null ? null : Secrets.require(channel, settings.secretEnv()),
        Clock.systemUTC());
  }

  WebhookNotifier(String channel, WebhookSettings settings, String secret, Clock clock) {
    this.channel = channel;
    this.settings = settings;
    this.signer = secret == null ? null : signer(secret);
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  private Webhook signer(String secret) {
    try {
      return new Webhook(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "channel %s: the secret is not base64, with or without whsec_ before it"
              .formatted(channel),
          e);
    }
  }

  @Override
  public CompletableFuture<Void> send(Notification notification) {
    String body = new String(NotificationCodec.write(notification), UTF_8);
    return client
        .sendAsync(
            request(notification.alert().key(), body), HttpResponse.BodyHandlers.discarding())
        // The request's own timeout ends with the headers.
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, failure) -> {
              NotDeliveredException problem =
                  failure == null ? problem(response) : unreachable(failure);
              if (problem != null) {
                throw new CompletionException(problem);
              }
              return null;
            });
  }

  private HttpRequest request(String id, String body) {
    long now = clock.instant().getEpochSecond();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "alcedo")
            .header(Webhook.UNBRANDED_MSG_ID_KEY, id)
            .header("Idempotency-Key", id)
            .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, String.valueOf(now))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (signer != null) {
      request.header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, sign(id, now, body));
    }
    return request.build();
  }

  private String sign(String id, long timestamp, String body) {
    try {
      return signer.sign(id, timestamp, body);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private NotDeliveredException problem(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return null;
    }
    String text = "channel %s: %s answered %d".formatted(channel, settings.url(), status);
    boolean mayPass =
        status >= 500
            || status == TOO_MANY_REQUESTS
            || status == REQUEST_TIMEOUT
            || status == TOO_EARLY;
    return mayPass
        ? NotDeliveredException.forNow(text, null, retryAfter(response))
        : NotDeliveredException.forEver(text);
  }

  /** In seconds; a date is not understood, and waited for as usual. */
  private static Duration retryAfter(HttpResponse<Void> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    if (!seconds.matches("[0-9]{1,9}")) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }

  private NotDeliveredException unreachable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return NotDeliveredException.forNow(
        "channel %s: no answer from %s (%s)"
            .formatted(channel, settings.url(), cause.getClass().getSimpleName()),
        cause,
        Duration.ZERO);
  }

  @Override
  public void close() {
    // The client ends with its last request: Java 17 has no close.
  }
}

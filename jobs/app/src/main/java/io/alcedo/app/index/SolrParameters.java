package io.alcedo.app.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.StringJoiner;

/** What a request says, as a form; a key may come more than once. */
final class SolrParameters {
  private final StringJoiner form = new StringJoiner("&");

  static SolrParameters of(String key, Object value) {
    return new SolrParameters().with(key, value);
  }

  SolrParameters with(String key, Object value) {
    form.add(key + "=" + URLEncoder.encode(value.toString(), UTF_8));
    return this;
  }

  String form() {
    return form.toString();
  }
}

package io.alcedo.app.cli;

import io.alcedo.app.http.ApiClient;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which run is asked, over HTTP. */
final class ServerOption {
  private static final String TOKEN_VARIABLE = "ALCEDO_TOKEN";

  @Option(
      names = "--server",
      defaultValue = "http://127.0.0.1:8420",
      paramLabel = "URL",
      description = "Where the run answers: its block http (${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "What the run's http.tokenEnv holds; better in the environment variable "
              + TOKEN_VARIABLE
              + ", which others cannot see.")
  private String token;

  /**
   * The run.
   *
   * @throws io.alcedo.connectors.InvalidInputException if the address is none
   */
  ApiClient client() {
    return new ApiClient(server, token == null ? System.getenv(TOKEN_VARIABLE) : token);
  }
}

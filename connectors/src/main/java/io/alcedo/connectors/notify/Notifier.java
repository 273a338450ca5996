package io.alcedo.connectors.notify;

import java.util.concurrent.CompletableFuture;

/**
 * Hands notifications over to one receiver. What is handed over may arrive twice, under the same
 * {@link io.alcedo.connectors.event.Alert#key}.
 */
public interface Notifier extends AutoCloseable {
  /**
   * Tries once, within bounded time. Does not block.
   *
   * @return complete when the receiver has it; fails with a {@link NotDeliveredException}
   */
  CompletableFuture<Void> send(Notification notification);

  @Override
  void close();
}

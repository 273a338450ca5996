package io.alcedo.connectors.camera;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As much of an RTSP camera as a client needs: OPTIONS, DESCRIBE, SETUP, PLAY, then H.264 in RTP
 * over the same TCP connection. It sends its pictures once in each connection and falls silent.
 */
final class RtspServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger plays = new AtomicInteger();
  private final List<byte[]> units;

  /**
   * Begins to listen.
   *
   * @param h264 a raw stream, in which every picture is one unit
   */
  RtspServer(Path h264) throws IOException {
    units = units(Files.readAllBytes(h264));
    threads.execute(this::accept);
  }

  String address() {
    return "rtsp://127.0.0.1:%d/gate".formatted(socket.getLocalPort());
  }

  /** How often a client has begun to play. */
  int plays() {
    return plays.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      closed.countDown();
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      String method = "";
      while (!method.equals("PLAY")) {
        String request = in.readLine();
        if (request == null) {
          return;
        }
        method = request.substring(0, request.indexOf(' '));
        String sequence = "";
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          sequence = line.startsWith("CSeq") ? line : sequence;
        }
        out.write(answer(method, sequence).getBytes(StandardCharsets.US_ASCII));
      }
      plays.incrementAndGet();
      play(out);
      closed.await();
    } catch (IOException e) {
      // The client went away.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(String method, String sequence) {
    String head = "RTSP/1.0 200 OK\r\n" + sequence + "\r\n";
    return switch (method) {
      case "DESCRIBE" -> {
        String sdp = description();
        yield head
            + "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n".formatted(sdp.length())
            + sdp;
      }
      case "SETUP" -> head + "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
      case "PLAY" -> head + "Session: 1\r\nRange: npt=0.000-\r\n\r\n";
      default -> head + "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
    };
  }

  private String description() {
    String sets = base64(units.get(0)) + "," + base64(units.get(1));
    return "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=gate\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
        + "a=fmtp:96 packetization-mode=1; sprop-parameter-sets=%s\r\na=control:video\r\n"
            .formatted(sets);
  }

  /** RTP over TCP has room for a whole unit, so nothing is cut into fragments. */
  private void play(DataOutputStream out) throws IOException {
    int time = 0;
    for (int i = 0; i < units.size(); i++) {
      byte[] unit = units.get(i);
      boolean isPicture = (unit[0] & 0x1f) == 1 || (unit[0] & 0x1f) == 5;
      out.writeByte('$');
      out.writeByte(0);
      out.writeShort(12 + unit.length);
      out.writeByte(0x80);
      out.writeByte(isPicture ? 0x80 | 96 : 96);
      out.writeShort(i);
      out.writeInt(time);
      out.writeInt(7);
      out.write(unit);
      time += isPicture ? 90_000 / TestVideo.RATE : 0;
    }
    out.flush();
  }

  /** The units between the start codes 00 00 (00) 01. */
  private static List<byte[]> units(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 3 <= stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        if (start >= 0) {
          units.add(without(stream, start, i));
        }
        start = i + 3;
      }
    }
    units.add(without(stream, start, stream.length));
    return units;
  }

  private static byte[] without(byte[] stream, int from, int to) {
    int end = to;
    while (end > from && stream[end - 1] == 0) {
      end--;
    }
    return java.util.Arrays.copyOfRange(stream, from, end);
  }

  private static String base64(byte[] unit) {
    return Base64.getEncoder().encodeToString(unit);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
    threads.shutdownNow();
  }
}

package dev.trainyard.security.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Waits for no more of a body whose request was refused at the gate. Tomcat would read the rest
 * first, for as long as it takes, and two hundred strangers who send a byte now and then would hold
 * all of its threads.
 */
final class RefusedBodies extends ValveBase {

  private static final Set<Integer> AT_THE_GATE = Set.of(401, 403, 421, 429);

  RefusedBodies() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (AT_THE_GATE.contains(response.getStatus()) && !request.isAsync() && !isRead(request)) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  /** Reads what has come: with a connection that is closed before, the answer might be lost. */
  private static boolean isRead(Request request) throws IOException {
    long length = request.getContentLengthLong();
    if (length <= 0 && request.getHeader("Transfer-Encoding") == null) {
      return true;
    }
    InputStream body = request.getInputStream();
    byte[] some = new byte[8192];
    while (!request.getInputStream().isFinished() && body.available() > 0) {
      if (body.read(some) < 0) {
        return true;
      }
    }
    return request.getInputStream().isFinished();
  }
}

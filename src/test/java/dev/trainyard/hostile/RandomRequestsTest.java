package dev.trainyard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.ApiClient;
import dev.trainyard.TemporaryData;
import dev.trainyard.hostile.RandomRequests.Request;
import dev.trainyard.web.openapi.Contract;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whatever is asked for, the answer is one that the OpenAPI document promises. */
class RandomRequestsTest extends HostileService {

  private static final int REQUESTS = Integer.getInteger("trainyard.hostile.requests", 2000);
  private static final long SEED = Long.getLong("trainyard.hostile.seed", 1);
  private static final int EVERY = 500;

  @Autowired private Supplies supplies;

  @Test
  void every_answer_to_a_random_request_is_as_the_document_says() throws IOException {
    ApiClient api = new ApiClient(port);
    JsonNode document = api.get("/v3/api-docs").json();
    Stock stock = new Stock();
    RandomRequests requests = new RandomRequests(document, stock);
    Judge judge = new Judge(Contract.of(document));
    long start = System.nanoTime();
    try (RawConnection connection = new RawConnection(port)) {
      for (int number = 0; number < REQUESTS; number++) {
        if (number % EVERY == 0) {
          supplies.stock(stock, api, DATA);
        }
        Request request = requests.get(SEED, number);
        try {
          RawConnection.Answer answer = connection.send(request.bytes());
          stock.learn(request.template(), answer);
          judge.hear(request, answer);
        } catch (IOException e) {
          judge.unanswered(request, e);
        }
      }
    }
    judge.print((System.nanoTime() - start) / 1e9);
    assertThat(judge.faults()).as("-Dtrainyard.hostile.seed=" + SEED).isEmpty();
    assertThat(judge.successes()).as("of operations").isGreaterThan(REQUESTS / 8);
    assertThat(judge.neverDone()).hasSizeLessThan(15);
    assertThat(api.get("/actuator/health").status()).isEqualTo(200);
    assertThat(api.get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(TemporaryData.halfWritten(DATA)).isEmpty();
  }
}

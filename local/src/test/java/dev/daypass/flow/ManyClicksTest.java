package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.code;
import static dev.daypass.flow.Company.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.store.Links;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One person clicks on everything there is to click, at once. */
@Timeout(180)
class ManyClicksTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CLICKS = 100;

  /** So many codes may be under examination at once; further ones are asked to look again. */
  private static final int BY_MAIL = Links.MOST_TRIES;

  private static Company company;

  @BeforeAll
  static void open() {
    company = Company.open();
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @Test
  void theSameAnswerThroughMailPageAndApiAtOnceIsOneDecisionAndAllAreToldThatItCounts()
      throws InterruptedException {
    var id = company.ask(AMARA, "crm-customer-record", Duration.ofHours(1));
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var browser = company.stranger();
    var byMail = browser.open(link(mail)).form(path);
    var lena = company.desk(LENA);
    var signedIn = "/requests/" + id + "/decide";
    var onPage = lena.open(signedIn).form(signedIn + "?stage=0");
    var clicks = new ArrayList<Callable<String>>();
    var begin = new CyclicBarrier(CLICKS);
    for (int i = 0; i < CLICKS; i++) {
      Callable<String> click =
          i < BY_MAIL
              ? () ->
                  browser
                      .send(
                          byMail, Map.of("code", code(mail), "comment", "", "decision", "approve"))
                      .text()
              : i % 2 == 0
                  ? () -> lena.send(onPage, Map.of("comment", "", "decision", "approve")).text()
                  : () -> {
                    var answer =
                        lena.post(
                            "/api/requests/" + id + "/decisions",
                            JSON.createObjectNode().put("decision", "approve"));
                    assertThat(answer.status()).isEqualTo(200);
                    return answer.body().at("/stages/0/decisions").toString();
                  };
      clicks.add(
          () -> {
            begin.await();
            return click.call();
          });
    }

    var answers = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> each : threads.invokeAll(clicks)) {
        answers.add(each.get());
      }
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    }

    for (int i = 0; i < CLICKS; i++) {
      if (i < BY_MAIL || i % 2 == 0) {
        assertThat(answers.get(i)).contains("You approved this");
      } else {
        assertThat(answers.get(i))
            .as("the same for all")
            .isEqualTo(answers.get(CLICKS - 1))
            .contains(LENA);
      }
    }
    company.settle();
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.audited(id)).containsOnlyOnce("DECIDED", "ACTIVATED");
    assertThat(company.members("crm-record-viewers")).containsExactly(AMARA);
    company.tidy();
  }
}

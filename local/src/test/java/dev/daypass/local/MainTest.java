package dev.daypass.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.flow.Company;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class MainTest {
  /** The endpoint of AWS has nothing to look at. */
  @Test
  void whatARunSaysOfItsAddressesIsThere() throws IOException, InterruptedException {
    try (var company = Company.open();
        var browser = HttpClient.newHttpClient()) {
      var addresses = Main.addresses(company.daypass().url());
      assertThat(addresses).containsKeys("Index", "Mailbox", "Clock");
      addresses.remove("AWS endpoint");
      for (var address : addresses.values()) {
        var call = HttpRequest.newBuilder(URI.create(address)).build();
        assertThat(browser.send(call, BodyHandlers.discarding()).statusCode())
            .as(address)
            .isBetween(200, 399);
      }
    }
  }
}

package dev.daypass.web;

import java.util.Objects;

/** Somebody as pages show them. */
public record Person(String name, String email) {
  public Person {
    Objects.requireNonNull(name);
    Objects.requireNonNull(email);
  }
}

package dev.daypass.matrix;

import dev.daypass.flow.Company;

/** The kinds of people: the columns of the table. All but the stranger have to do with Amara. */
enum Who {
  NOBODY("nobody", ""),
  STRANGER("stranger", Company.YUKI),
  REQUESTER("requester", Company.AMARA),
  /** Asked for her. */
  ASKER("asker", Company.SOFIA),
  ASKED("asked now", Company.HENRIK),
  ASKED_BEFORE("asked before", Company.LENA),
  OWNER("owner", Company.OMAR),
  AUDITOR("auditor", Company.ELENA),
  ADMIN("admin", Company.RUTH),
  /** Asked now, too, but not in the company any more. */
  LEFT("left", Company.JOANA);

  private final String title;
  private final String email;

  Who(String title, String email) {
    this.title = title;
    this.email = email;
  }

  String title() {
    return title;
  }

  String email() {
    return email;
  }
}

package dev.daypass.people;

import dev.daypass.access.OwnersTask;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Finding;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.PolicySense;
import dev.daypass.runbook.Published;
import dev.daypass.web.FindingView;
import dev.daypass.web.ImportView;
import dev.daypass.web.Story;
import dev.daypass.words.Paths;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would not be as it should if the directory said what a list says.
 *
 * @param now the people of today
 * @param then those of the list; whoever is not in it is as they are today, but inactive
 */
record Afterwards(Directory now, Directory then) {
  /** So many requests are named. */
  private static final int MOST_REQUESTS = 100;

  static Afterwards of(PeopleFile list, Directory directory) {
    var now = directory.remembered();
    var listed = Directory.of(list.people());
    return new Afterwards(
        now,
        new Directory(
            email -> listed.person(email).or(() -> now.person(email).map(Person::deactivated)),
            listed::group));
  }

  /** Those of these requests, each once, for which nobody would be left of those asked now. */
  List<ImportView.Waiting> unanswered(Stream<Pending> requests) {
    var story = new Story(now);
    var seen = new HashSet<String>();
    return requests
        .filter(request -> seen.add(request.id()))
        .filter(this::isUnanswered)
        .limit(MOST_REQUESTS)
        .map(request -> waiting(request, story))
        .toList();
  }

  /** Those of these requests about which somebody has something to do by hand who leaves. */
  List<ImportView.Waiting> deserted(List<Request> requests) {
    var story = new Story(now);
    return requests.stream()
        .filter(request -> request.byHand().filter(this::losesSomebody).isPresent())
        .limit(MOST_REQUESTS)
        .map(request -> waiting(request, story))
        .toList();
  }

  private boolean losesSomebody(OwnersTask task) {
    return task.owners().stream()
        .anyMatch(owner -> now.active(owner).isPresent() && then.active(owner).isEmpty());
  }

  private ImportView.Waiting waiting(Request request, Story story) {
    return new ImportView.Waiting(
        request.id(),
        request.asked().plan().title(),
        Story.nameOf(now, request.asked().requester()),
        story.status(request));
  }

  private boolean isUnanswered(Pending request) {
    return request.open().approvers().stream()
        .filter(each -> !request.open().isDecidedBy(each))
        .allMatch(each -> then.active(each).isEmpty());
  }

  /** Runbooks and systems with what the page of the runbooks would say of them and does not now. */
  List<ImportView.Broken> broken(Catalog catalog) {
    var known = new HashSet<>(PolicySense.ofPeople(catalog, now));
    var found =
        PolicySense.ofPeople(catalog, then).stream()
            .filter(finding -> !known.contains(finding))
            .distinct()
            .toList();
    return Stream.concat(
            catalog.byTitle().stream()
                .map(Published::policy)
                .map(
                    each ->
                        broken(
                            each.title(),
                            Paths.runbook(each.id()),
                            Finding.Kind.RUNBOOK,
                            each.id(),
                            found)),
            catalog.systems().values().stream()
                .map(Published::policy)
                .map(
                    each ->
                        broken(
                            each.title(),
                            Paths.system(each.id()),
                            Finding.Kind.SYSTEM,
                            each.id(),
                            found)))
        .filter(each -> !each.findings().isEmpty())
        .toList();
  }

  private static ImportView.Broken broken(
      String title, String path, Finding.Kind kind, String id, List<Finding> found) {
    return new ImportView.Broken(
        title,
        path,
        found.stream().filter(finding -> finding.isAbout(kind, id)).map(FindingView::of).toList());
  }
}

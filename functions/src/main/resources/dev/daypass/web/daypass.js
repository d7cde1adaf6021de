"use strict";
// What the pages do better with script; each of them works without. No texts: those are the pages'.
(() => {
  const main = document.getElementById("main");
  const LONGEST_WAIT = 60;
  const LONGEST_WAIT_AFTER_FAILURE = 300;
  const SUBMITTED_FOR = 10_000;

  // Fetching this very page again

  async function fetched() {
    const answer = await fetch(location.href, {cache: "no-store", redirect: "error"});
    if (!answer.ok) {
      throw new Error(`${answer.status}`);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("main")) {
      throw new Error("no page");
    }
    return page;
  }

  const within = (part, selector) => [...part.querySelectorAll(selector)];

  /** Whether somebody has begun to fill in something there. */
  function isTouched(part) {
    return within(part, "input, textarea, select").some((field) =>
      field.type === "radio" || field.type === "checkbox"
        ? field.checked !== field.defaultChecked
        : field.type !== "hidden" && field.defaultValue !== undefined && field.value !== field.defaultValue);
  }

  const actions = (part) => within(part, "form").map((form) => form.getAttribute("action"));

  /** Whether what somebody has begun to fill in there is nothing that can be sent any more. */
  function isOver(part, fresh) {
    const left = actions(fresh);
    return within(part, "form").filter(isTouched).every((form) => !left.includes(form.getAttribute("action")));
  }

  /** Says so, and keeps what was typed where it can be read and copied. */
  function sayOver(part) {
    const typed = within(part, "textarea").map((field) => field.value).filter((text) => text.trim()).join("\n\n");
    within(main, ".overtaken[hidden]").forEach((box) => {
      const words = box.querySelector("blockquote");
      words.textContent = typed;
      words.hidden = !typed;
      box.hidden = false;
    });
  }

  const key = (element) =>
    [element.tagName, element.id, element.getAttribute("name"), element.getAttribute("value"),
      element.getAttribute("href"), element.form && element.form.getAttribute("action")].join(" ");

  const REACHED = "a[href], button, input, textarea, select, summary, [tabindex]";

  /** Puts in what is new; focus and what is folded open stay, as far as it is still there. */
  function swap(part, fresh) {
    const active = part.contains(document.activeElement) && part !== document.activeElement
      ? key(document.activeElement) : null;
    const open = within(part, "details").map((details) => details.open);
    part.replaceChildren(...fresh.childNodes);
    within(part, "details").forEach((details, i) => { details.open ||= open[i] === true; });
    if (active !== null) {
      const again = within(part, REACHED).find((element) => key(element) === active);
      const target = again || part;
      if (!again && !part.hasAttribute("tabindex")) {
        part.setAttribute("tabindex", "-1");
      }
      target.focus({preventScroll: true});
    }
  }

  // Times as the reader's clock tells them: the server knows the zone from a cookie

  const ZONE = "daypass-zone";

  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

  function keepZone() {
    if (/^[A-Za-z0-9_+/-]{1,64}$/.test(here) && !document.cookie.split("; ").includes(`${ZONE}=${here}`)) {
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `${ZONE}=${here}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    }
  }

  /** Whether the page is told for another zone, and the server does not refuse to know ours. */
  const isElsewhere = () =>
    document.documentElement.dataset.zone !== here && sessionStorage.getItem(ZONE) !== here;

  async function tellTimesAnew() {
    try {
      const page = await fetched();
      if (!isTouched(main)) {
        swap(main, page.getElementById("main"));
        sayOnButtons();
        within(document, "footer").forEach((footer) => swap(footer, page.querySelector("footer")));
        document.documentElement.dataset.zone = page.documentElement.dataset.zone;
      }
      if (page.documentElement.dataset.zone !== here) {
        sessionStorage.setItem(ZONE, here);
      }
    } catch {
      // The times stand as they are, and say for which zone.
    }
  }

  // A button that says what it does: the choice above it has its words

  function sayOnButton(choice) {
    const button = choice.form.querySelector("button[value='approve']");
    if (choice.checked && button.textContent !== choice.dataset.button) {
      button.textContent = choice.dataset.button;
    }
  }

  const sayOnButtons = () => within(main, "input[data-button]").forEach(sayOnButton);

  document.addEventListener("change", (event) => {
    if (event.target.dataset.button) {
      sayOnButton(event.target);
    }
  });
  // Also when the browser has put back what was chosen before.
  window.addEventListener("pageshow", sayOnButtons);

  // Status that refreshes itself

  const sent = new Map();
  let often = Number(main.dataset.refresh);
  let wait = often;
  let timer;
  let looked = Date.now();

  function remember() {
    within(main, "[data-live]").forEach((part) => sent.set(part.id, part.innerHTML));
  }

  function say(how) {
    within(main, ".fresh .self").forEach((element) => { element.hidden = how !== "self"; });
    within(main, ".fresh .lost").forEach((element) => { element.hidden = how !== "lost"; });
  }

  /** What was said after a button was pressed is not so any more. */
  function overtaken() {
    const done = document.getElementById("done");
    if (done && done === document.activeElement) {
      main.focus();
    }
    done?.remove();
  }

  /** What is over changes no more: the moment that stands here would be older than what it stands beside. */
  function sayNoClock() {
    within(main, "form.fresh").forEach((form) => {
      if (form.contains(document.activeElement)) {
        main.focus();
      }
      form.remove();
    });
  }

  /** Takes over what differs from what the server sent before; returns whether anything did. */
  function take(page, asked) {
    let changed = false;
    within(page, "[data-live]").forEach((fresh) => {
      const part = document.getElementById(fresh.id);
      const html = fresh.innerHTML;
      const touched = part !== null && isTouched(part);
      if (part && sent.get(fresh.id) !== html && (!touched || isOver(part, fresh))) {
        if (touched) {
          sayOver(part);
        }
        sent.set(fresh.id, html);
        swap(part, fresh);
        changed = true;
        if (fresh.id === "status") {
          overtaken();
        }
      }
    });
    if (!page.querySelector("[data-clock]")) {
      sayNoClock();
    }
    within(page, "[data-clock]").forEach((fresh) => {
      const part = document.getElementById(fresh.id);
      if (part) {
        part.setAttribute("aria-live", asked ? "polite" : "off");
        part.replaceChildren(...fresh.childNodes);
      }
    });
    return changed;
  }

  async function look(asked) {
    clearTimeout(timer);
    looked = Date.now();
    try {
      const page = await fetched();
      const changed = take(page, asked);
      often = Number(page.getElementById("main").dataset.refresh);
      wait = changed || asked ? often : Math.min(wait * 1.3, Math.max(LONGEST_WAIT, often));
      say(often > 0 ? "self" : "");
    } catch {
      wait = Math.min(Math.max(wait, 5) * 2, LONGEST_WAIT_AFTER_FAILURE);
      say("lost");
    }
    later();
  }

  function later() {
    clearTimeout(timer);
    if (often > 0 && !document.hidden) {
      timer = setTimeout(look, wait * 1000);
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && often > 0 && Date.now() - looked > often * 1000) {
      look();
    } else {
      later();
    }
  });

  // Files that would not arrive: the gateway in front of us has no page for them

  /** Shows the page's own words beside a file that is too large; returns whether it is. */
  function isTooLarge(field) {
    const tooLarge = [...field.files].some((file) => file.size > Number(field.dataset.most));
    const words = document.getElementById(field.id.replace("field-", "most-"));
    words.hidden = !tooLarge;
    if (tooLarge) {
      field.setAttribute("aria-invalid", "true");
    } else {
      field.removeAttribute("aria-invalid");
    }
    return tooLarge;
  }

  document.addEventListener("change", (event) => {
    if (event.target.dataset.most) {
      isTooLarge(event.target);
    }
  });

  // What was typed stays while a language is chosen, while another form of the page is sent, and while
  // somebody whose session is over signs in again. The next page takes it away; only pages about a
  // problem leave it for the one to which they lead

  const TYPED = "daypass-typed";

  /** Whose page this is, if somebody is signed in: what one person typed is for nobody else. */
  const whose = () => document.querySelector(".me a")?.title || "";

  const ownPath = (address) => new URL(address, location.href).pathname;

  /** All that may be kept: no secrets of forms, no codes, no passwords, no files. */
  const typedInto = () => within(main, "input, textarea, select").filter((field) =>
    field.name && field.form && field.autocomplete !== "one-time-code" &&
    !["hidden", "password", "file", "submit", "button"].includes(field.type));

  const isTicked = (field) => field.type === "radio" || field.type === "checkbox";

  /** Names a field on this page: the same in every language, and for the next page of this form. */
  function named(field, before) {
    const name = [field.form.getAttribute("action"), field.name, isTicked(field) ? field.value : ""].join(" ");
    const count = before.get(name) || 0;
    before.set(name, count + 1);
    return `${name} ${count}`;
  }

  /** What an answer says is wrong, by the box where it stands: the page has it in each language. */
  let wrongs = within(main, ".errors:not([hidden])").map((box) => ({
    box: box.id,
    said: Object.fromEntries(within(box, "template").map(({dataset, content}) => [dataset.language, {
      title: content.querySelector("h2").textContent,
      lines: within(content, "li").map((line) => ({
        text: line.textContent,
        field: within(line, "a").map((link) => link.hash.slice(1)).join(""),
      })),
    }])),
  }));

  /** Says again what is wrong: the form has not been sent anew. */
  function sayWrong({box: id, said}) {
    const box = document.getElementById(id);
    const told = said[document.documentElement.lang];
    if (!box || !told) {
      return;
    }
    const title = document.createElement("h2");
    const list = document.createElement("ul");
    title.textContent = told.title;
    told.lines.forEach(({text, field: name}, i) => {
      const line = list.appendChild(document.createElement("li"));
      const field = name && document.getElementById(name);
      line.id = `${id}-${i}`;
      if (!field) {
        line.textContent = text;
        return;
      }
      const link = line.appendChild(document.createElement("a"));
      link.href = `#${name}`;
      link.textContent = text;
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
      if (field.matches("input, textarea, select")) {
        field.setAttribute("aria-invalid", "true");
      }
      const folded = field.closest("details");
      if (folded) {
        folded.open = true;
      }
    });
    box.replaceChildren(title, list);
    box.hidden = false;
    box.focus();
  }

  function keep(kept) {
    try {
      sessionStorage.setItem(TYPED, JSON.stringify(kept));
    } catch {
      // Not kept, as without script.
    }
  }

  /**
   * @param sent the form whose fields the next page knows itself, if one is sent
   * @param path where the next page is shown, if it is to say again what is wrong on this one
   */
  function keepTyped(sent, path) {
    const before = new Map();
    const fields = typedInto().map((field) =>
      [named(field, before), isTicked(field) ? field.checked : field.value, field.form.getAttribute("action")]);
    if (fields.length > 0) {
      keep({who: whose(), sent, path, fields, wrongs});
    }
  }

  /** What was sent was not taken: all of it waits for the page to which this one leads. */
  function keepOn(kept) {
    keep({...kept, sent: null});
    within(main, ".kept").forEach((words) => { words.hidden = false; });
  }

  function putBackTyped() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(TYPED));
      sessionStorage.removeItem(TYPED);
    } catch {
      // There is nothing then.
    }
    if (kept === null) {
      return;
    }
    if (main.dataset.keeps === "true") {
      keepOn(kept);
      return;
    }
    if (kept.who && kept.who !== whose() || kept.path && kept.path !== location.pathname) {
      return;
    }
    const before = new Map();
    const values = new Map(kept.fields.filter((one) => one[2] !== kept.sent));
    typedInto().forEach((field) => {
      const value = values.get(named(field, before));
      if (value === undefined) {
        return;
      }
      if (isTicked(field)) {
        // One that is gone must not leave the others without a choice.
        field.checked = value || field.type === "checkbox" ? value : field.checked;
      } else if (field.tagName !== "SELECT" || [...field.options].some((one) => one.value === value)) {
        field.value = value;
      }
      const folded = field.closest("details");
      if (folded && (isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)) {
        folded.open = true;
      }
    });
    if (kept.path) {
      wrongs = kept.wrongs;
      wrongs.forEach(sayWrong);
    }
  }

  // Forms

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const tooLarge = within(form, "input[data-most]").find(isTooLarge);
    if (tooLarge) {
      event.preventDefault();
      tooLarge.focus();
    } else if (form.classList.contains("fresh") && often > 0) {
      event.preventDefault();
      look(true);
    } else if (form.dataset.sent) {
      // Pressed twice. The server would take it once all the same.
      event.preventDefault();
    } else {
      if (form.classList.contains("languages")) {
        keepTyped(null, ownPath(form.elements.namedItem("next").value));
      } else if (main.contains(form)) {
        keepTyped(form.getAttribute("action"));
      }
      form.dataset.sent = "true";
      clearTimeout(timer);
      setTimeout(() => { delete form.dataset.sent; later(); }, SUBMITTED_FOR);
    }
  });
  // Whoever is to show again who they are comes back to this page.
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-returns]:not([target])")) {
      keepTyped(null);
    }
  });
  window.addEventListener("pageshow", () =>
    within(document, "form").forEach((form) => { delete form.dataset.sent; }));

  // What was just done is said once, not with every reload.
  if (/[?&](done|decided|pressed|unsaid)=/.test(location.search)) {
    history.replaceState(null, "", location.pathname);
  }

  // An answer to a form: whoever comes back to it, or loads it again, is led to the page with the form,
  // and not asked by the browser whether to send again what was not taken.
  if (main.dataset.shown !== "true") {
    history.replaceState(history.state, "", location.href);
  }

  putBackTyped();
  sayOnButtons();
  keepZone();
  if (main.dataset.shown === "true") {
    remember();
    say(often > 0 ? "self" : "");
    if (isElsewhere()) {
      tellTimesAnew().then(() => { remember(); say(often > 0 ? "self" : ""); later(); });
    } else {
      later();
    }
  }
})();

// A little help with reading; every page works without it.
(() => {
  "use strict";
  const make = (name, text = "", properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...properties });
  const find = (selector) => document.querySelector(selector);

  const said = make("p", "", { className: "said", role: "status" });
  const say = (words, href) => {
    said.replaceChildren(words, " ", make("a", "Open its page", { href }));
    setTimeout(() => said.replaceChildren(), 9000);
  };

  const copyAddress = async (event) => {
    const link = event.target.closest(".address");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.hash = `p${link.dataset.number}`;
    try {
      await navigator.clipboard.writeText(link.href);
      say(`Copied: ${link.href}`, link.href);
    } catch {
      say(`The address of this paragraph: ${link.href}`, link.href);
    }
  };

  // From place to place where words are marked; else from document to document, or page to page.
  const step = (rel, by) => () => {
    const here = Number(location.hash.match(/^#m(\d+)$/)?.[1] ?? 0);
    if (!find("#m1")) follow(rel)();
    else if (find(`#m${here + by}`)) location.hash = `m${here + by}`;
  };
  const follow = (rel) => () => find(`head link[rel=${rel}]`) && location.assign(find(`head link[rel=${rel}]`).href);
  const keys = {
    "/": ["to the search", () => (find("#q") ?? find("#masthead-q"))?.focus()],
    n: ["next document or page, or marked place", step("next", 1)],
    p: ["previous document or page, or marked place", step("prev", -1)],
    "?": ["these keys", () => dialog.showModal()],
  };
  // Single keys get in the way of speech input, so they can be switched off (WCAG 2.1.4).
  const areOff = () => localStorage.keys === "off";
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || areOff()) return;
    if (event.target.matches("input, textarea, select") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key][1]();
  };

  const dialog = make("dialog", "", { className: "keys", ariaLabel: "Keys" });
  const list = make("dl");
  for (const [key, [meaning]] of Object.entries(keys)) {
    const row = make("div");
    row.append(make("dt", key), make("dd", meaning));
    list.append(row);
  }
  const toggle = make("button");
  const label = () => { toggle.textContent = areOff() ? "Switch on" : "Switch off"; };
  toggle.onclick = () => { localStorage.keys = areOff() ? "on" : "off"; label(); };
  label();
  dialog.append(make("h2", "Keys"), list, make("button", "Close", { onclick: () => dialog.close() }), toggle);

  const links = [...document.querySelectorAll(".contents a")];
  const markCurrent = () => {
    const past = links.filter((link) => find(link.hash)?.getBoundingClientRect().top < innerHeight / 4);
    for (const link of links) link.ariaCurrent = link === past.at(-1) ? "true" : null;
  };

  find(".colophon p")?.append(make("button", "Keys", { onclick: () => dialog.showModal() }));
  document.body.append(said, dialog);
  document.onclick = copyAddress;
  document.onkeydown = onKey;
  if (links.length) document.onscroll = () => requestAnimationFrame(markCurrent);
  markCurrent();
})();
